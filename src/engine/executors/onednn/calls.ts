/** What both major versions share: engine, stream, memory, primitives, attributes, execution. */
import {
  type Address,
  type Foreign,
  type ForeignLibrary,
  type Given,
  textAt,
  withoutSignals,
} from "./ffi.ts";
import type { Binary, Description, Layout, Library, Part, PostOp } from "./library.ts";

/** A status other than success, in the library's own terms. */
export class NativeError extends Error {
  readonly status: number;
  constructor(call: string, status: number) {
    super(`${call}: ${statusWords[status] ?? `status ${status}`}`);
    this.status = status;
  }
}

const statusWords: Readonly<Record<number, string>> = {
  1: "out of memory",
  2: "invalid arguments",
  3: "unimplemented",
  4: "no further implementation",
  5: "runtime error",
  6: "not required",
};
const unimplemented = 3;
const [inputsQuery, kernelQuery] = [3, 8];
const userScratchpad = 1;

export const types = { bf16: 2, f32: 3, s32: 4 } as const;

/** Algorithms that have the same number in both versions; curves do not. */
export const binaries: { readonly [B in Binary]: number } = {
  add: 131056,
  multiply: 131057,
  maximum: 131058,
  subtract: 131061,
};
export const pools = { max: 511, average: 767 } as const;
export const softmaxes = { accurate: 196608, logarithm: 196609 } as const;

export const parts: { readonly [P in Part]: number } = {
  source: 129,
  sourceGradient: 130,
  weights: 131,
  weightsGradient: 132,
  destination: 133,
  destinationGradient: 134,
  workspace: 135,
  scratchpad: 136,
};

/** What differs between the versions: how post-ops are written and a chosen layout is read. */
export interface Dialect {
  append(calls: Calls, ops: Address, post: PostOp): void;
  layoutOf(calls: Calls, description: Address, part: number): Layout;
}

export interface Calls {
  readonly engine: Address;
  /** Calls a function that returns a status; anything but success is thrown. */
  check(name: string, parameters: readonly string[], values: readonly Given[]): void;
  /** Makes something through an out-pointer; undefined where the library has no implementation. */
  make(name: string, parameters: readonly string[], values: readonly Given[]): Address | undefined;
  size(name: string, parameters: readonly string[], values: readonly Given[]): number;
  integer(name: string, parameters: readonly string[], values: readonly Given[]): number;
  pointer(name: string, parameters: readonly string[], values: readonly Given[]): Address;
  /** Attributes with the scratchpad given by the caller, for the time of `use`. */
  withAttributes<T>(post: readonly PostOp[], use: (attributes: Address) => T): T;
  describe(handle: Address | undefined): Description | undefined;
}

type Shared = Pick<
  Library,
  | "scope"
  | "primitive"
  | "memory"
  | "moveMemory"
  | "execute"
  | "destroy"
  | "destroyDescriptions"
  | "setThreads"
>;

/** Handles that the library makes and has destroyed, as its functions call them. */
type Kind = "primitive_attr" | "post_ops" | "primitive_desc" | "primitive" | "memory";

