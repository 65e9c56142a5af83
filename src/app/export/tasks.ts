/** A label set as tasks for Label Studio, every answer kept; read back and compared. */
import { readFileSync } from "node:fs";
import { Problem } from "../../base/index.ts";
import type { Answer, DatasetVersion, LabelSet } from "../../formats/documents/index.ts";
import {
  labelConfig,
  readTasks,
  type TaskToWrite,
  writeTasks,
} from "../../formats/label-studio/index.ts";
import { chooseLabelSets } from "../label-sets.ts";
import type { Target } from "./target.ts";

export interface TasksWritten {
  readonly labelSet: string;
  readonly tasks: number;
  /** Of one person on one picture, "cannot tell" among them. */
  readonly annotations: number;
  /** The labelling configuration, to be pasted into the project's settings. */
  readonly config: string;
}

/** The set named, or the only one. */
export function setToExport(document: DatasetVersion, named: string | undefined): LabelSet {
  if (named !== undefined || document.labelSets.length === 1) {
    return chooseLabelSets(document, named === undefined ? undefined : [named])[0];
  }
  const { name: dataset, labelSets } = document;
  const known = labelSets.map(({ name }) => name).join(", ") || "none";
  throw new Problem("app/export-which-labels", { dataset, known });
}

/** Items with a word on them: what people said one by one, else the label as its list had it. */
export function tasksOf(document: DatasetVersion, set: LabelSet): TaskToWrite[] {
  const { items, created } = document;
  const said = new Map<string, Answer[]>();
  for (const one of set.answers ?? []) said.set(one.item, [...(said.get(one.item) ?? []), one]);
  return items.path.flatMap((path, i) => {
    const code = set.codes[i];
    const listed = { label: set.classes[code], by: set.source, at: created };
    const answers = said.get(items.id[i]) ?? (code >= 0 ? [listed] : []);
    return answers.length === 0 ? [] : [{ path, answers }];
  });
}

export async function exportTasks(
  document: DatasetVersion,
  set: LabelSet,
  target: Target,
): Promise<TasksWritten> {
  const tasks = tasksOf(document, set);
  const expected = tasks.flatMap(({ path, answers }) =>
    answers
      .filter(({ label }) => label !== "")
      .map(({ label, by, at }) => ({ path, label, by, at })),
  );
  const text = writeTasks(tasks, { question: set.name });
  await target.write(text, async (aside) => {
    const found = readTasks(JSON.parse(readFileSync(aside, "utf8")))?.answers ?? [];
    const isSame =
      found.length === expected.length &&
      found.every(({ file, label, by }, i) => {
        const own = expected[i];
        return file === own.path && label === own.label && by === own.by;
      });
    if (!isSame)
      throw new Problem("internal/defect", { message: "tasks were not read back alike" });
  });
  return {
    labelSet: set.name,
    tasks: tasks.length,
    annotations: tasks.reduce((sum, { answers }) => sum + answers.length, 0),
    config: labelConfig(set.name, set.classes),
  };
}
