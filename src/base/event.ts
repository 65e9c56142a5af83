/**
 * The one stream that every long piece of work speaks: the live line, `--json` and the report all
 * read it. Events are plain JSON; `version` grows when a field changes its meaning.
 */
import type { Json } from "./canonical-json.ts";
import type { NoticeCode } from "./codes.ts";
import type { Evidence } from "./problem.ts";

export const eventVersion = 1;

/** The stretches of work a person is told about. */
export type Phase =
  | "scan"
  | "ingest"
  | "near-copies"
  | "check"
  | "baselines"
  | "warm-up"
  | "pretrain"
  | "embed"
  | "measure"
  | "select"
  | "export"
  | "adapt"
  | "fine-tune"
  | "predict"
  | "budget"
  | "map"
  | "report";

export type Event =
  | {
      readonly type: "phase";
      readonly phase: Phase;
      readonly total?: number;
      readonly label?: string;
    }
  | {
      readonly type: "progress";
      readonly phase: Phase;
      readonly done: number;
      readonly total?: number;
      /** The best number there is just now, such as `{ name: "ncc", value: 0.41 }`. */
      readonly best?: { readonly name: string; readonly value: number };
    }
  | { readonly type: "phase-end"; readonly phase: Phase; readonly seconds: number }
  | {
      readonly type: "notice";
      readonly level: "info" | "warning";
      readonly code: NoticeCode;
      readonly values: Evidence;
    }
  | {
      readonly type: "metrics";
      readonly step: number;
      readonly values: Readonly<Record<string, number>>;
    }
  | { readonly type: "result"; readonly kind: string; readonly value: Json };

export type Emit = (event: Event) => void;

/** For callers that do not listen. */
export const silent: Emit = () => {};
