/**
 * oneDNN 3.x: memory descriptors are handles of the library's, and primitive descriptions are made
 * directly. Numbers are those of `dnnl_types.h` 3.2. Layouts live in a scope (`library.ts`): its end
 * destroys their handles, since primitives and memories keep copies of their own.
 */
import { Problem } from "../../../base/index.ts";
import {
  binaries,
  bindCalls,
  type Calls,
  type Dialect,
  dimsOf,
  pools,
  softmaxes,
  types,
} from "./calls.ts";
import { type Address, bytesAt, type ForeignLibrary, type Given } from "./ffi.ts";
import type {
  Curve,
  Description,
  ElementType,
  Layout,
  Library,
  PostOp,
  Spatial,
} from "./library.ts";

const [training, inference, backward] = [64, 96, 128];
const direct = 1;
const curves: { readonly [C in Curve]: number } = {
  relu: 32,
  reluFromResult: 256,
  gelu: 49,
  linear: 38,
  tanh: 33,
  exp: 42,
};
const [useScale, useShift, fuseRelu] = [2, 4, 8];
const anyTag = 1;
const queries = { rank: 256, dims: 257, type: 258 } as const;

const [pointer, whole, real, flags] = ["void *", "int", "float", "unsigned int"] as const;

type Argument = readonly [type: string, value: Given];