export function bindCalls(
  native: ForeignLibrary,
  dialect: Dialect,
): { calls: Calls; shared: Shared } {
  const bound = new Map<string, Foreign>();
  function bind(name: string, result: string, parameters: readonly string[]): Foreign {
    const known = bound.get(name) ?? native.func(name, result, parameters);
    bound.set(name, known);
    return known;
  }
  function check(name: string, parameters: readonly string[], values: readonly Given[]): void {
    const status = Number(bind(name, "int", parameters)(...values));
    if (status !== 0) throw new NativeError(name, status);
  }
  function make(name: string, parameters: readonly string[], values: readonly Given[]) {
    const out = Buffer.alloc(pointerBytes);
    const status = Number(bind(name, "int", ["void *", ...parameters])(out, ...values));
    if (status === unimplemented) return undefined;
    if (status !== 0) throw new NativeError(name, status);
    return out.readBigUInt64LE();
  }
  function must(name: string, parameters: readonly string[], values: readonly Given[]): Address {
    const made = make(name, parameters, values);
    if (made === undefined) throw new NativeError(name, unimplemented);
    return made;
  }
  const engine = must("dnnl_engine_create", ["int", "size_t"], [1, 0]);
  const stream = must("dnnl_stream_create", ["void *", "unsigned int"], [engine, 1]);

  const calls: Calls = {
    engine,
    check,
    make,
    size: (name, parameters, values) => Number(bind(name, "size_t", parameters)(...values)),
    integer: (name, parameters, values) => Number(bind(name, "int", parameters)(...values)),
    pointer: (name, parameters, values) =>
      BigInt(bind(name, "void *", parameters)(...values) as bigint),
    withAttributes(post, use) {
      const attributes = keep(must("dnnl_primitive_attr_create", [], []), "primitive_attr");
      const set = ["void *", "int"];
      check("dnnl_primitive_attr_set_scratchpad_mode", set, [attributes, userScratchpad]);
      if (post.length > 0) {
        const ops = keep(must("dnnl_post_ops_create", [], []), "post_ops");
        for (const one of post) dialect.append(calls, ops, one);
        check("dnnl_primitive_attr_set_post_ops", ["void *", "void *"], [attributes, ops]);
        destroy(ops, "post_ops");
      }
      const result = use(attributes);
      destroy(attributes, "primitive_attr");
      return result;
    },
    describe(handle) {
      if (handle === undefined) return undefined;
      keep(handle, "primitive_desc");
      const layouts = new Map<Part, Layout>();
      return {
        handle,
        kernel: textAt(queried(handle, kernelQuery).readBigUInt64LE()),
        inputs: queried(handle, inputsQuery).readInt32LE(),
        layout(part) {
          const known = layouts.get(part) ?? dialect.layoutOf(calls, handle, parts[part]);
          layouts.set(part, known);
          return known;
        },
      };
    },
  };

  function queried(description: Address, query: number): Buffer {
    const out = Buffer.alloc(pointerBytes);
    const parameters = ["void *", "int", "int", "void *"];
    check("dnnl_primitive_desc_query", parameters, [description, query, 0, out]);
    return out;
  }

  /** What was made in the scopes that are open; what a scope that throws has made goes with it. */
  const open: Map<Address, Kind>[] = [];
  function keep(handle: Address, kind: Kind): Address {
    open.at(-1)?.set(handle, kind);
    return handle;
  }
  function destroy(handle: Address, kind: Kind): void {
    for (const made of open) made.delete(handle);
    check(`dnnl_${kind}_destroy`, ["void *"], [handle]);
  }
  function scope<T>(use: () => T): T {
    const made = new Map<Address, Kind>();
    open.push(made);
    try {
      const result = use();
      for (const [handle, kind] of made) open.at(-2)?.set(handle, kind);
      return result;
    } catch (thrown) {
      for (const [handle, kind] of [...made].reverse()) destroy(handle, kind);
      throw thrown;
    } finally {
      open.pop();
    }
  }

  const run = native.func("dnnl_primitive_execute", "int", ["void *", "void *", "int", "void *"]);
  const wait = native.func("dnnl_stream_wait", "int", ["void *"]);
  const shared: Shared = {
    scope,
    primitive({ handle }) {
      const make = () => must("dnnl_primitive_create", ["void *"], [handle]);
      return keep(withoutSignals(make), "primitive");
    },
    memory({ handle }, address) {
      const parameters = ["void *", "void *", "void *"];
      return keep(must("dnnl_memory_create", parameters, [handle, engine, address]), "memory");
    },
    moveMemory(memory, address) {
      check("dnnl_memory_set_data_handle", ["void *", "void *"], [memory, address]);
    },
    execute(primitive, args) {
      const status = withoutSignals(() => {
        const status = Number(run(primitive, stream, args.length / argumentBytes, args));
        wait(stream);
        return status;
      });
      if (status !== 0) throw new NativeError("dnnl_primitive_execute", status);
    },
    destroy({ primitives, memories }) {
      for (const one of primitives) destroy(one, "primitive");
      for (const one of memories) destroy(one, "memory");
    },
    destroyDescriptions(descriptions) {
      for (const { handle } of descriptions) destroy(handle, "primitive_desc");
    },
    setThreads(threads) {
      bind("omp_set_num_threads", "void", ["int"])(threads);
    },
  };
  return { calls, shared };
}

const pointerBytes = 8;
export const argumentBytes = 16;

/** The arguments of an execution, as the library reads them. */
export function packArguments(
  given: readonly (readonly [role: number, memory: Address])[],
): Buffer {
  const packed = Buffer.alloc(Math.max(1, given.length) * argumentBytes);
  for (const [i, [role, memory]] of given.entries()) {
    packed.writeInt32LE(role, i * argumentBytes);
    packed.writeBigUInt64LE(memory, i * argumentBytes + 8);
  }
  return packed.subarray(0, given.length * argumentBytes);
}

/** Whole numbers as the library's `dnnl_dims_t`: twelve 64-bit ones. */
export function dimsOf(values: readonly number[]): Uint8Array {
  const dims = new BigInt64Array(12);
  for (const [i, value] of values.entries()) dims[i] = BigInt(value);
  return new Uint8Array(dims.buffer);
}
