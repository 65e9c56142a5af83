/**
 * What the same labels do without any shelf: an encoder of the same kind trained on them alone, three
 * draws at four sizes. It takes long, so the time is told first, every finished training is kept, and
 * where nobody asked it is done only if it takes a few minutes.
 */
import { digestJson, fork, permutation } from "../../base/index.ts";
import {
  type SupervisedTask,
  supervisedEpochs,
  supervisedPace,
  supervisedScores,
} from "../../learn/finetune/index.ts";
import {
  chanceError,
  errorOf,
  judgedItems,
  type LearningCurve,
} from "../../learn/forecast/index.ts";
import { shelfFrame, softmax } from "../../learn/heads/index.ts";
import { labelledRows, type Matrix, pickRows } from "../../learn/measure/index.ts";
import { type EmbeddingKey, embeddingDigest, type Representation } from "../../registry/index.ts";
import { itemsOf } from "../dataset.ts";
import { keepIfFree } from "../desk.ts";
import { orientationOf } from "../stored-training.ts";
import { beforeTraining, untrainedEncoder, untrainedFeatures } from "../subjects.ts";
import type { CurveTask, Drawn } from "./curves.ts";

const draws = 3;
/** Parts of the labels, each twice the one before. */
const parts = [1 / 8, 1 / 4, 1 / 2, 1];
/** Without being asked for, it may take this long. */
const patience = 180;

interface Training {
  readonly size: number;
  readonly draw: number;
  /** Of the classes that occur, which is which. */
  readonly present: readonly number[];
  readonly task: SupervisedTask;
  readonly kept: EmbeddingKey;
}

export async function supervisedCurve(
  representation: Representation,
  task: CurveTask,
  { asked }: { readonly asked: boolean | undefined },
): Promise<Drawn | undefined> {
  if (asked === false) return undefined;
  const { labels, goal, desk } = task;
  const { emit, clock, signal } = desk.work;
  const trainings = await trainingsOf(representation, task);
  const open = trainings.filter(({ kept }) => scoresKept(kept, task) === undefined);
  const seconds = await secondsOf(open, task);
  if (open.length > 0) {
    const values = { trainings: open.length, minutes: Math.max(1, Math.ceil(seconds / 60)) };
    const isLeftOut = asked === undefined && seconds > patience;
    const code = isLeftOut ? "app/supervised-left-out" : "app/supervised-takes";
    emit({ type: "notice", level: "info", code, values });
    if (isLeftOut) return undefined;
  }
  const started = clock.monotonic();
  const total = open.reduce((sum, one) => sum + viewsOf(one), 0);
  emit({ type: "phase", phase: "budget", total, label: "supervised" });
  let before = 0;
  const errors = new Map<number, number[]>();
  for (const training of trainings) {
    const scores =
      scoresKept(training.kept, task) ??
      (await train(training, (views) => {
        signal.throwIfAborted();
        emit({ type: "progress", phase: "budget", done: before + views, total });
      }));
    if (open.includes(training)) before += viewsOf(training);
    const answers = {
      probabilities: softmax(scores, 1),
      classes: training.present,
      count: labels.classes.length,
      ...judgedOnes(task),
    };
    const own = errors.get(training.size) ?? [];
    errors.set(training.size, [...own, errorOf(goal, answers)]);
  }
  emit({ type: "phase-end", phase: "budget", seconds: (clock.monotonic() - started) / 1000 });
  const curve: LearningCurve = {
    points: [...errors].map(([size, own]) => pointOf(size, own)),
    items: judgedItems(goal, judgedOnes(task)),
    pool: labelledRows(labels.shelf.codes).length,
    classes: labels.classes.length,
    chance: chanceError(goal, labels.classes.length),
    draw: "random",
    head: "logistic",
  };
  return { subject: "supervised", curve, head: "logistic", setting: 0 };

  async function train({ task: own, kept }: Training, onViews: (done: number) => void) {
    const scores = await supervisedScores({ ...own, onViews });
    const ids = Array.from(labels.judged.rows, (row) => task.dataset.document.items.id[row]);
    const { values, columns } = scores;
    await keepIfFree(desk, (writer) => {
      writer.writeEmbedding(kept, { values, columns, ids });
    });
    return scores;
  }
}

function viewsOf({ size }: Training): number {
  return size * supervisedEpochs(size);
}

