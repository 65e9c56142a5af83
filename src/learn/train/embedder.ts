/** Embedding: pictures through an encoder in evaluation mode, one matrix per tap. */
import { type Emit, Problem, silent } from "../../base/index.ts";
import {
  type Executor,
  narrowed,
  type Program,
  type ProgramSpec,
  placeholder,
  placeholdersOf,
} from "../../engine/index.ts";
import { type Backbone, encoder, features, requireSide } from "../backbones/index.ts";
import type { Matrix } from "../measure/index.ts";
import { evaluation, parameterCount, placeholders, type ValueTree } from "../nn/index.ts";
import { memoryOf } from "./flops.ts";
import type { Inputs } from "./inputs.ts";

export type Embeddings = Readonly<Record<string, Matrix>>;

export interface Embedder extends AsyncDisposable {
  /** Sets weights and running statistics; names the encoder does not have are passed over. */
  load(values: ValueTree): Promise<void>;
  /** Rows in the order of the inputs. The last batch is filled up and its extra rows are dropped. */
  embed(inputs: Inputs, options?: { emit?: Emit; signal?: AbortSignal }): Promise<Embeddings>;
  dispose(): Promise<void>;
}

export interface EmbedderOptions {
  readonly executor: Executor;
  readonly backbone: Backbone;
  /** Side of the input. */
  readonly size: number;
  /** By default the last one: the representation. */
  readonly taps?: readonly string[];
  readonly batch?: number;
}

/** Bytes of arrays alive at once, and pictures, beyond which a batch is no faster. */
const largest = { bytes: 512e6, batch: 256 } as const;

/**
 * Pictures at a time: as large as is still of use. Where their `count` is known, as even as can be,
 * so that the last batch has little to fill up.
 */
export function embeddingBatch(
  backbone: Backbone,
  { size, count }: { readonly size: number; readonly count?: number },
): number {
  const x = placeholder("pictures", [1, 3, size, size]);
  const { y } = features(backbone, placeholders(encoder(backbone)), x, evaluation);
  const weights = 4 * parameterCount(encoder(backbone));
  const each = Math.max(1, memoryOf({ outputs: { y } }) - weights);
  const most = Math.min(largest.batch, Math.max(1, Math.floor(largest.bytes / each)));
  if (count === undefined) return most;
  const batches = Math.max(1, Math.ceil(count / most));
  return Math.max(1, Math.ceil(count / batches));
}

export async function createEmbedder({
  executor,
  backbone,
  size,
  taps = [backbone.taps[backbone.taps.length - 1].name],
  batch = embeddingBatch(backbone, { size }),
}: EmbedderOptions): Promise<Embedder> {
  for (const name of taps) checkTap(backbone, name);
  requireSide(backbone, size);
  const tree = placeholders(encoder(backbone));
  const x = placeholder("pictures", [batch, 3, size, size]);
  const found = features(backbone, tree, x, evaluation).taps;
  const spec: ProgramSpec = {
    outputs: narrowed(Object.fromEntries(taps.map((name) => [name, found[name]]))),
  };
  const program = await executor.compile(spec);
  const dispose = () => program.dispose();
  return {
    load: (values) => writeOwned(program, spec, values),
    embed: (inputs, options = {}) => embedAll(program, spec, { inputs, batch, size, ...options }),
    dispose,
    [Symbol.asyncDispose]: dispose,
  };
}

interface EmbedAll {
  readonly inputs: Inputs;
  readonly batch: number;
  readonly size: number;
  readonly emit?: Emit;
  readonly signal?: AbortSignal;
}

async function embedAll(
  program: Program,
  { outputs }: ProgramSpec,
  { inputs, batch, size, emit = silent, signal }: EmbedAll,
): Promise<Embeddings> {
  const widths = Object.entries(outputs).map(([name, { shape }]) => ({ name, columns: shape[1] }));
  const found = Object.fromEntries(
    widths.map(({ name, columns }) => [name, new Float32Array(inputs.count * columns)]),
  );
  const length = 3 * size * size;
  const pictures = new Float32Array(batch * length);
  for (let from = 0; from < inputs.count; from += batch) {
    signal?.throwIfAborted();
    const rows = Math.min(batch, inputs.count - from);
    for (let i = 0; i < rows; i++) inputs.fill(from + i, pictures, i * length);
    pictures.fill(0, rows * length);
    const out = await program.run({ pictures });
    for (const { name, columns } of widths) {
      found[name].set(out[name].subarray(0, rows * columns), from * columns);
    }
    emit({ type: "progress", phase: "embed", done: from + rows, total: inputs.count });
  }
  return Object.fromEntries(
    widths.map(({ name, columns }) => [name, { rows: inputs.count, columns, values: found[name] }]),
  );
}

/** One-off: compile, load, embed, dispose. */
export async function embed({
  values,
  inputs,
  ...options
}: EmbedderOptions & {
  readonly values: ValueTree;
  readonly inputs: Inputs;
  readonly emit?: Emit;
  readonly signal?: AbortSignal;
}): Promise<Embeddings> {
  await using embedder = await createEmbedder(options);
  await embedder.load(values);
  const { emit, signal } = options;
  return await embedder.embed(inputs, { ...(emit && { emit }), ...(signal && { signal }) });
}

/** Writes to a program all parameters and state that it has; each must be there and fit. */
export async function writeOwned(
  program: Program,
  spec: ProgramSpec,
  values: ValueTree,
): Promise<void> {
  for (const { attributes } of placeholdersOf(spec)) {
    const { name, role, shape } = attributes;
    if (role === "input") continue;
    const expected = shape.reduce((product, side) => product * side, 1);
    const found = values[name]?.length ?? 0;
    if (found !== expected) {
      throw new Problem("train/initial-does-not-fit", { name, found, expected });
    }
    await program.write(name, values[name]);
  }
}

function checkTap({ name: backbone, taps }: Backbone, name: string): void {
  if (taps.some((tap) => tap.name === name)) return;
  const known = taps.map((tap) => tap.name).join(", ");
  throw new Problem("train/unknown-layer", { backbone, name, known });
}
