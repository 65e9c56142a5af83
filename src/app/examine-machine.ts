/** The doctor's round: the host, then each native library in a process of its own, for it may crash. */
import { type Code, type Evidence, Problem, silent } from "../base/index.ts";
import type { ExaminedTurbojpeg } from "../formats/image/index.ts";
import type { DoctorResult } from "./doctor.ts";
import { runJob } from "./job/run-job.ts";
import type { ExecutorChoice } from "./machine.ts";
import type { ProbeResult } from "./probe-executor.ts";
import type { Work } from "./work.ts";

interface Fault {
  readonly code: Code;
  readonly values: Evidence;
}

export interface Examined extends DoctorResult {
  /** What decodes small JPEG files, or why a library that was named cannot. */
  readonly jpeg: ExaminedTurbojpeg | { readonly fault: Fault };
  /** Every executor with its library and rates, or why it cannot be used. */
  readonly executors: readonly ({ readonly name: string } & Partial<ProbeResult> & {
      readonly fault?: Fault;
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
  const jpeg = await jpegDecoder(work);
  return { ...found, jpeg, executors };
}

async function jpegDecoder(work: Omit<Work, "clock">): Promise<Examined["jpeg"]> {
  try {
    return await runJob("probe-jpeg", {}, { ...work, emit: silent });
  } catch (thrown) {
    if (work.signal.aborted || !(thrown instanceof Problem)) throw thrown;
    return { fault: { code: thrown.code, values: thrown.values } };
  }
}
