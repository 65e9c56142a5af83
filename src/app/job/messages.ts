/** What the parent and the child of a job say to each other, as JSON over the process channel. */
import type { Code, Event, Evidence } from "../../base/index.ts";
import type { JobName } from "./jobs.ts";

export type ToChild =
  | {
      readonly say: "start";
      readonly job: JobName;
      readonly options: unknown;
      readonly workspace: string;
      readonly cwd: string;
      readonly command: readonly string[];
    }
  | { readonly say: "stop" };

export type FromChild =
  | { readonly say: "ready" }
  | { readonly say: "event"; readonly event: Event }
  | { readonly say: "done"; readonly result: unknown }
  | {
      readonly say: "problem";
      readonly code: Code;
      readonly values: Evidence;
      readonly stack: string;
    };
