/** Whether a training fits into memory, and with which batch it would. */
import { Problem } from "../../base/index.ts";
import { type Executor, placeholdersOf, sizeOf } from "../../engine/index.ts";
import { memoryOf } from "./flops.ts";
import { trainingProgram } from "./program.ts";
import type { Settings } from "./settings.ts";

/** What a process gains by its first program whatever its size: code that is loaded, and compiled. */
const own = 20 * 2 ** 20;

/**
 * Bytes a training takes: its program as the executor foretells it (by the graph alone where it does
 * not), two batches of views, the weights once more while they are saved, and the process's own.
 */
export async function trainingMemory(settings: Settings, executor: Executor): Promise<number> {
  const { spec } = trainingProgram(settings);
  const bytes = placeholdersOf(spec).map(({ attributes: { role, shape } }) =>
    role === "input" ? 2 * 4 * sizeOf(shape) : 4 * sizeOf(shape),
  );
  const program = (await executor.memoryOf(spec)) ?? memoryOf(spec);
  return bytes.reduce((total, one) => total + one, own + program);
}

/** Throws where the training needs more than `available`, with the largest batch that would fit. */
export async function requireMemory(
  settings: Settings,
  executor: Executor,
  available: number,
): Promise<void> {
  const need = await trainingMemory(settings, executor);
  if (need <= available) return;
  const fits = async (batch: number) =>
    (await trainingMemory({ ...settings, batch }, executor)) <= available;
  let [fitting, tooMany] = [1, settings.batch];
  while (tooMany - fitting > 1) {
    const batch = Math.floor((fitting + tooMany) / 2);
    if (await fits(batch)) fitting = batch;
    else tooMany = batch;
  }
  throw new Problem("train/memory-short", {
    need: amount(need),
    available: amount(available),
    fitting: fitting > 1 ? fitting : 0,
  });
}

function amount(bytes: number): string {
  return bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${Math.ceil(bytes / 1e6)} MB`;
}
