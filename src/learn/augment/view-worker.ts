/** The thread behind `createViewWorkers`: takes pixels in shared memory and keys, fills views. */
import { parentPort, workerData } from "node:worker_threads";
import type { Recipe } from "./recipe.ts";
import { takePart, type ViewJob } from "./view-job.ts";

export type ViewAnswer = { readonly id: number; readonly problem?: string };

const recipes: readonly Recipe[] = workerData;

parentPort?.on("message", (job: ViewJob) => {
  const answer = { id: job.id };
  try {
    takePart(job, recipes);
    parentPort?.postMessage(answer satisfies ViewAnswer);
  } catch (error) {
    const problem = error instanceof Error ? error.message : "?";
    parentPort?.postMessage({ ...answer, problem } satisfies ViewAnswer);
  }
});