export function version3(
  native: ForeignLibrary,
  { version, path }: { readonly version: string; readonly path: string },
): Library {
  const scopes = createScopes(({ handle }) => {
    calls.check("dnnl_memory_desc_destroy", [pointer], [handle]);
  });
  const { calls, shared } = bindCalls(native, dialectOf(scopes));

  function layout(
    dims: readonly number[],
    type: ElementType,
    rest: "any" | readonly number[],
  ): Layout {
    return scopes.known(`${type} ${dims.join()} ${rest === "any" ? rest : rest.join()}`, () => {
      const [name, last]: [string, Argument] =
        rest === "any"
          ? ["dnnl_memory_desc_create_with_tag", [whole, anyTag]]
          : [
              "dnnl_memory_desc_create_with_strides",
              [pointer, dimsOf(rest.length > 0 ? rest : [1])],
            ];
      const handle = required(name, [
        [whole, Math.max(1, dims.length)],
        // A scalar is a list of one: the library knows no rank 0.
        [pointer, dimsOf(dims.length > 0 ? dims : [1])],
        [whole, types[type]],
        last,
      ]);
      return { dims, type, handle, bytes: rest === "any" ? 0 : sizeOfLayout(calls, handle) };
    });
  }

  function required(name: string, given: readonly Argument[]): Address {
    const made = calls.make(name, ...columns(given));
    if (made === undefined) throw new Error(`${name}: unimplemented`);
    return made;
  }

  /** Every creation begins with the engine and ends with the attributes. */
  function describe(
    name: string,
    given: readonly Argument[],
    post: readonly PostOp[] = [],
  ): Description | undefined {
    return calls.withAttributes(post, (attributes) => {
      const all: readonly Argument[] = [[pointer, calls.engine], ...given, [pointer, attributes]];
      return calls.describe(calls.make(`dnnl_${name}_primitive_desc_create`, ...columns(all)));
    });
  }

  /** A gradient is described after its forward, which is gone afterwards. */
  function afterForward(
    forward: Description | undefined,
    use: (forward: Description) => Description | undefined,
  ): Description | undefined {
    if (!forward) return undefined;
    const found = use(forward);
    shared.destroyDescriptions([forward]);
    return found;
  }

  const curve: Library["curve"] = (x, kind, { alpha = 0, beta = 0 } = {}) =>
    describe("eltwise_forward", [
      [whole, training],
      [whole, curves[kind]],
      of(x),
      of(x),
      [real, alpha],
      [real, beta],
    ]);
  const softmax: Library["softmax"] = (x, axis, logarithm) =>
    describe("softmax_forward", [
      [whole, training],
      [whole, logarithm ? softmaxes.logarithm : softmaxes.accurate],
      of(x),
      of(x),
      [whole, axis],
    ]);

  return {
    ...shared,
    version,
    major: 3,
    path,
    scope: (use) => shared.scope(() => scopes.within(use)),
    anyLayout: (dims, type) => layout(dims, type, "any"),
    strided: (dims, strides, type) => layout(dims, type, strides),
    same: (left, right) =>
      left === right ||
      calls.integer("dnnl_memory_desc_equal", ...columns([of(left), of(right)])) === 1,

    // Version 3 has no Winograd on CPUs.
    convolution: (layouts, at, { algorithm, inference: infers = false, post = [] }) =>
      algorithm === "winograd"
        ? undefined
        : describe(
            "convolution_forward",
            [
              [whole, infers ? inference : training],
              [whole, direct],
              of(layouts.x),
              of(layouts.weight),
              of(layouts.bias),
              of(layouts.y),
              ...windowOf(at),
            ],
            post,
          ),
    convolutionData: ({ x, weight, y }, at, { algorithm, forward }) =>
      algorithm === "winograd"
        ? undefined
        : describe("convolution_backward_data", [
            [whole, direct],
            of(x),
            of(weight),
            of(y),
            ...windowOf(at),
            [pointer, forward.handle],
          ]),
    convolutionWeights: ({ x, weight, y }, at, { algorithm, forward }) =>
      algorithm === "winograd"
        ? undefined
        : describe("convolution_backward_weights", [
            [whole, direct],
            of(x),
            of(weight),
            of(undefined),
            of(y),
            ...windowOf(at),
            [pointer, forward.handle],
          ]),
    matmul: ({ left, right, y, bias }, post) =>
      describe("matmul", [of(left), of(right), of(bias), of(y)], post),
    batchNorm: (x, epsilon, { relu = false }) =>
      describe("batch_normalization_forward", [
        [whole, training],
        of(x),
        of(x),
        [real, epsilon],
        [flags, useScale + useShift + (relu ? fuseRelu : 0)],
      ]),
    batchNormGradient: ({ x, dy }, epsilon, { relu = false, forward }) =>
      describe("batch_normalization_backward", [
        [whole, backward],
        of(dy),
        of(dy),
        of(x),
        [real, epsilon],
        [flags, useScale + useShift + (relu ? fuseRelu : 0)],
        [pointer, forward.handle],
      ]),
    layerNorm: (x, statistics, epsilon) =>
      describe("layer_normalization_forward", [
        [whole, training],
        of(x),
        of(x),
        of(statistics),
        [real, epsilon],
        [flags, useScale + useShift],
      ]),
    layerNormGradient: ({ x, dy, statistics }, epsilon, forward) =>
      describe("layer_normalization_backward", [
        [whole, backward],
        of(dy),
        of(dy),
        of(x),
        of(statistics),
        [real, epsilon],
        [flags, useScale + useShift],
        [pointer, forward.handle],
      ]),
    curve,
    curveGradient: ({ given, dy }, kind) =>
      afterForward(curve(given, kind), (forward) =>
        describe("eltwise_backward", [
          [whole, curves[kind]],
          of(dy),
          of(dy),
          of(given),
          [real, 0],
          [real, 0],
          [pointer, forward.handle],
        ]),
      ),
    binary: (kind, { left, right, y }, post) =>
      describe("binary", [[whole, binaries[kind]], of(left), of(right), of(y)], post),
    softmax,
    softmaxGradient: ({ y, dy }, axis, logarithm) =>
      afterForward(softmax(y, axis, logarithm), (forward) =>
        describe("softmax_backward", [
          [whole, logarithm ? softmaxes.logarithm : softmaxes.accurate],
          of(dy),
          of(dy),
          of(y),
          [whole, axis],
          [pointer, forward.handle],
        ]),
      ),
    pool: (kind, { x, y }, at) =>
      describe("pooling_forward", [
        [whole, training],
        [whole, pools[kind]],
        of(x),
        of(y),
        ...windowOf({ ...at, dilations: [] }, at.kernel),
      ]),
    poolGradient: (kind, { x, y }, { forward, ...at }) =>
      describe("pooling_backward", [
        [whole, pools[kind]],
        of(x),
        of(y),
        ...windowOf({ ...at, dilations: [] }, at.kernel),
        [pointer, forward.handle],
      ]),
    reorder: (from, to) =>
      calls.withAttributes([], (attributes) => {
        const engine: Argument = [pointer, calls.engine];
        const given = [of(from), engine, of(to), engine, [pointer, attributes] as const];
        return calls.describe(calls.make("dnnl_reorder_primitive_desc_create", ...columns(given)));
      }),
  };
}

