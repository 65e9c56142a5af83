/** One executor: its library, what it says of itself, and how fast it is here. */
import { type Json, silent } from "../base/index.ts";
import { executorKinds, openExecutor } from "./executor.ts";
import { chooseMachine, factsOf } from "./machine.ts";
import { type Rates, ratesOf } from "./rates.ts";
import type { Work } from "./work.ts";

export interface ProbeResult {
  readonly path: string;
  readonly from: string;
  readonly description: Json;
  readonly rates: Rates;
}

export async function probeExecutor(
  { executor: name, threads }: { readonly executor: string; readonly threads?: number },
  work: Work,
): Promise<ProbeResult> {
  const { path, from } = await factsOf(name, executorKinds).find();
  const choice = { executor: name, ...(threads !== undefined && { threads }) };
  const machine = await chooseMachine(choice, {}, executorKinds);
  const executor = await openExecutor(machine, { ...work, emit: silent });
  try {
    const rates = await ratesOf(executor, work.clock);
    return { path, from, description: executor.description, rates };
  } finally {
    await executor.dispose();
  }
}
