/** What a page that classifies pictures is made of. */

export interface ClassifierPage {
  readonly product: { readonly name: string; readonly version: string };
  /** The head that answers. */
  readonly reference: string;
  readonly labelSet: string;
  /** In the order of the probabilities. */
  readonly classes: readonly string[];
  /** What transparent pictures lie on, `#rrggbb`. */
  readonly background: string;
  /** Below this probability it says that it cannot tell; null: always. Left out: it always answers. */
  readonly confidence?: number | null;
  /** Classes of at least this probability are candidates, one number a class. */
  readonly thresholds?: readonly number[];
  /** ONNX: `pictures` uint8 [n, height, width, 3] to `probabilities` [n, classes]. */
  readonly model: Uint8Array;
  readonly runtime: Runtime;
}

/** ONNX Runtime for browsers. */
export interface Runtime {
  /** A module that sets `globalThis.ort`. */
  readonly script: string;
  /** Its WebAssembly, gzipped. */
  readonly wasm: Uint8Array;
}
