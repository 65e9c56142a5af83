/**
 * oneDNN 2.x: operation descriptors are structs that the library fills in, passed by pointer. Sizes are
 * those of `dnnl_types.h` 2.6; a library of another minor version is probed before it is used.
 */

import { binaries, bindCalls, type Calls, dimsOf, pools, softmaxes, types } from "./calls.ts";
import { type Address, bytesAt, type ForeignLibrary } from "./ffi.ts";
import type {
  Algorithm,
  Curve,
  Description,
  ElementType,
  Layout,
  Library,
  PostOp,
  Spatial,
} from "./library.ts";

const structBytes = {
  memory: 696,
  convolution: 5976,
  matmul: 2800,
  norm: 3496,
  eltwise: 1416,
  binary: 2096,
  pooling: 3192,
  softmax: 2800,
} as const;

const typeAt = 104;
const [training, inference, backward] = [64, 96, 128];
const algorithms = { direct: 1, winograd: 2 } as const;
const curves: { readonly [C in Curve]: number } = {
  relu: 31,
  reluFromResult: 256,
  gelu: 48,
  linear: 127,
  tanh: 47,
  exp: 191,
};
const [useScale, useShift, fuseRelu] = [8, 16, 4];
const anyTag = 1;

const md = "void *";
const whole = "int";

