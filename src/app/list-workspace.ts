/** What a workspace holds. Reads only: takes no lock and loads no native library. */
import type { DatasetSummary } from "../formats/documents/index.ts";
import { openStore, type RunState } from "../registry/index.ts";

export interface Inventory {
  readonly datasets: readonly DatasetSummary[];
  readonly representations: readonly {
    readonly name: string;
    readonly version: string;
    readonly dataset: string;
    readonly method: string;
    readonly steps: number;
    readonly created: string;
  }[];
  readonly runs: readonly {
    readonly id: string;
    readonly kind: string;
    readonly created: string;
    readonly state: RunState;
    /** The run that this one is a part of. */
    readonly parent?: string;
    /** The command line it was started with. */
    readonly command: readonly string[];
  }[];
}

export function listWorkspace(workspace: string): Inventory {
  const store = openStore(workspace);
  return {
    datasets: store.datasets(),
    representations: store.representations().map(({ document }) => ({
      name: document.name,
      version: document.version,
      dataset: document.dataset.name,
      method: document.method,
      steps: document.steps,
      created: document.created,
    })),
    runs: store.runs().map((run) => ({
      id: run.id,
      kind: run.document.kind,
      created: run.document.created,
      state: run.state(),
      command: run.document.command,
      ...(run.document.parent !== undefined && { parent: run.document.parent }),
    })),
  };
}
