/**
 * Answers out of what Label Studio exports: JSON (tasks with annotations, and of before version 1.0 with
 * completions) and JSON-MIN (a record an annotation), as https://labelstud.io/guide/task_format and
 * /guide/export describe them. Only choices are read, one chosen a question.
 */
import { z } from "zod";
import { endsLikeFile, fileIn } from "./image-file.ts";

export interface TaskAnswer {
  /** The picture's file, as the task names it, without Label Studio's own parts. */
  readonly file: string;
  /** Position of the task, from 1. */
  readonly position: number;
  /** The name of the choices: the question. */
  readonly question: string;
  readonly label: string;
  /** Empty where the file does not say. */
  readonly by: string;
  /** ISO 8601, when it was last changed; empty where the file does not say. */
  readonly at: string;
}

export interface ReadTasks {
  readonly answers: readonly TaskAnswer[];
  readonly tasks: number;
  /** Annotations that their author cancelled or skipped. */
  readonly skipped: number;
  /** Questions with several choices at once. */
  readonly several: number;
  /** Results other than choices: boxes, texts. */
  readonly others: number;
  /** Tasks without an annotation. */
  readonly unanswered: number;
  /** Tasks in which no picture is named. */
  readonly nameless: number;
}

const result = z.object({
  from_name: z.string().default("choice"),
  type: z.string(),
  value: z.record(z.string(), z.unknown()),
  meta: z.record(z.string(), z.unknown()).optional(),
});
const annotation = z.object({
  result: z.array(z.unknown()).catch([]),
  was_cancelled: z.boolean().default(false),
  skipped: z.boolean().optional(),
  completed_by: z.unknown().optional(),
  created_at: z.unknown().optional(),
  updated_at: z.unknown().optional(),
});
type Annotation = z.infer<typeof annotation>;
const task = z.object({
  data: z.record(z.string(), z.unknown()),
  annotations: z.array(annotation).optional(),
  completions: z.array(annotation).optional(),
  file_upload: z.unknown().optional(),
});
const flat = z.looseObject({ annotation_id: z.unknown(), annotator: z.unknown() });

/** Undefined where `value` is no list of tasks. */
export function readTasks(value: unknown): ReadTasks | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const [first]: readonly unknown[] = value;
  const has = (name: string) => typeof first === "object" && first !== null && name in first;
  if (has("data") && (has("annotations") || has("completions"))) {
    const tasks = z.array(task).safeParse(value);
    return tasks.success ? readNested(tasks.data) : undefined;
  }
  if (has("annotation_id") && has("annotator")) {
    const records = z.array(flat).safeParse(value);
    return records.success ? readFlat(records.data) : undefined;
  }
  return undefined;
}

function readNested(tasks: readonly z.infer<typeof task>[]): ReadTasks {
  const answers: TaskAnswer[] = [];
  const counts = { skipped: 0, several: 0, others: 0, unanswered: 0, nameless: 0 };
  for (const [i, { data, annotations, completions, file_upload }] of tasks.entries()) {
    const given = annotations ?? completions ?? [];
    if (given.length === 0) counts.unanswered++;
    const file = fileIn(data, file_upload);
    if (file === undefined) {
      counts.nameless++;
      continue;
    }
    for (const one of given) {
      if (one.was_cancelled || one.skipped === true) {
        counts.skipped++;
        continue;
      }
      for (const found of one.result) {
        const read = result.safeParse(found);
        if (!read.success || read.data.type !== "choices") {
          counts.others++;
          continue;
        }
        const { from_name: question, value, meta = {} } = read.data;
        const chosen = choicesIn(value.choices);
        if (chosen.length > 1) counts.several++;
        if (chosen.length !== 1) continue;
        const [label] = chosen;
        answers.push({ file, position: i + 1, question, label, ...origin(one, meta) });
      }
    }
  }
  return { answers, tasks: tasks.length, ...counts };
}

/** Our own files say who and when beside the choice, for Label Studio takes neither in. */
function origin(
  { completed_by, created_at, updated_at }: Annotation,
  { labelled_by, labelled_at }: Readonly<Record<string, unknown>>,
): Pick<TaskAnswer, "by" | "at"> {
  const isOurs = completed_by === undefined || completed_by === null;
  const by = isOurs ? text(labelled_by) : annotator(completed_by);
  const own = isOurs ? time(labelled_at) : "";
  return { by, at: own || time(updated_at) || time(created_at) };
}

function readFlat(records: readonly z.infer<typeof flat>[]): ReadTasks {
  const known = ["annotation_id", "annotator", "created_at", "updated_at", "lead_time", "id"];
  const answers: TaskAnswer[] = [];
  const counts = { skipped: 0, several: 0, others: 0, unanswered: 0, nameless: 0 };
  for (const [i, record] of records.entries()) {
    const file = fileIn(record, undefined);
    if (file === undefined) {
      counts.nameless++;
      continue;
    }
    const questions = Object.entries(record).filter(
      ([name, cell]) => !known.includes(name) && !endsLikeFile(cell),
    );
    if (questions.length === 0) counts.unanswered++;
    const { annotator: who, updated_at, created_at } = record;
    for (const [question, cell] of questions) {
      const chosen = choicesIn(cell);
      if (chosen.length > 1) counts.several++;
      else if (chosen.length === 0) counts.others++;
      if (chosen.length !== 1) continue;
      const [label] = chosen;
      const at = time(updated_at) || time(created_at);
      answers.push({ file, position: i + 1, question, label, by: annotator(who), at });
    }
  }
  return { answers, tasks: records.length, ...counts };
}

function choicesIn(value: unknown): string[] {
  if (typeof value === "string") return value === "" ? [] : [value];
  if (Array.isArray(value)) return value.filter((one) => typeof one === "string");
  const isNested = typeof value === "object" && value !== null && "choices" in value;
  return isNested ? choicesIn(value.choices) : [];
}

/** A number in exports, a person with an address in snapshots. */
function annotator(value: unknown): string {
  if (typeof value === "number") return `annotator ${value}`;
  if (typeof value !== "object" || value === null) return text(value);
  const person = value as Readonly<Record<string, unknown>>;
  const name = [person.first_name, person.last_name].map(text).filter((part) => part !== "");
  if (text(person.email) !== "") return text(person.email);
  return name.length > 0 ? name.join(" ") : annotator(person.id);
}

function text(value: unknown): string {
  return typeof value === "string" ? value.trim() : "";
}

/** In one time zone and precision, so that times can be compared as texts. */
function time(value: unknown): string {
  const milliseconds = Date.parse(text(value));
  return Number.isNaN(milliseconds) ? "" : new Date(milliseconds).toISOString();
}
