/** What a workspace holds. Reads only: takes no lock and loads no native library. */
import { z } from "zod";
import type { DatasetSummary, HeadDocument } from "../formats/documents/index.ts";
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
  readonly heads: readonly {
    /** `NAME@VERSION`. */
    readonly head: string;
    readonly representation: string;
    readonly dataset: string;
    readonly labelSet: string;
    readonly kind: string;
    readonly classes: number;
    readonly labels: HeadDocument["labels"];
    /** On the split that is named, where it was judged. */
    readonly split: string;
    readonly accuracy?: number;
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
    heads: store.heads().map(({ reference, document }) => ({
      head: reference,
      representation: `${document.representation.name}@${document.representation.version}`,
      dataset: document.dataset.name,
      labelSet: document.labelSet.name,
      kind: document.kind,
      classes: document.classes.length,
      labels: document.labels,
      split: `evaluation@${document.split.digest.slice(0, 8)}`,
      ...accuracyOf(document),
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

const judged = z.object({ judged: z.object({ accuracy: z.object({ value: z.number() }) }) });

function accuracyOf({ results }: HeadDocument): { readonly accuracy?: number } {
  const found = judged.safeParse(results);
  return found.success ? { accuracy: found.data.judged.accuracy.value } : {};
}
