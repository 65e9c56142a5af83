/**
 * The memory of a few routines: places behind one another, grown as needed. One per thread, or one that
 * helpers share.
 */
import { assemble, pagesAtMost, type Routine } from "./assembler.ts";
import { beginPieces, callHelpers, shareArena } from "./crew.ts";

const pageBytes = 1 << 16;
/** Vectors of bytes are read up to sixteen at a time. */
const readBehind = 16;

type Given = Readonly<Record<string, number>>;

export interface Arena {
  readonly bytes: Uint8Array;
  readonly floats: Float32Array;
  readonly integers: Int32Array;
  /** Calls a routine with its parameters by name. */
  run(name: string, values: Given): void;
}

export interface SharedArena extends Arena {
  /**
   * Calls a routine with each of the values, in any order and on any thread: none may wait for another.
   * Says how many calls were made by this thread.
   */
  runAll(name: string, pieces: readonly Given[]): number;
  /**
   * As `runAll`, but helpers begin while this thread goes on; it joins them, and waits, when it calls what
   * is handed back, or begins others. `more` says that others follow at once.
   */
  begin(name: string, pieces: readonly Given[], more?: boolean): () => number;
}

/** Gives room for so many bytes; what was written there before may be gone where it grew. */
export function openArena(routines: readonly Routine[]): (bytes: number) => Arena {
  let memory: WebAssembly.Memory | undefined;
  let run: Arena["run"] = () => {};
  let arena: Arena | undefined;
  return (bytes) => {
    const needed = pagesFor(bytes);
    if (memory === undefined) {
      memory = new WebAssembly.Memory({ initial: needed });
      const module = new WebAssembly.Module(assemble(routines));
      run = callerOf(routines, new WebAssembly.Instance(module, { host: { memory } }).exports);
    } else if (memory.buffer.byteLength < needed * pageBytes) {
      memory.grow(needed - memory.buffer.byteLength / pageBytes);
      arena = undefined;
    }
    arena ??= { ...viewsOf(memory), run };
    return arena;
  };
}

/** Of so many bytes for good, with `helpers` threads beside this one. */
export function openSharedArena(
  routines: readonly Routine[],
  { bytes, helpers }: { readonly bytes: number; readonly helpers: number },
): SharedArena & Disposable {
  const order = orderOf(routines);
  const initial = pagesFor(bytes);
  const memory = new WebAssembly.Memory({ initial, maximum: pagesAtMost, shared: true });
  const module = new WebAssembly.Module(assemble(routines, { shared: true }));
  const loops = new WebAssembly.Instance(module, { host: { memory } }).exports;
  const shared = shareArena({ module, memory });
  callHelpers(helpers);
  const begin = (name: string, pieces: readonly Given[], more?: boolean) =>
    beginPieces(
      {
        arena: shared.id,
        routine: routines.findIndex((one) => one.name === name),
        call: (...values) => loops[name](...values.slice(0, order[name].length)),
        values: pieces.map((values) => order[name].map((key) => values[key])),
      },
      more,
    );
  return {
    ...viewsOf(memory),
    run: callerOf(routines, loops),
    runAll: (name, pieces) => begin(name, pieces)(),
    begin,
    [Symbol.dispose]: shared.close,
  };
}

/** One list of arguments for each routine, written anew for each call. */
function callerOf(
  routines: readonly Routine[],
  loops: WebAssembly.Instance["exports"],
): Arena["run"] {
  const known = new Map(
    routines.map(({ name, parameters }) => {
      return [name, { parameters, call: loops[name], given: parameters.map(() => 0) }];
    }),
  );
  return (name, values) => {
    const routine = known.get(name);
    if (routine === undefined) throw new RangeError(`there is no routine ${name}`);
    const { parameters, call, given } = routine;
    for (let i = 0; i < parameters.length; i++) given[i] = values[parameters[i]];
    Reflect.apply(call, undefined, given);
  };
}

function orderOf(routines: readonly Routine[]): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(routines.map(({ name, parameters }) => [name, parameters]));
}

function pagesFor(bytes: number): number {
  return Math.ceil((bytes + readBehind) / pageBytes);
}

function viewsOf({ buffer }: WebAssembly.Memory) {
  return {
    bytes: new Uint8Array(buffer),
    floats: new Float32Array(buffer),
    integers: new Int32Array(buffer),
  };
}
