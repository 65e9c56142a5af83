/** Takes the answered list of a check: a new version of the dataset, and what was done in numbers. */
import { resolve } from "node:path";
import { Problem } from "../base/index.ts";
import { readCells } from "../formats/csv/index.ts";
import { applyAnswers, readAnswers } from "../learn/check/index.ts";
import { answerWords } from "./check-list.ts";
import { openDesk } from "./desk.ts";
import { readFileBytes } from "./read-file.ts";
import type { Work } from "./work.ts";

export interface AnswerCheckOptions {
  readonly dataset: string;
  /** The list, as `data check --csv` wrote it and a spreadsheet saved it. */
  readonly answers: string;
}

export interface AnswerCheckResult {
  readonly name: string;
  readonly version: string;
  readonly counts: {
    readonly removed: number;
    readonly restored: number;
    readonly relabelled: number;
    readonly kept: number;
    /** Rows without an answer. */
    readonly open: number;
    /** Items of the new version. */
    readonly items: number;
    /** What it is without, over all lists so far. */
    readonly excluded: number;
  };
}

export async function answerCheck(
  { dataset, answers: file }: AnswerCheckOptions,
  work: Work,
): Promise<AnswerCheckResult> {
  const cells = readCells(readFileBytes(resolve(work.cwd, file)), file);
  using desk = await openDesk(work);
  const stored = desk.store.dataset(dataset);
  const { answers, open } = readAnswers(cells, stored.document, { file, words: answerWords });
  const now = work.clock.now().toISOString();
  const applied = applyAnswers(stored.document, answers, { now });
  const { items, excluded = [] } = applied.version;
  if (items.id.length === 0) {
    const values = { file, items: stored.document.items.id.length };
    throw new Problem("data/answers-nothing-left", values);
  }
  const isNew = applied.version !== stored.document;
  const next = { ...applied.version, parent: stored.version, created: now };
  const version = isNew ? desk.writer.writeDataset(next) : stored.version;
  return {
    name: stored.document.name,
    version,
    counts: { ...applied.counts, open, items: items.id.length, excluded: excluded.length },
  };
}
