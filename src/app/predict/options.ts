/** What is asked of `predict`, and what it answers for each picture. */
import { z } from "zod";
import type { Event } from "../../base/index.ts";
import type { Language } from "../../words/index.ts";
import type { ExecutorChoice } from "../executor.ts";

export interface PredictOptions extends ExecutorChoice {
  /** NAME, NAME@VERSION or @last. */
  readonly head: string;
  /** Pictures, and folders of them. */
  readonly files: readonly string[];
  /** A folder to look into again and again, until told to stop. */
  readonly watch?: string;
  /** A list to write: JSON lines where its name ends with .jsonl, else CSV. */
  readonly out?: string;
  readonly overwrite?: boolean;
  /** Of what a CSV says of files without an answer. */
  readonly language?: Language;
  /** How many of the nearest labelled examples are named. */
  readonly neighbours?: number;
  /** How long a file must stay the same before it is read. */
  readonly quietMilliseconds?: number;
}

const prediction = z.object({
  path: z.string(),
  /** The likeliest class, and its probability. */
  label: z.string(),
  probability: z.number(),
  /** Classes that the true one is among as often as promised; may be empty. */
  set: z.array(z.string()).optional(),
  /** Whether the answer is one of those whose errors are bounded. */
  answer: z.enum(["given", "withheld"]).optional(),
  /** How usual it is among known pictures, and whether it is unlike all of them. */
  unlike: z.object({ p: z.number(), is: z.boolean() }).optional(),
  /** Whether the probability of the class not to be missed reaches its threshold. */
  alarm: z.boolean().optional(),
  /** Labelled examples, the nearest first; cosine. */
  nearest: z.array(z.object({ path: z.string(), label: z.string(), similarity: z.number() })),
});

export type Prediction = z.infer<typeof prediction>;

const unread = z.object({
  path: z.string(),
  /** Why there is no answer: a sentence's id and values. */
  code: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});

export type Unread = z.infer<typeof unread>;

/** The prediction that an event of `predict` tells, if it tells one. */
export function predictionIn(event: Event): Prediction | undefined {
  if (event.type !== "result" || event.kind !== "prediction") return undefined;
  return prediction.parse(event.value);
}

/** The file without an answer that an event of `predict` tells of, if it does. */
export function unreadIn(event: Event): Unread | undefined {
  if (event.type !== "result" || event.kind !== "unread") return undefined;
  return unread.parse(event.value);
}

export interface PredictResult {
  readonly head: string;
  readonly representation: string;
  readonly predicted: number;
  readonly unread: number;
  /** Of those predicted: withheld answers, pictures unlike anything seen, alarms. */
  readonly withheld: number;
  readonly unlike: number;
  readonly alarms: number;
  /** The list that was written. */
  readonly out?: string;
}
