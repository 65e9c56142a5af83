/** The part of WebAssembly's interface that is used; Node's types leave it to the browser's. */
declare namespace WebAssembly {
  class Module {
    constructor(bytes: Uint8Array);
  }
  class Memory {
    /** Shared where that was asked for. */
    readonly buffer: ArrayBuffer;
    constructor(size: { initial: number; maximum?: number; shared?: boolean });
    /** Pages of 64 KiB; earlier `buffer`s are detached. */
    grow(pages: number): number;
  }
  type Routine = (...values: number[]) => number;
  class Instance {
    readonly exports: Readonly<Record<string, Routine>>;
    constructor(module: Module, imports: Record<string, Record<string, Memory | Routine>>);
  }
  class RuntimeError extends Error {}
}