function judgedOnes({ labels: { judged } }: CurveTask) {
  return { codes: judged.codes, weights: judged.weights };
}

function pointOf(labels: number, errors: readonly number[]) {
  const mean = errors.reduce((sum, error) => sum + error / errors.length, 0);
  const square = errors.reduce((sum, error) => sum + (error - mean) ** 2, 0);
  return {
    labels,
    errors: Float64Array.from(errors),
    mean,
    variance: square / (errors.length - 1),
  };
}

function scoresKept(key: EmbeddingKey, { desk }: CurveTask): Matrix | undefined {
  const found = desk.store.embeddings(embeddingDigest(key));
  if (!found) return undefined;
  const { rows, columns } = found.document;
  return { rows, columns, values: found.values() };
}

/** Of the trainings that are not done yet, by a few steps of the largest. */
async function secondsOf(open: readonly Training[], { desk }: CurveTask): Promise<number> {
  const last = open.at(-1);
  if (last === undefined) return 0;
  const pace = await supervisedPace(last.task, () => desk.work.clock.monotonic() / 1000);
  return open.reduce((sum, one) => sum + pace * viewsOf(one), 0);
}

/** Smaller draws are the beginnings of larger ones, as in the other curves. */
async function trainingsOf(
  representation: Representation,
  task: CurveTask,
): Promise<readonly Training[]> {
  const { labels, dataset, executor, pictures, key, goal } = task;
  const { layer } = representation.document;
  const untrained = beforeTraining(representation);
  const train = itemsOf(dataset.document, "train");
  const { backbone, values, size, normalize } = await untrainedEncoder(untrained, task, train);
  const named = { ...task, label: "untrained" };
  const features = await untrainedFeatures(untrained, { taps: [layer], dataset, train }, named);
  const rows = labelledRows(labels.shelf.codes);
  const items = Uint32Array.from(rows, (row) => labels.shelf.rows[row]);
  const frame = await shelfFrame(pickRows(features[layer], items), { key, turn: false });
  const weights = goal.kind === "accuracy" ? ("none" as const) : ("balanced" as const);
  const orientation = orientationOf(representation, task.desk.store);
  const encoder = { backbone, values, layer, size, normalize, orientation };
  const common = { executor, ...encoder, pictures, frame, weights };
  const orders = Array.from({ length: draws }, (_, draw) =>
    permutation(fork(fork(key, "curve"), "draw", draw), rows.length),
  );
  const sizes = parts.map((part) => Math.round(part * rows.length));
  const all = sizes.map((count) =>
    orders.flatMap((order, draw) => {
      const chosen = order.slice(0, count);
      const codes = Int32Array.from(chosen, (at) => labels.shelf.codes[rows[at]]);
      const present = [...new Set(codes)].sort((a, b) => a - b);
      if (present.length < 2) return [];
      const own: SupervisedTask = {
        ...common,
        key: fork(fork(key, "supervised", count), "draw", draw),
        rows: Uint32Array.from(chosen, (at) => items[at]),
        codes: codes.map((code) => present.indexOf(code)),
        classes: present.length,
        held: labels.judged.rows,
      };
      return [
        { size: count, draw, present, task: own, kept: keyOf(own, { untrained, draw, task }) },
      ];
    }),
  );
  // Sizes of which every draw has two classes.
  return all.filter((own) => own.length === draws).flat();
}

interface Named {
  readonly untrained: ReturnType<typeof beforeTraining>;
  readonly draw: number;
  readonly task: CurveTask;
}

/** Everything that decides what comes out. */
function keyOf(own: SupervisedTask, { untrained, draw, task }: Named): EmbeddingKey {
  const { dataset, seed } = task;
  const { id } = dataset.document.items;
  const names = (rows: Uint32Array) => Array.from(rows, (row) => id[row]);
  const digest = digestJson(
    JSON.parse(
      JSON.stringify({
        ...{ supervised: 1, untrained, draw, seed, weights: own.weights, layer: own.layer },
        ...{ epochs: supervisedEpochs(own.rows.length), codes: [...own.codes] },
        ...{ rows: names(own.rows), held: names(own.held), ...own.orientation },
      }),
    ),
  );
  return {
    representation: { name: untrained.backbone, version: "supervised", digest },
    layer: "scores",
    dataset: { name: dataset.document.name, version: dataset.version },
    variant: null,
  };
}
