/**
 * The process behind `readParquetApart`: reads one file and hands its matrix over in pieces. The
 * library that reads may loop for ever or take all memory over a broken file, or bring V8 down.
 */
import { Problem } from "../../base/index.ts";
import { type ParquetSelection, readParquetMatrix } from "../../formats/parquet/index.ts";
import type { FromParquetChild } from "./read-parquet.ts";

/** What one message holds, in numbers or texts. */
const piece = 1 << 20;

process.on("disconnect", () => process.exit(1));
process.on("message", (asked: { path: string; selection: ParquetSelection }) => void read(asked));

async function read({ path, selection }: { path: string; selection: ParquetSelection }) {
  const alive = () => void tell({ say: "alive" });
  alive();
  try {
    const { values, ids, labels, ...head } = await readParquetMatrix(path, selection, alive);
    await tell({ say: "head", head: { ...head, hasIds: ids !== undefined } });
    for (let at = 0; at < values.length; at += piece) {
      await tell({ say: "values", at, values: values.slice(at, at + piece) });
    }
    for (let at = 0; ids !== undefined && at < ids.length; at += piece) {
      await tell({ say: "ids", texts: ids.slice(at, at + piece) });
    }
    for (const [column, texts] of Object.entries(labels)) {
      for (let at = 0; at < texts.length; at += piece) {
        await tell({ say: "texts", column, texts: texts.slice(at, at + piece) });
      }
    }
    await tell({ say: "done" });
  } catch (thrown) {
    const message = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
    const problem =
      thrown instanceof Problem ? thrown : new Problem("internal/defect", { message });
    await tell({ say: "problem", code: problem.code, values: problem.values });
  }
  process.exit(0);
}

function tell(message: FromParquetChild): Promise<void> {
  return new Promise((resolve) => {
    if (process.connected) process.send?.(message, undefined, undefined, () => resolve());
    else resolve();
  });
}
