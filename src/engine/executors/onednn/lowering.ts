/** The state of a lowering: which forms each value is held in, and the steps that make them. */
import { Problem } from "../../../base/index.ts";
import { type Edge, type Shape, sizeOf, type Tensor } from "../../graph/index.ts";
import type { Choose } from "./choose.ts";
import {
  bytesOf,
  type Held,
  isDense,
  isStrided,
  rowMajor,
  type Storage,
  type Strided,
} from "./held.ts";
import type { Description, ElementType, Layout, Library } from "./library.ts";
import { compileLoop, type LoopSource } from "./loop-source.ts";
import type { Argument, HostStep, PrimitiveStep, Step } from "./step.ts";

/** The type of activations: what large values between primitives are kept as. */
export type Precision = "f32" | "bf16";

export interface LoweringOptions {
  readonly library: Library;
  readonly precision: Precision;
  /** Whether operands of convolutions may be bf16 where activations are f32. */
  readonly mixed: boolean;
  readonly choose: Choose;
  /** Whether parameters and state stay as they are from run to run, unless they are written. */
  readonly steady: boolean;
  mayOverwrite(edge: Edge): boolean;
}

export interface Given {
  readonly reads: readonly Argument[];
  readonly writes: readonly Argument[];
}

export interface Lowering {
  readonly library: Library;
  readonly precision: Precision;
  readonly mixed: boolean;
  readonly choose: Choose;
  /** Whether the value's memory may be written over by the unit that is being lowered. */
  mayOverwrite(edge: Edge): boolean;
  readonly steps: readonly Step[];
  /** Steps whose results depend on parameters, state and constants alone, where those stay. */
  readonly prologue: readonly Step[];
  readonly descriptions: readonly Description[];
  /** What the steps from here on belong to. */
  label(text: string): void;

  hold(edge: Edge, held: Held): void;
  forms(edge: Edge): readonly Held[];
  /** Any form with strides, of the value's own or of this type. */
  strided(edge: Edge, type?: ElementType): Strided;
  /** Row by row without gaps. */
  dense(edge: Edge, type?: ElementType): Strided;
  /** In this very layout, brought into it if need be. */
  as(edge: Edge, layout: Layout): Held;
  reordered(held: Held, layout: Layout): Held;

  storage(bytes: number, options?: { kept?: boolean }): Storage;
  make(layout: Layout): Held;
  makeDense(shape: Shape, type?: ElementType, options?: { kept?: boolean }): Strided;
  /** Marks a storage as depending on parameters, state or constants alone. */
  steadyStorage(storage: Storage): void;
  isSteady(storages: readonly Storage[]): boolean;

  /** Throws: the library has no kernel for what is being lowered. */
  refuse(): never;
  /** Throws where there is no description; `repeatable` as in a step. */
  primitive(
    description: Description | undefined,
    given: Given,
    options?: Pick<PrimitiveStep, "repeatable">,
  ): void;
  host(step: Pick<HostStep, "bind"> & { reads: readonly Held[]; writes: readonly Held[] }): void;
  loop(source: LoopSource, inputs: readonly Strided[], outputs: readonly Strided[]): void;
}

