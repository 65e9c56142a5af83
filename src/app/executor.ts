/** The only place where executors are made. Choosing one is explicit, never a silent fallback. */
import { availableParallelism } from "node:os";
import { Problem } from "../base/index.ts";
import { type Executor, ortExecutor, referenceExecutor } from "../engine/index.ts";
import { readConfig } from "../registry/index.ts";

export const executorNames = ["ort", "reference"] as const;

export interface ExecutorChoice {
  readonly executor?: string;
  readonly threads?: number;
}

/** What decides the plan, and so the bits: kept with a run, so that it goes on with the same. */
export type Machine = Required<ExecutorChoice>;

/** Options, then the workspace's file, then defaults. */
export function machineOf({ executor, threads }: ExecutorChoice, workspace: string): Machine {
  const config = readConfig(workspace);
  const name = executor ?? config.executor ?? "ort";
  if (!executorNames.some((known) => known === name)) {
    throw new Problem("app/executor-unknown", { name, known: executorNames.join(", ") });
  }
  return { executor: name, threads: threads ?? config.threads ?? availableParallelism() };
}

export async function openExecutor({ executor, threads }: Machine): Promise<Executor> {
  switch (executor) {
    case "ort":
      return await ortExecutor({ threads });
    case "reference":
      return referenceExecutor();
    default: {
      const known = executorNames.join(", ");
      throw new Problem("app/executor-unknown", { name: executor, known });
    }
  }
}
