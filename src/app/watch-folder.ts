/** Goes on after a command: whenever something new lies whole in a dataset's folder, it is added. */
import { setTimeout as pause } from "node:timers/promises";
import { exitCodes, Problem } from "../base/index.ts";
import type { AwaitOptions } from "./await-pictures.ts";
import { runJob } from "./job/run-job.ts";
import type { Work } from "./work.ts";

export interface Watching extends Pick<AwaitOptions, "quietMilliseconds"> {
  /** Its name. */
  readonly dataset: string;
  /** Adds what arrived; `leave` are files that are still being written. */
  readonly add: (leave: readonly string[]) => Promise<void>;
}

const busyMilliseconds = 5000;

/** Until the signal is aborted. Where another process writes, it waits for its turn. */
export async function watchFolder(
  { dataset, add, quietMilliseconds }: Watching,
  work: Omit<Work, "clock">,
): Promise<void> {
  const { signal, emit } = work;
  const quiet = quietMilliseconds === undefined ? {} : { quietMilliseconds };
  const passed = new Map<string, NonNullable<AwaitOptions["passed"]>[number]>();
  let isTold = false;
  while (!signal.aborted) {
    const options = { dataset, passed: [...passed.values()], ...quiet };
    const found = await runJob("await-pictures", options, work);
    if (found.outcome === "stopped" || signal.aborted) return;
    try {
      await add(found.growing);
      for (const file of found.arrived) passed.set(file.path, file);
      isTold = false;
    } catch (thrown) {
      if (signal.aborted) return;
      if (!(thrown instanceof Problem) || thrown.exit !== exitCodes.busy) throw thrown;
      if (!isTold) {
        emit({ type: "notice", level: "info", code: "app/watched-folder-busy", values: {} });
      }
      isTold = true;
      await pause(busyMilliseconds, undefined, { signal }).catch(() => {});
    }
  }
}
