/** One training from the frozen head on, looked at after every epoch on pictures that it never sees. */
import { fork, type Key, permutation } from "../../base/index.ts";
import { type Executor, type Program, placeholdersOf } from "../../engine/index.ts";
import type { Normalize } from "../augment/index.ts";
import type { Backbone } from "../backbones/index.ts";
import type { Frame, Matrix } from "../measure/index.ts";
import type { ValueTree } from "../nn/index.ts";
import { adamw, cosineSchedule, rateAt } from "../optim/index.ts";
import { centred, createEmbedder, drawn, type Pictures } from "../train/index.ts";
import { fineTuneProgram, headNames } from "./program.ts";
import { type FineTuneRecipe, fineTuneViews, type Orientation } from "./recipe.ts";

/** A linear head on (features - means) · scale. */
export interface TunedHead {
  /** `[width, classes]`. */
  readonly weight: Float32Array;
  readonly bias: Float32Array;
}

export interface Tuning {
  readonly executor: Executor;
  readonly backbone: Backbone;
  readonly values: ValueTree;
  readonly layer: string;
  readonly size: number;
  readonly normalize: Normalize;
  /** Left out: as pictures are usually mirrored. */
  readonly orientation?: Orientation;
  readonly pictures: Pictures;
  readonly frame: Pick<Frame, "means" | "scale">;
  readonly recipe: FineTuneRecipe;
  readonly key: Key;
  /** Called after each epoch; may throw to stop. */
  readonly onEpoch: () => void;
}

export interface Lesson {
  /** Positions in `pictures`, and the class of each. */
  readonly rows: Uint32Array;
  readonly codes: Int32Array;
  readonly classes: number;
  /** What a row of each class weighs. */
  readonly weights: Float64Array;
  readonly head: TunedHead;
}

export interface Lessons {
  /** Scores `[held, classes]` of the held pictures after each epoch; the first before any. */
  readonly held: readonly Matrix[];
  readonly losses: readonly number[];
  /** Encoder and head after the last epoch. */
  readonly values: ValueTree;
  readonly head: TunedHead;
}

export interface Lasting {
  readonly epochs: number;
  readonly held: Uint32Array;
  /** When held pictures are looked at. */
  readonly looks?: "each epoch" | "end";
}

/** `epochs` of the recipe's schedule, then it stops; `held` may be empty. */
export async function trainOnce(
  tuning: Tuning,
  lesson: Lesson,
  { epochs, held, looks: when = "each epoch" }: Lasting,
): Promise<Lessons> {
  const { executor, backbone, layer, size, normalize, pictures, frame, recipe, key } = tuning;
  const { rows, classes, head } = lesson;
  const batch = Math.min(recipe.batch, rows.length);
  const own = { ...recipe, batch };
  const spec = fineTuneProgram({ backbone, layer, size, classes, frame, recipe: own });
  const program = await executor.compile(spec);
  const names = placeholdersOf(spec).flatMap(({ attributes: { name, role } }) =>
    role === "input" || name.startsWith("optimiser/") ? [] : [name],
  );
  await using embedder = await createEmbedder({ executor, backbone, size, taps: [layer] });
  try {
    const start: ValueTree = {
      ...tuning.values,
      [headNames.weight]: head.weight,
      [headNames.bias]: head.bias,
    };
    for (const name of names) await program.write(name, start[name]);
    const views = fineTuneViews(size, normalize, tuning.orientation);
    // A batch that is filled up would spoil statistics of its own.
    const isFilled = recipe.statistics === "batch";
    const stepsPerEpoch = isFilled
      ? Math.floor(rows.length / batch)
      : Math.ceil(rows.length / batch);
    const schedule = cosineSchedule(recipe.rate, stepsPerEpoch * recipe.epochs);
    const optimiser = adamw({ weightDecay: recipe.weightDecay });
    const input = new Float32Array(batch * 3 * size * size);
    const looks: Matrix[] = [];
    const losses: number[] = [];
    const look = async () => {
      if (held.length === 0) return;
      const now = await read(program, names);
      await embedder.load({ ...tuning.values, ...now });
      const found = await embedder.embed(centred(pictures, { size, normalize }, held));
      looks.push(scoresOf(found[layer], headOf(now), frame));
    };
    if (when === "each epoch") await look();
    for (let epoch = 0, step = 0; epoch < epochs; epoch++) {
      const order = permutation(fork(key, "order", epoch), rows.length);
      let total = 0;
      for (let from = 0; from < stepsPerEpoch * batch; from += batch, step++) {
        const chosen = order.subarray(from, Math.min(rows.length, from + batch));
        const indexes = Uint32Array.from(chosen, (at) => rows[at]);
        const seen = drawn(pictures, views, { indexes, views: 1, key: fork(key, "view", epoch) });
        input.fill(0);
        for (let i = 0; i < seen.count; i++) seen.fill(i, input, i * 3 * size * size);
        const rate = Float32Array.of(rateAt(schedule, step));
        const scalars = Object.entries(optimiser.scalars(step)).map(
          ([name, value]) => [name, Float32Array.of(value)] as const,
        );
        const { loss } = await program.run({
          views: input,
          targets: targetsOf(chosen, lesson, batch),
          rate,
          ...Object.fromEntries(scalars),
        });
        total += loss[0];
      }
      losses.push(total / stepsPerEpoch);
      if (when === "each epoch" || epoch === epochs - 1) await look();
      tuning.onEpoch();
    }
    const values = await read(program, names);
    const { [headNames.weight]: _, [headNames.bias]: __, ...encoder } = values;
    return { held: looks, losses, values: { ...tuning.values, ...encoder }, head: headOf(values) };
  } finally {
    await program.dispose();
  }
}

/** A row's weight at its class, over the weights of its batch; rows that fill up weigh nothing. */
function targetsOf(
  chosen: Uint32Array,
  { codes, classes, weights }: Lesson,
  batch: number,
): Float32Array {
  const targets = new Float32Array(batch * classes);
  const total = chosen.reduce((sum, at) => sum + weights[codes[at]], 0);
  for (const [i, at] of chosen.entries()) {
    targets[i * classes + codes[at]] = weights[codes[at]] / total;
  }
  return targets;
}

async function read(program: Program, names: readonly string[]): Promise<ValueTree> {
  const found: [string, Float32Array][] = [];
  for (const name of names) found.push([name, await program.read(name)]);
  return Object.fromEntries(found);
}

function headOf(values: ValueTree): TunedHead {
  return { weight: values[headNames.weight], bias: values[headNames.bias] };
}

export function scoresOf(
  { rows, columns, values }: Matrix,
  { weight, bias }: TunedHead,
  { means, scale }: Pick<Frame, "means" | "scale">,
): Matrix {
  const classes = bias.length;
  const scores = new Float32Array(rows * classes);
  for (let i = 0; i < rows; i++) {
    for (let c = 0; c < classes; c++) {
      let sum = bias[c];
      for (let p = 0; p < columns; p++) {
        sum += (values[i * columns + p] - means[p]) * scale * weight[p * classes + c];
      }
      scores[i * classes + c] = sum;
    }
  }
  return { rows, columns: classes, values: scores };
}
