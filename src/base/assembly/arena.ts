/** The memory of a few routines: places behind one another, grown as needed. One per thread. */
import { assemble, type Routine } from "./assembler.ts";

const pageBytes = 1 << 16;
/** Vectors of bytes are read up to sixteen at a time. */
const readBehind = 16;

export interface Arena {
  readonly bytes: Uint8Array;
  readonly floats: Float32Array;
  readonly integers: Int32Array;
  /** Calls a routine with its parameters by name. */
  run(name: string, values: Readonly<Record<string, number>>): void;
}

/** Gives room for so many bytes; what was written there before may be gone where it grew. */
export function openArena(routines: readonly Routine[]): (bytes: number) => Arena {
  const order = Object.fromEntries(routines.map(({ name, parameters }) => [name, parameters]));
  let memory: WebAssembly.Memory | undefined;
  let loops: WebAssembly.Instance["exports"] = {};
  let arena: Arena | undefined;
  return (bytes) => {
    const needed = Math.ceil((bytes + readBehind) / pageBytes);
    if (memory === undefined) {
      memory = new WebAssembly.Memory({ initial: needed });
      const module = new WebAssembly.Module(assemble(routines));
      loops = new WebAssembly.Instance(module, { host: { memory } }).exports;
    } else if (memory.buffer.byteLength < needed * pageBytes) {
      memory.grow(needed - memory.buffer.byteLength / pageBytes);
      arena = undefined;
    }
    const { buffer } = memory;
    arena ??= {
      bytes: new Uint8Array(buffer),
      floats: new Float32Array(buffer),
      integers: new Int32Array(buffer),
      run: (name, values) => loops[name](...order[name].map((key) => values[key])),
    };
    return arena;
  };
}
