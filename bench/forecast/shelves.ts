/**
 * The shelves of a workspace: features of a trained representation, of the same encoder untrained, and of
 * PCA on raw pixels, each with the tasks of its dataset.
 */
import { resolve } from "node:path";
import { openStoredPictures } from "../../src/app/dataset.ts";
import { openReadingDesk } from "../../src/app/desk.ts";
import { machineOf, openExecutor } from "../../src/app/executor.ts";
import {
  beforeTraining,
  pcaOf,
  pixelsOf,
  storedFeatures,
  untrainedFeatures,
} from "../../src/app/subjects.ts";
import { preprocessingOf } from "../../src/app/training-choices.ts";
import { systemClock } from "../../src/base/index.ts";
import type { DatasetVersion } from "../../src/formats/documents/index.ts";
import {
  headlineFeatures,
  type Matrix,
  pickRows,
  plainProduct,
  withFeatures,
} from "../../src/learn/measure/index.ts";
import { Stop } from "../harness/index.ts";
import type { LabelledShelf, Side } from "../selection/shelves.ts";
import { type Subject, subjectsOf, type Task, tasksOf } from "./tasks.ts";

export async function shelvesOf(workspace: string, reference: string): Promise<LabelledShelf[]> {
  const folder = resolve(workspace);
  const work = {
    ...{ workspace: folder, cwd: folder, emit() {}, signal: new AbortController().signal },
    ...{ clock: systemClock, command: ["bench", "forecast"] },
  };
  const desk = openReadingDesk(work);
  const representation = desk.store.resolve(reference);
  const { layer, dataset: named } = representation.document;
  const dataset = desk.store.dataset(named.name, named.version);
  const tasks = tasksOf[named.name];
  if (tasks === undefined) {
    const known = Object.keys(tasksOf).join(", ");
    throw new Stop("usage", `Tasks are known of ${known}; ${reference} is of ${named.name}.`);
  }
  const executor = await openExecutor(await machineOf({ threads: 1 }, folder), work);
  try {
    using pictures = openStoredPictures(desk.store, dataset.document);
    const task = { executor, pictures, desk };
    const sides = {
      train: rowsOf(dataset.document, "train"),
      test: rowsOf(dataset.document, "evaluation"),
    };
    const found: LabelledShelf[] = [];
    for (const subject of subjectsOf[named.name] ?? []) {
      const matrix = await featuresOf(subject);
      const name = subject === "trained" ? reference : `${named.name}-${subject}`;
      for (const one of tasks)
        found.push(shelfOf(matrix, dataset.document, { ...one, name: `${name}, ${one.name}` }));
    }
    return found;

    async function featuresOf(subject: Subject): Promise<Matrix> {
      switch (subject) {
        case "trained":
          return (await storedFeatures(representation, { taps: [layer], dataset }, task))[layer];
        case "untrained": {
          const taps = { taps: [layer], dataset, train: sides.train };
          return (await untrainedFeatures(beforeTraining(representation), taps, task))[layer];
        }
        case "pca": {
          const all = Uint32Array.from(dataset.document.items.split.keys());
          const pixels = pixelsOf(pictures, preprocessingOf(representation), all);
          const options = { seed: 0, product: plainProduct };
          return (await pcaOf(pickRows(pixels, sides.train), pixels, options)).test;
        }
        default:
          return subject satisfies never;
      }
    }
  } finally {
    await executor.dispose();
  }
}

function rowsOf({ items }: DatasetVersion, side: string): Uint32Array {
  return Uint32Array.from([...items.split.keys()].filter((i) => items.split[i] === side));
}

/** Only classes that both sides have, of unit length. */
function shelfOf(features: Matrix, document: DatasetVersion, task: Task): LabelledShelf {
  const set = document.labelSets.find(({ name }) => name === task.labels);
  if (set === undefined) throw new Stop("data-missing", `No label set ${task.labels} is here.`);
  const { these, others } = task;
  const classOf = (code: number): number => {
    if (code < 0 || these === undefined) return code;
    const label = set.classes[code];
    if (these.includes(label)) return 0;
    return others === undefined || others.includes(label) ? 1 : -1;
  };
  const codes = Int32Array.from(set.codes, classOf);
  const sides = [rowsOf(document, "train"), rowsOf(document, "evaluation")];
  const [train, test] = sides.map((rows) => new Set(Array.from(rows, (row) => codes[row])));
  const kept = [...train].filter((code) => code >= 0 && test.has(code)).sort((a, b) => a - b);
  const matrix = withFeatures(features, headlineFeatures);
  const [pool, judged] = sides.map((all): Side => {
    const rows = all.filter((row) => kept.includes(codes[row]));
    const own = Int32Array.from(rows, (row) => kept.indexOf(codes[row]));
    return { matrix: pickRows(matrix, rows), codes: own };
  });
  return { name: task.name, classes: kept.length, pool, judged };
}