function of(layout: Layout | undefined): Argument {
  return [pointer, layout?.handle ?? null];
}

/** Strides, the kernel where there is one, dilations, padding before and after. */
function windowOf(at: Spatial, kernel?: readonly number[]): readonly Argument[] {
  const lists = [at.strides, ...(kernel ? [kernel] : []), at.dilations, at.before, at.after];
  return lists.map((list) => [pointer, dimsOf(list)]);
}

function columns(given: readonly Argument[]): [parameters: string[], values: Given[]] {
  return [given.map(([type]) => type), given.map(([, value]) => value)];
}

function sizeOfLayout(calls: Calls, handle: Address): number {
  return calls.size("dnnl_memory_desc_get_size", [pointer], [handle]);
}

function dialectOf(scopes: Scopes): Dialect {
  return {
    append(calls, ops, post) {
      const call = (name: string, given: readonly Argument[]) =>
        calls.check(`dnnl_post_ops_append_${name}`, ...columns([[pointer, ops], ...given]));
      switch (post.kind) {
        case "sum":
          return call("sum", [
            [real, 1],
            ["int32_t", 0],
            [whole, 0],
          ]);
        case "curve":
          return call("eltwise", [
            [whole, curves[post.curve]],
            [real, post.alpha ?? 0],
            [real, post.beta ?? 0],
          ]);
        case "binary":
          return call("binary", [[whole, binaries[post.binary]], of(post.other)]);
        default:
          return post satisfies never;
      }
    },
    layoutOf(calls, description, part) {
      const found = calls.pointer(
        "dnnl_primitive_desc_query_md",
        [pointer, whole, whole],
        [description, part, 0],
      );
      const handle = calls.make("dnnl_memory_desc_clone", [pointer], [found]);
      if (handle === undefined) throw new Error("dnnl_memory_desc_clone: unimplemented");
      return scopes.add({
        dims: dimsFound(calls, handle),
        type: typeFound(calls, handle),
        bytes: sizeOfLayout(calls, handle),
        handle,
      });
    },
  };
}

function asked(calls: Calls, handle: Address, query: number): Buffer {
  const out = Buffer.alloc(8);
  calls.check("dnnl_memory_desc_query", [pointer, whole, pointer], [handle, query, out]);
  return out;
}

function dimsFound(calls: Calls, handle: Address): number[] {
  const rank = asked(calls, handle, queries.rank).readInt32LE();
  if (rank === 0) return [];
  const at = asked(calls, handle, queries.dims).readBigUInt64LE();
  const dims = Buffer.from(bytesAt(at, 8 * rank));
  return Array.from({ length: rank }, (_, axis) => Number(dims.readBigInt64LE(8 * axis)));
}

function typeFound(calls: Calls, handle: Address): ElementType {
  const number = asked(calls, handle, queries.type).readInt32LE();
  return number === types.bf16 ? "bf16" : number === types.s32 ? "s32" : "f32";
}

interface Scopes {
  within: Library["scope"];
  /** Has the innermost scope destroy the layout's handle. */
  add(layout: Layout): Layout;
  /** The scope's layout of this description, made at its first use. */
  known(key: string, make: () => Layout): Layout;
}

function createScopes(destroy: (layout: Layout) => void): Scopes {
  const open: { made: Layout[]; known: Map<string, Layout> }[] = [];
  function innermost() {
    const scope = open.at(-1);
    if (scope) return scope;
    throw new Problem("internal/defect", { message: "a layout of oneDNN outside a scope" });
  }
  const add: Scopes["add"] = (layout) => {
    innermost().made.push(layout);
    return layout;
  };
  return {
    within(use) {
      const scope = { made: [], known: new Map() };
      open.push(scope);
      try {
        return use();
      } finally {
        open.pop();
        for (const layout of scope.made) destroy(layout);
      }
    },
    add,
    known(key, make) {
      const { known } = innermost();
      const found = known.get(key) ?? add(make());
      known.set(key, found);
      return found;
    },
  };
}
