/** A model that lies in a file, run as any user of ONNX Runtime would run it. */
import type { Tensor as OrtTensor } from "onnxruntime-node";
import type { Shape } from "../../graph/index.ts";
import { refused, sessionOptions } from "./device.ts";
import { openLibrary } from "./library.ts";

/** Values row by row; int64 where the model gives whole numbers. */
export interface ModelOutput {
  readonly shape: Shape;
  readonly values: Float32Array | BigInt64Array;
}

export interface WrittenModel extends AsyncDisposable {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  run(
    inputs: Readonly<Record<string, { readonly shape: Shape; readonly values: Uint8Array }>>,
  ): Promise<Readonly<Record<string, ModelOutput>>>;
}

/** Throws `engine/library-refused` where ONNX Runtime cannot load it. */
export async function openWrittenModel(
  file: string,
  { threads = 1 }: { readonly threads?: number } = {},
): Promise<WrittenModel> {
  const { ort } = await openLibrary();
  const session = await ort.InferenceSession.create(file, sessionOptions("cpu", threads)).catch(
    refused,
  );
  return {
    inputs: session.inputNames,
    outputs: session.outputNames,
    async run(inputs) {
      const feeds = Object.entries(inputs).map(
        ([name, { shape, values }]) => [name, new ort.Tensor("uint8", values, shape)] as const,
      );
      const found = await session.run(Object.fromEntries(feeds)).catch(refused);
      return Object.fromEntries(Object.entries(found).map(([name, one]) => [name, outputOf(one)]));
    },
    [Symbol.asyncDispose]: () => session.release(),
  };
}

function outputOf({ dims, data }: OrtTensor): ModelOutput {
  if (data instanceof Float32Array || data instanceof BigInt64Array) {
    return { shape: dims, values: data };
  }
  throw new TypeError(`a model gave ${data.constructor.name}`);
}