export function version2(
  native: ForeignLibrary,
  { version, path }: { readonly version: string; readonly path: string },
): Library {
  const { calls, shared } = bindCalls(native, { append, layoutOf });

  /** Fills a descriptor and asks for its implementation. */
  function describe(
    init: string,
    bytes: number,
    given: readonly (readonly [type: string, value: number | Address | Uint8Array | null])[],
    { post = [], forward }: { post?: readonly PostOp[]; forward?: Description } = {},
  ): Description | undefined {
    const descriptor = Buffer.alloc(bytes);
    const parameters = ["void *", ...given.map(([type]) => type)];
    calls.check(init, parameters, [descriptor, ...given.map(([, value]) => value)]);
    return calls.withAttributes(post, (attributes) =>
      calls.describe(
        calls.make(
          "dnnl_primitive_desc_create",
          ["void *", "void *", "void *", "void *"],
          [descriptor, attributes, calls.engine, forward?.handle ?? null],
        ),
      ),
    );
  }

  /** A backward that needs its forward's description only to be described itself. */
  function hinted(
    forward: Description | undefined,
    use: () => Description | undefined,
  ): Description | undefined {
    const found = forward && use();
    if (forward) shared.destroyDescriptions([forward]);
    return found;
  }

  const layout = (dims: readonly number[], type: ElementType, rest: "any" | readonly number[]) => {
    const handle = Buffer.alloc(structBytes.memory);
    // A scalar is a list of one: the library knows no rank 0.
    const last = rest === "any" ? anyTag : dimsOf(rest.length > 0 ? rest : [1]);
    const sizes = dims.length > 0 ? dims : [1];
    const init =
      rest === "any" ? "dnnl_memory_desc_init_by_tag" : "dnnl_memory_desc_init_by_strides";
    const parameters = ["void *", whole, "void *", whole, rest === "any" ? whole : "void *"];
    calls.check(init, parameters, [handle, sizes.length, dimsOf(sizes), types[type], last]);
    return { dims, type, handle, bytes: rest === "any" ? 0 : sizeOfLayout(calls, handle) };
  };
  const spatial = (at: {
    strides: readonly number[];
    before: readonly number[];
    after: readonly number[];
  }) => [dimsOf(at.strides), dimsOf(at.before), dimsOf(at.after)] as const;

  /** Layouts in the call's order; that of the bias' gradient is absent. */
  function convolutionGradient(
    by: "data" | "weights",
    layouts: readonly (Layout | undefined)[],
    {
      algorithm,
      forward,
      ...at
    }: Spatial & { readonly algorithm: Algorithm; readonly forward: Description },
  ): Description | undefined {
    const [strides, before, after] = spatial(at);
    return describe(
      `dnnl_dilated_convolution_backward_${by}_desc_init`,
      structBytes.convolution,
      [
        [whole, algorithms[algorithm]],
        ...layouts.map((one) => [md, one?.handle ?? null] as const),
        [md, strides],
        [md, dimsOf(at.dilations)],
        [md, before],
        [md, after],
      ],
      { forward },
    );
  }

  return {
    ...shared,
    version,
    major: 2,
    path,
    // A layout is its own bytes: nothing to give back.
    anyLayout: (dims, type) => layout(dims, type, "any"),
    strided: (dims, strides, type) => layout(dims, type, strides),
    same: (left, right) =>
      calls.integer("dnnl_memory_desc_equal", [md, md], [left.handle, right.handle]) === 1,

    convolution({ x, weight, y, bias }, at, { algorithm, inference: infers = false, post = [] }) {
      const [strides, before, after] = spatial(at);
      return describe(
        "dnnl_dilated_convolution_forward_desc_init",
        structBytes.convolution,
        [
          [whole, infers ? inference : training],
          [whole, algorithms[algorithm]],
          [md, x.handle],
          [md, weight.handle],
          [md, bias?.handle ?? null],
          [md, y.handle],
          [md, strides],
          [md, dimsOf(at.dilations)],
          [md, before],
          [md, after],
        ],
        { post },
      );
    },
    convolutionData: ({ x, weight, y }, at, options) =>
      convolutionGradient("data", [x, weight, y], { ...at, ...options }),
    convolutionWeights: ({ x, weight, y }, at, options) =>
      convolutionGradient("weights", [x, weight, undefined, y], { ...at, ...options }),
    matmul: ({ left, right, y, bias }, post = []) =>
      describe(
        "dnnl_matmul_desc_init",
        structBytes.matmul,
        [
          [md, left.handle],
          [md, right.handle],
          [md, bias?.handle ?? null],
          [md, y.handle],
        ],
        { post },
      ),
    batchNorm: (x, epsilon, { relu = false }) =>
      describe("dnnl_batch_normalization_forward_desc_init", structBytes.norm, [
        [whole, training],
        [md, x.handle],
        ["float", epsilon],
        ["unsigned int", useScale + useShift + (relu ? fuseRelu : 0)],
      ]),
    batchNormGradient: ({ x, dy }, epsilon, { relu = false, forward }) =>
      describe(
        "dnnl_batch_normalization_backward_desc_init",
        structBytes.norm,
        [
          [whole, backward],
          [md, dy.handle],
          [md, x.handle],
          ["float", epsilon],
          ["unsigned int", useScale + useShift + (relu ? fuseRelu : 0)],
        ],
        { forward },
      ),
    layerNorm: (x, statistics, epsilon) =>
      describe("dnnl_layer_normalization_forward_desc_init", structBytes.norm, [
        [whole, training],
        [md, x.handle],
        [md, statistics.handle],
        ["float", epsilon],
        ["unsigned int", useScale + useShift],
      ]),
    layerNormGradient: ({ x, dy, statistics }, epsilon, forward) =>
      describe(
        "dnnl_layer_normalization_backward_desc_init",
        structBytes.norm,
        [
          [whole, backward],
          [md, dy.handle],
          [md, x.handle],
          [md, statistics.handle],
          ["float", epsilon],
          ["unsigned int", useScale + useShift],
        ],
        { forward },
      ),
    curve: (x, curve, { alpha = 0, beta = 0 } = {}) =>
      describe("dnnl_eltwise_forward_desc_init", structBytes.eltwise, [
        [whole, training],
        [whole, curves[curve]],
        [md, x.handle],
        ["float", alpha],
        ["float", beta],
      ]),
    curveGradient({ given, dy }, curve) {
      const forward = describe("dnnl_eltwise_forward_desc_init", structBytes.eltwise, [
        [whole, training],
        [whole, curves[curve]],
        [md, given.handle],
        ["float", 0],
        ["float", 0],
      ]);
      return hinted(forward, () =>
        describe(
          "dnnl_eltwise_backward_desc_init",
          structBytes.eltwise,
          [
            [whole, curves[curve]],
            [md, dy.handle],
            [md, given.handle],
            ["float", 0],
            ["float", 0],
          ],
          { ...(forward && { forward }) },
        ),
      );
    },
    binary: (binary, { left, right, y }, post = []) =>
      describe(
        "dnnl_binary_desc_init",
        structBytes.binary,
        [
          [whole, binaries[binary]],
          [md, left.handle],
          [md, right.handle],
          [md, y.handle],
        ],
        { post },
      ),
    softmax: (x, axis, logarithm) =>
      describe("dnnl_softmax_v2_forward_desc_init", structBytes.softmax, [
        [whole, training],
        [whole, logarithm ? softmaxes.logarithm : softmaxes.accurate],
        [md, x.handle],
        [md, x.handle],
        [whole, axis],
      ]),
    softmaxGradient({ y, dy }, axis, logarithm) {
      const algorithm = logarithm ? softmaxes.logarithm : softmaxes.accurate;
      const forward = describe("dnnl_softmax_v2_forward_desc_init", structBytes.softmax, [
        [whole, training],
        [whole, algorithm],
        [md, y.handle],
        [md, y.handle],
        [whole, axis],
      ]);
      return hinted(forward, () =>
        describe(
          "dnnl_softmax_v2_backward_desc_init",
          structBytes.softmax,
          [
            [whole, algorithm],
            [md, dy.handle],
            [md, dy.handle],
            [md, y.handle],
            [whole, axis],
          ],
          { ...(forward && { forward }) },
        ),
      );
    },
    pool(kind, { x, y }, at) {
      const [strides, before, after] = spatial(at);
      return describe("dnnl_pooling_forward_desc_init", structBytes.pooling, [
        [whole, training],
        [whole, pools[kind]],
        [md, x.handle],
        [md, y.handle],
        [md, strides],
        [md, dimsOf(at.kernel)],
        [md, before],
        [md, after],
      ]);
    },
    poolGradient(kind, { x, y }, { forward, ...at }) {
      const [strides, before, after] = spatial(at);
      return describe(
        "dnnl_pooling_backward_desc_init",
        structBytes.pooling,
        [
          [whole, pools[kind]],
          [md, x.handle],
          [md, y.handle],
          [md, strides],
          [md, dimsOf(at.kernel)],
          [md, before],
          [md, after],
        ],
        { forward },
      );
    },
    reorder: (from, to) =>
      calls.withAttributes([], (attributes) =>
        calls.describe(
          calls.make(
            "dnnl_reorder_primitive_desc_create",
            [md, "void *", md, "void *", "void *"],
            [from.handle, calls.engine, to.handle, calls.engine, attributes],
          ),
        ),
      ),
  };
}