export function createLowering({
  library,
  precision,
  mixed,
  choose,
  steady,
  mayOverwrite,
}: LoweringOptions): Lowering {
  const held = new Map<Edge, Held[]>();
  const steps: Step[] = [];
  const prologue: Step[] = [];
  const descriptions: Description[] = [];
  const settled = new Set<Storage>();
  let label = "";

  function isSteady(storages: readonly Storage[]): boolean {
    return steady && storages.every((one) => settled.has(one));
  }

  function emit(step: Step): void {
    const once = isSteady(step.reads) && step.writes.every((one) => one.kept);
    (once ? prologue : steps).push(step);
    if (once) for (const one of step.writes) settled.add(one);
  }

  function forms(edge: Edge): readonly Held[] {
    const found = held.get(edge);
    if (found) return found;
    throw new Problem("internal/defect", {
      message: `${edge.node.op} was used before it was lowered`,
    });
  }

  const lowering: Lowering = {
    library,
    precision,
    mixed,
    choose,
    mayOverwrite,
    steps,
    prologue,
    descriptions,
    label(text) {
      label = text;
    },
    hold(edge, one) {
      held.set(edge, [...(held.get(edge) ?? []), one]);
    },
    forms,
    strided(edge, type) {
      const found = forms(edge).filter(isStrided);
      const fitting = found.find(({ layout }) => type === undefined || layout.type === type);
      return fitting ?? lowering.dense(edge, type);
    },
    dense(edge, type) {
      const all = forms(edge);
      const wanted = type ?? all[0].layout.type;
      const fitting = all
        .filter(isStrided)
        .find((one) => one.layout.type === wanted && isDense(one));
      if (fitting) return fitting;
      const { dims } = all[0].layout;
      const layout = library.strided(dims, rowMajor(dims), wanted);
      const source = preferred(all, wanted);
      const made = copied(lowering, source, { ...layout, dims });
      lowering.hold(edge, made);
      return made;
    },
    as(edge, layout) {
      const all = forms(edge);
      const fitting = all.find(
        (one) =>
          isWhole(one) && one.layout.type === layout.type && library.same(one.layout, layout),
      );
      if (fitting) return fitting;
      const made = lowering.reordered(preferred(all, layout.type), layout);
      lowering.hold(edge, made);
      return made;
    },
    reordered(source, layout) {
      if (isEmpty(layout)) return lowering.make(layout);
      const from = isWhole(source) ? source : copied(lowering, source, denseOf(lowering, source));
      if (library.same(from.layout, layout)) return from;
      const kept = isSteady([from.storage]);
      const made: Held = { storage: lowering.storage(layout.bytes, { kept }), layout, offset: 0 };
      lowering.primitive(
        library.reorder(from.layout, layout),
        { reads: [["source", from]], writes: [["destination", made]] },
        { repeatable: true },
      );
      return made;
    },
    storage: (bytes, { kept = false } = {}) => ({ bytes, kept }),
    make(layout) {
      const { dims, type, bytes } = layout;
      const storage = lowering.storage(bytes);
      const strides = rowMajor(dims);
      const plain = library.same(layout, library.strided(dims, strides, type));
      return { storage, layout, offset: 0, ...(plain && { strides }) };
    },
    makeDense(shape, type = "f32", options = {}) {
      const strides = rowMajor(shape);
      const layout = library.strided(shape, strides, type);
      const bytes = sizeOf(shape) * bytesOf[type];
      return { storage: lowering.storage(bytes, options), layout, offset: 0, strides };
    },
    steadyStorage: (storage) => void settled.add(storage),
    isSteady,
    refuse() {
      throw new Problem("engine/library-refused", {
        library: `oneDNN ${library.version}`,
        message: `no kernel for ${label}`,
      });
    },
    primitive(description, { reads, writes }, { repeatable = false } = {}) {
      if (!description) return lowering.refuse();
      descriptions.push(description);
      const scratch = description.layout("scratchpad");
      const kept = isSteady(reads.map(([, one]) => one.storage));
      const pad: readonly Argument[] =
        scratch.bytes > 0
          ? [
              [
                "scratchpad",
                { storage: lowering.storage(scratch.bytes, { kept }), layout: scratch, offset: 0 },
              ],
            ]
          : [];
      emit({
        kind: "primitive",
        label,
        description,
        given: [...reads, ...writes, ...pad],
        repeatable,
        reads: reads.map(([, one]) => one.storage),
        writes: [...writes, ...pad].map(([, one]) => one.storage),
      });
    },
    host({ bind, reads, writes }) {
      emit({
        kind: "host",
        label,
        bind,
        reads: reads.map((one) => one.storage),
        writes: writes.map((one) => one.storage),
      });
    },
    loop(source, inputs, outputs) {
      const run = compileLoop(source);
      const sizes = source.results.map((result) => (result.kind === "store" ? 0 : result.size));
      lowering.host({
        reads: inputs,
        writes: outputs,
        bind(place) {
          const xs = inputs.map((one) =>
            one.layout.type === "s32" ? place.integers(one) : place.floats(one),
          );
          const ys = outputs.map((one) => place.floats(one));
          const scratch = sizes.map((size) => new Float64Array(size));
          return () => run(xs, ys, scratch);
        },
      });
    },
  };
  return lowering;
}

/** A lowering beside another, to time what it would emit; nothing in it is computed once and kept. */
export function rehearsal({ library, precision, mixed, choose }: Lowering): Lowering {
  const mayOverwrite = () => false;
  return createLowering({ library, precision, mixed, choose, steady: false, mayOverwrite });
}

/** A form of the wanted type, else any; whole arrays before views. */
function preferred(all: readonly Held[], type: ElementType): Held {
  const same = all.filter((one) => one.layout.type === type);
  const candidates = same.length > 0 ? same : all;
  return candidates.find(isWhole) ?? candidates[0];
}

