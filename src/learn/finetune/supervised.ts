/**
 * An encoder that never saw a picture without a label: the same architecture from its first weights, all of
 * it trained on labelled pictures by cross-entropy, to see what the labels do by themselves. Batch norm
 * learns as in pretraining; the rate is ten times that of fine-tuning, as nothing has to be kept.
 */
import type { Key } from "../../base/index.ts";
import type { Matrix } from "../measure/index.ts";
import type { FineTuneRecipe } from "./recipe.ts";
import { type TunedHead, type Tuning, trainOnce } from "./train-once.ts";

export interface SupervisedTask extends Omit<Tuning, "recipe" | "onEpoch"> {
  readonly key: Key;
  /** Positions in `pictures`, and the class of each; every class occurs. */
  readonly rows: Uint32Array;
  readonly codes: Int32Array;
  readonly classes: number;
  readonly weights?: "balanced" | "none";
  /** Passes over the rows; default: `supervisedEpochs`. */
  readonly epochs?: number;
  /** Positions of the pictures to be scored. */
  readonly held: Uint32Array;
  /** Hears how many views are done; may throw to stop. */
  readonly onViews?: (done: number) => void;
}

const batch = 32;
const recipe = {
  scope: "all",
  statistics: "batch",
  rate: 3e-3,
  weightDecay: 0.05,
  folds: 0,
} as const satisfies Omit<FineTuneRecipe, "epochs" | "batch">;

/** Few labels are seen as often as it takes for `leastViews`, many at least ten times. */
const leastViews = 12_000;
const epochs = { least: 10, most: 200 } as const;

export function supervisedEpochs(labels: number): number {
  return Math.min(epochs.most, Math.max(epochs.least, Math.ceil(leastViews / labels)));
}

/** Scores `[held, classes]` after the last epoch. */
export async function supervisedScores(task: SupervisedTask): Promise<Matrix> {
  const { rows, epochs: lasting = supervisedEpochs(rows.length) } = task;
  let done = 0;
  const onEpoch = () => {
    done += rows.length;
    task.onViews?.(done);
  };
  const tuning: Tuning = { ...task, recipe: { ...recipe, batch, epochs: lasting }, onEpoch };
  const when = { epochs: lasting, held: task.held, looks: "end" } as const;
  const { held } = await trainOnce(tuning, lessonOf(task), when);
  return held[0];
}

/** Seconds that a view takes, by some steps of this very training. */
export async function supervisedPace(task: SupervisedTask, seconds: () => number): Promise<number> {
  const rows = task.rows.subarray(0, 2 * batch);
  const times: number[] = [];
  const some = { ...task, rows, codes: task.codes.subarray(0, 2 * batch) };
  const onEpoch = () => times.push(seconds());
  const tuning: Tuning = { ...some, recipe: { ...recipe, batch, epochs: 3 }, onEpoch };
  await trainOnce(tuning, lessonOf(some), { epochs: 3, held: new Uint32Array(0) });
  // The first epoch also compiles.
  return (times[2] - times[0]) / (2 * rows.length);
}

function lessonOf({ rows, codes, classes, frame, weights = "none" }: SupervisedTask) {
  const counts = new Int32Array(classes);
  for (const code of codes) counts[code]++;
  const head: TunedHead = {
    weight: new Float32Array(frame.means.length * classes),
    bias: new Float32Array(classes),
  };
  return {
    ...{ rows, codes, classes, head },
    weights: Float64Array.from(counts, (count) =>
      weights === "none" || count === 0 ? 1 : codes.length / (classes * count),
    ),
  };
}