function append(calls: Calls, ops: Address, post: PostOp): void {
  switch (post.kind) {
    case "sum":
      calls.check("dnnl_post_ops_append_sum", ["void *", "float"], [ops, 1]);
      break;
    case "curve":
      calls.check(
        "dnnl_post_ops_append_eltwise",
        ["void *", "float", whole, "float", "float"],
        [ops, 1, curves[post.curve], post.alpha ?? 0, post.beta ?? 0],
      );
      break;
    case "binary":
      calls.check(
        "dnnl_post_ops_append_binary",
        ["void *", whole, md],
        [ops, binaries[post.binary], post.other.handle],
      );
      break;
    default:
      post satisfies never;
  }
}

function layoutOf(calls: Calls, description: Address, part: number): Layout {
  const found = calls.pointer(
    "dnnl_primitive_desc_query_md",
    ["void *", whole, whole],
    [description, part, 0],
  );
  const handle = Buffer.from(bytesAt(found, structBytes.memory));
  const rank = handle.readInt32LE(0);
  const type = handle.readInt32LE(typeAt);
  return {
    dims: Array.from({ length: rank }, (_, axis) => Number(handle.readBigInt64LE(8 + 8 * axis))),
    type: type === types.bf16 ? "bf16" : type === types.s32 ? "s32" : "f32",
    bytes: sizeOfLayout(calls, handle),
    handle,
  };
}

function sizeOfLayout(calls: Calls, handle: Uint8Array): number {
  return calls.size("dnnl_memory_desc_get_size", [md], [handle]);
}
