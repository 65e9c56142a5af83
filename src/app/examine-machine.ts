/** The doctor's round: the host, then every executor in a process of its own, for it may crash. */
import { type Code, type Evidence, Problem, silent } from "../base/index.ts";
import type { DoctorResult } from "./doctor.ts";
import { runJob } from "./job/run-job.ts";
import type { ExecutorChoice } from "./machine.ts";
import type { ProbeResult } from "./probe-executor.ts";
import type { Work } from "./work.ts";

export interface Examined extends DoctorResult {
  /** Every executor with its library and rates, or why it cannot be used. */
  readonly executors: readonly ({ readonly name: string } & Partial<ProbeResult> & {
      readonly fault?: { readonly code: Code; readonly values: Evidence };
    })[];
}

export async function examineMachine(
  choice: ExecutorChoice,
  work: Omit<Work, "clock">,
): Promise<Examined> {
  const found = await runJob("doctor", choice, work);
  const executors: Examined["executors"][number][] = [];
  for (const name of found.known) {
    const { threads } = choice;
    const options = { executor: name, ...(threads !== undefined && { threads }) };
    try {
      const probed = await runJob("probe-executor", options, { ...work, emit: silent });
      executors.push({ name, ...probed });
    } catch (thrown) {
      if (work.signal.aborted || !(thrown instanceof Problem)) throw thrown;
      executors.push({ name, fault: { code: thrown.code, values: thrown.values } });
    }
  }
  return { ...found, executors };
}
