/** What the executor asks of oneDNN, whichever major version answers. */
import type { Address } from "./ffi.ts";

export type ElementType = "f32" | "bf16" | "s32";

/** How the elements of an array lie in memory; `any` layouts leave that to the library. */
export interface Layout {
  readonly dims: readonly number[];
  readonly type: ElementType;
  readonly bytes: number;
  /** Version 2: the descriptor's own bytes. Version 3: a handle. */
  readonly handle: Uint8Array | Address;
}

export type Part =
  | ("source" | "weights" | "destination" | "workspace" | "scratchpad")
  | ("sourceGradient" | "weightsGradient" | "destinationGradient");

/** A primitive that the library has agreed to, with the layouts it chose. */
export interface Description {
  readonly handle: Address;
  /** The library's name of the kernel. */
  readonly kernel: string;
  /** How many inputs it wants at each execution. */
  readonly inputs: number;
  layout(part: Part): Layout;
}

export interface Spatial {
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  readonly before: readonly number[];
  readonly after: readonly number[];
}

export type Algorithm = "direct" | "winograd";

export interface ConvolutionLayouts {
  readonly x: Layout;
  readonly weight: Layout;
  readonly y: Layout;
  readonly bias?: Layout;
}

export type Curve = "relu" | "reluFromResult" | "gelu" | "linear" | "tanh" | "exp";
export type Binary = "add" | "multiply" | "subtract" | "maximum";

/** What a primitive does to its result before it is written. */
export type PostOp =
  | { readonly kind: "sum" }
  | {
      readonly kind: "curve";
      readonly curve: Curve;
      readonly alpha?: number;
      readonly beta?: number;
    }
  | { readonly kind: "binary"; readonly binary: Binary; readonly other: Layout };

export interface NormFlags {
  readonly relu?: boolean;
}

export interface PoolLayouts {
  readonly x: Layout;
  readonly y: Layout;
}

export interface PoolSpatial extends Omit<Spatial, "dilations"> {
  readonly kernel: readonly number[];
}

export type PoolKind = "max" | "average";

/** Descriptions are undefined where the library has no kernel for what is asked. */
export interface Library {
  readonly version: string;
  readonly major: 2 | 3;
  readonly path: string;
  setThreads(threads: number): void;
  /**
   * Layouts live until the scope that they were made in ends; primitives and memories made of them
   * live on. Version 3 makes none outside a scope. Where it throws, all that was made in it goes.
   */
  scope<T>(use: () => T): T;

  anyLayout(dims: readonly number[], type: ElementType): Layout;
  strided(dims: readonly number[], strides: readonly number[], type: ElementType): Layout;
  same(left: Layout, right: Layout): boolean;

  convolution(
    layouts: ConvolutionLayouts,
    spatial: Spatial,
    options: {
      readonly algorithm: Algorithm;
      readonly inference?: boolean;
      readonly post?: readonly PostOp[];
    },
  ): Description | undefined;
  convolutionData(
    layouts: ConvolutionLayouts,
    spatial: Spatial,
    options: { readonly algorithm: Algorithm; readonly forward: Description },
  ): Description | undefined;
  convolutionWeights(
    layouts: ConvolutionLayouts,
    spatial: Spatial,
    options: { readonly algorithm: Algorithm; readonly forward: Description },
  ): Description | undefined;
  matmul(
    layouts: {
      readonly left: Layout;
      readonly right: Layout;
      readonly y: Layout;
      readonly bias?: Layout;
    },
    post?: readonly PostOp[],
  ): Description | undefined;
  batchNorm(x: Layout, epsilon: number, flags: NormFlags): Description | undefined;
  batchNormGradient(
    layouts: { readonly x: Layout; readonly dy: Layout },
    epsilon: number,
    options: NormFlags & { readonly forward: Description },
  ): Description | undefined;
  layerNorm(x: Layout, statistics: Layout, epsilon: number): Description | undefined;
  layerNormGradient(
    layouts: { readonly x: Layout; readonly dy: Layout; readonly statistics: Layout },
    epsilon: number,
    forward: Description,
  ): Description | undefined;
  curve(
    x: Layout,
    curve: Curve,
    constants?: { alpha?: number; beta?: number },
  ): Description | undefined;
  curveGradient(
    layouts: { readonly given: Layout; readonly dy: Layout },
    curve: Curve,
  ): Description | undefined;
  binary(
    binary: Binary,
    layouts: { readonly left: Layout; readonly right: Layout; readonly y: Layout },
    post?: readonly PostOp[],
  ): Description | undefined;
  softmax(layout: Layout, axis: number, logarithm: boolean): Description | undefined;
  softmaxGradient(
    layouts: { readonly y: Layout; readonly dy: Layout },
    axis: number,
    logarithm: boolean,
  ): Description | undefined;
  pool(kind: PoolKind, layouts: PoolLayouts, spatial: PoolSpatial): Description | undefined;
  poolGradient(
    kind: PoolKind,
    layouts: PoolLayouts,
    options: PoolSpatial & { readonly forward: Description },
  ): Description | undefined;
  reorder(from: Layout, to: Layout): Description | undefined;

  primitive(description: Description): Address;
  memory(layout: Layout, address: Address): Address;
  /** Has a memory lie at another address, for primitives that run after. */
  moveMemory(memory: Address, address: Address): void;
  /** `args` is an array of { int32 role, padding, pointer memory }, 16 bytes each. */
  execute(primitive: Address, args: Uint8Array): void;
  destroy(made: {
    readonly primitives: readonly Address[];
    readonly memories: readonly Address[];
  }): void;
  destroyDescriptions(descriptions: readonly Description[]): void;
}

/** Numbers of the roles in an execution; the same in both versions but for post-ops. */
export const roles = {
  source: 1,
  sourceSecond: 2,
  destination: 17,
  weights: 33,
  bias: 41,
  mean: 49,
  variance: 50,
  scale: 51,
  shift: 52,
  workspace: 64,
  scratchpad: 80,
  sourceGradient: 129,
  destinationGradient: 145,
  weightsGradient: 161,
  scaleGradient: 255,
  shiftGradient: 256,
} as const;

export type RoleName = keyof typeof roles;
