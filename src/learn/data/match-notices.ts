/** What a person should know about how a list's rows found their items. */
import type { Emit } from "../../base/index.ts";
import type { Matches } from "./match-rows.ts";

export function noteMatches(
  { missing, ambiguous, respelled, elsewhere, nearest }: Matches,
  { file, paths, emit }: { file: string; paths: readonly string[]; emit: Emit },
): void {
  if (elsewhere !== undefined) {
    const values = { file, beginning: elsewhere };
    emit({ type: "notice", level: "info", code: "data/labels-elsewhere", values });
  }
  if (respelled.length > 0) {
    const [{ row, item }] = respelled;
    const values = { file, count: respelled.length, first: row.key, meant: paths[item] };
    emit({ type: "notice", level: "info", code: "data/labels-respelled", values });
  }
  if (missing.length > 0) {
    const near = nearest === undefined ? "no" : "yes";
    const [{ key: first }] = missing;
    const values = { file, count: missing.length, first, near, nearest: nearest ?? "" };
    emit({ type: "notice", level: "warning", code: "data/labels-without-item", values });
  }
  if (ambiguous.length > 0) {
    const values = { file, count: ambiguous.length, first: ambiguous[0].key };
    emit({ type: "notice", level: "warning", code: "data/labels-ambiguous", values });
  }
}