/** A view on memory. Repeated elements (stride 0) have no layout of the library's: they are copied first. */
export function view(
  { library }: Lowering,
  base: Pick<Held, "storage" | "layout">,
  at: { readonly dims: Shape; readonly strides: readonly number[]; readonly offset: number },
): Strided {
  const { dims, strides, offset } = at;
  const { type } = base.layout;
  const repeats = dims.some((size, axis) => size > 1 && strides[axis] === 0);
  const layout = library.strided(dims, repeats ? rowMajor(dims) : strides, type);
  return { storage: base.storage, layout, offset, strides };
}

/** Whether elements are repeated along an axis. */
export function isSpread({ layout: { dims }, strides }: Strided): boolean {
  return dims.some((size, axis) => size > 1 && strides[axis] === 0);
}

/** Whether the memory has all elements, as the layout says: one that repeats some has fewer. */
function isWhole(held: Held): boolean {
  return !isStrided(held) || !isSpread(held);
}

function denseOf({ library }: Lowering, { layout: { dims, type } }: Held): Layout {
  return library.strided(dims, rowMajor(dims), type);
}

/** A row-major copy, by the library where it can, by a loop where elements are repeated. */
function copied(lowering: Lowering, source: Held, layout: Layout): Strided {
  const strides = rowMajor(layout.dims);
  if (isEmpty(layout)) return lowering.makeDense(layout.dims, layout.type);
  if (isStrided(source) && isSpread(source)) {
    const base = source.layout.type === "bf16" ? widened(lowering, source) : source;
    const kept = lowering.isSteady([base.storage]);
    const bytes = sizeOf(layout.dims) * bytesOf.f32;
    const dense = lowering.library.strided(layout.dims, strides, "f32");
    const made: Strided = {
      storage: lowering.storage(bytes, { kept }),
      layout: dense,
      offset: 0,
      strides,
    };
    lowering.loop(
      {
        shape: layout.dims,
        inputs: [{ strides: base.strides }],
        terms: [],
        results: [{ kind: "store", term: "x0" }],
      },
      [base],
      [made],
    );
    if (layout.type === "f32") return made;
    return { ...lowering.reordered(made, layout), strides };
  }
  const kept = lowering.isSteady([source.storage]);
  const made: Strided = {
    storage: lowering.storage(layout.bytes, { kept }),
    layout,
    offset: 0,
    strides,
  };
  lowering.primitive(lowering.library.reorder(source.layout, layout), {
    reads: [["source", source]],
    writes: [["destination", made]],
  });
  return made;
}

/** A repeated bf16 value as a repeated f32 one: what is repeated is converted once. */
function widened(lowering: Lowering, { strides, layout, ...rest }: Strided): Strided {
  const dims = layout.dims.map((size, axis) => (strides[axis] === 0 ? 1 : size));
  const inner: Strided = {
    ...rest,
    strides,
    layout: lowering.library.strided(
      dims,
      strides.map((s) => s || 1),
      "bf16",
    ),
  };
  const dense = rowMajor(dims);
  const made = copied(lowering, inner, lowering.library.strided(dims, dense, "f32"));
  const again = dense.map((stride, axis) => (strides[axis] === 0 ? 0 : stride));
  return view(lowering, made, { dims: layout.dims, strides: again, offset: 0 });
}

function isEmpty({ dims }: Layout): boolean {
  return dims.some((size) => size === 0);
}

/**
 * How the library keeps pictures between convolutions (channels in blocks, on most processors): what it
 * chooses for a convolution's result. Undefined where it has none for the shape.
 */
export function pictureLayout(library: Library, shape: Shape, type: Precision): Layout | undefined {
  const any = library.anyLayout(shape, type);
  const weight = library.anyLayout([shape[1], shape[1], 1, 1], type);
  const probe = library.convolution(
    { x: any, weight, y: any },
    { strides: [1, 1], dilations: [0, 0], before: [0, 0], after: [0, 0] },
    { algorithm: "direct" },
  );
  const found = probe?.layout("destination");
  if (probe) library.destroyDescriptions([probe]);
  return found;
}

/** The type that a value of this size is kept as between primitives. */
export function activationType({ precision }: Lowering, shape: Shape): Precision {
  return precision === "bf16" && shape.length > 2 && sizeOf(shape) >= 1 << 14 ? "bf16" : "f32";
}

export function tensorsOf(edges: readonly Edge[]): readonly Tensor[] {
  return edges.filter((edge) => edge.kind === "tensor");
}
