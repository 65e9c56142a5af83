/** What measuring found to be fastest on this machine, kept in one file for all workspaces. */
import { mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { type Emit, type Json, Problem } from "../base/index.ts";
import type { TuningEvent } from "../engine/index.ts";
import { systemCode, writeFileAtomically } from "../formats/atomic-file/index.ts";
import { cacheFolder } from "./cache-folder.ts";

/** Keys name processor, library, threads and shape; what lies under them is the executor's. */
export interface Tuning {
  read(key: string): Json | undefined;
  write(key: string, value: Json): void;
}

const document = z.object({ format: z.literal(1), entries: z.record(z.string(), z.json()) });

type Entries = Readonly<Record<string, Json>>;

/** A file that cannot be read is said and made anew; one that cannot be written is said, once. */
export function openTuning({
  folder = cacheFolder(),
  emit,
}: {
  readonly folder?: string;
  readonly emit: Emit;
}): Tuning {
  const file = join(folder, "tuning.json");
  let entries: Entries | undefined;
  let keeps = true;
  const warn = (code: "app/tuning-remade" | "app/tuning-not-kept", reason: string) =>
    emit({ type: "notice", level: "warning", code, values: { file, reason } });
  const load = (): Entries => {
    const found = readEntries(file);
    if (typeof found === "object") return found;
    warn("app/tuning-remade", found);
    return {};
  };
  return {
    read(key) {
      entries ??= load();
      return Object.hasOwn(entries, key) ? entries[key] : undefined;
    },
    write(key, value) {
      const known = entries ?? load();
      // Another process may have measured something else meanwhile.
      const there = keeps ? readEntries(file) : {};
      entries = { ...known, ...(typeof there === "object" ? there : {}), [key]: value };
      if (!keeps) return;
      try {
        mkdirSync(dirname(file), { recursive: true });
        const text = `${JSON.stringify({ format: 1, entries })}\n`;
        writeFileAtomically(file, [Buffer.from(text)], { existing: "replace" });
      } catch (thrown) {
        keeps = false;
        warn("app/tuning-not-kept", reasonOf(thrown));
      }
    },
  };
}

/** Seconds; what is over sooner nobody has waited for. */
const worthTelling = 1;

/** Says when an executor begins to measure, and what it has chosen. */
export function tuningNotices(emit: Emit): (event: TuningEvent) => void {
  return (event) => {
    if (event.kind === "begin") {
      emit({ type: "notice", level: "info", code: "app/tuning-begins", values: {} });
      return;
    }
    if (event.seconds < worthTelling) return;
    const values = { shapes: event.choices, seconds: event.seconds };
    emit({ type: "notice", level: "info", code: "app/tuned", values });
  };
}

/** The file's entries, or why it cannot be used; none where there is no file yet. */
function readEntries(file: string): Entries | string {
  try {
    const parsed = document.safeParse(JSON.parse(readFileSync(file, "utf8")));
    return parsed.success ? parsed.data.entries : parsed.error.issues[0].message;
  } catch (thrown) {
    return systemCode(thrown) === "ENOENT" ? {} : reasonOf(thrown);
  }
}

function reasonOf(thrown: unknown): string {
  if (thrown instanceof Problem) return thrown.code;
  return thrown instanceof Error ? thrown.message : String(thrown);
}
