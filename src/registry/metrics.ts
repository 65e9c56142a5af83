/** `metrics.jsonl`: one row per logged step, appended while training, cut back when resuming. */
import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, readFileSync } from "node:fs";
import type { Json } from "../base/index.ts";
import {
  explainWriting,
  systemCode,
  writeAll,
  writeFileAtomically,
} from "../formats/atomic-file/index.ts";

export type MetricsRow = { readonly step: number } & { readonly [name: string]: Json | undefined };

export interface MetricsLog extends Disposable {
  append(row: MetricsRow): void;
  /** To be called before a checkpoint is written: no checkpoint without the rows before it. */
  sync(): void;
  close(): void;
}

/**
 * Opens the file to append. Rows of `fromStep` and later are dropped, for they will come again, as
 * is what a killed process wrote by half. NaN and infinities are stored as null.
 */
export function openMetrics(
  file: string,
  { fromStep = Number.POSITIVE_INFINITY }: { readonly fromStep?: number } = {},
): MetricsLog {
  const kept = readMetrics(file).filter(({ step }) => step < fromStep);
  const text = kept.map((row) => `${JSON.stringify(row)}\n`).join("");
  if (text !== contents(file)) writeFileAtomically(file, text);
  const descriptor = explainWriting(file, () => openSync(file, "a"));
  let open = true;
  const close = () => {
    if (open) closeSync(descriptor);
    open = false;
  };
  return {
    append(row) {
      const before = fstatSync(descriptor).size;
      try {
        const line = Buffer.from(`${JSON.stringify(row)}\n`);
        explainWriting(file, () => writeAll(descriptor, line));
      } catch (error) {
        ftruncateSync(descriptor, before);
        throw error;
      }
    },
    sync: () => explainWriting(file, () => fsyncSync(descriptor)),
    close,
    [Symbol.dispose]: close,
  };
}

/** The rows that are there whole; a file that is not there has none. */
export function readMetrics(file: string): MetricsRow[] {
  const lines = contents(file).split("\n");
  // What follows the last newline is nothing, or a row that was not finished.
  return lines.slice(0, -1).flatMap((line) => {
    try {
      const row: unknown = JSON.parse(line);
      return isRow(row) ? [row] : [];
    } catch {
      return [];
    }
  });
}

function isRow(value: unknown): value is MetricsRow {
  return (
    typeof value === "object" && value !== null && "step" in value && typeof value.step === "number"
  );
}

function contents(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (systemCode(error) === "ENOENT") return "";
    throw error;
  }
}
