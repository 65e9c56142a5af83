/** The only place where executors are made. Choosing one is explicit, never a silent fallback. */
import { availableParallelism } from "node:os";
import { Problem } from "../base/index.ts";
import { type Executor, ortExecutor, referenceExecutor } from "../engine/index.ts";

export const executorNames = ["ort", "reference"] as const;

export interface ExecutorChoice {
  readonly executor?: string;
  readonly threads?: number;
}

export async function openExecutor({
  executor = "ort",
  threads,
}: ExecutorChoice): Promise<Executor> {
  switch (executor) {
    case "ort":
      return await ortExecutor({ threads: threads ?? availableParallelism() });
    case "reference":
      return referenceExecutor();
    default: {
      const known = executorNames.join(", ");
      throw new Problem("app/executor-unknown", { name: executor, known });
    }
  }
}
