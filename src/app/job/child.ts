/**
 * The child of a job: all native code runs here. It speaks the event stream to its parent, stops
 * when told to or when the parent is gone, and never obeys Ctrl-C itself (the parent decides).
 */
import { type Emit, Problem, systemClock } from "../../base/index.ts";
import type { Work } from "../work.ts";
import { jobs } from "./jobs.ts";
import type { FromChild, ToChild } from "./messages.ts";

/** Nobody waits for an orphan: what has not come to a safe point by then is cut off. */
const orphanMilliseconds = 30_000;

const stop = new AbortController();

for (const signal of ["SIGINT", "SIGHUP"]) process.on(signal, () => {});
process.on("SIGTERM", () => stop.abort());
process.on("disconnect", () => {
  stop.abort();
  setTimeout(() => process.exit(1), orphanMilliseconds).unref();
});
process.on("message", (message: ToChild) => {
  switch (message.say) {
    case "start":
      void start(message);
      return;
    case "stop":
      stop.abort();
      return;
    default:
      message satisfies never;
  }
});
tell({ say: "ready" });

async function start({
  job,
  options,
  ...place
}: Extract<ToChild, { say: "start" }>): Promise<void> {
  try {
    const run = (await jobs[job]()) as (options: unknown, work: Work) => Promise<unknown>;
    const emit: Emit = (event) => tell({ say: "event", event });
    const work = { ...place, emit, signal: stop.signal, clock: systemClock };
    await flushed({ say: "done", result: await run(options, work) });
  } catch (thrown) {
    await flushed(asProblem(thrown));
  }
  process.exit(0);
}

function asProblem(thrown: unknown): FromChild {
  const stack = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  if (thrown instanceof Problem) {
    return { say: "problem", code: thrown.code, values: thrown.values, stack };
  }
  if (stop.signal.aborted) return { say: "problem", code: "app/interrupted", values: {}, stack };
  return { say: "problem", code: "internal/defect", values: { message: String(thrown) }, stack };
}

function tell(message: FromChild): void {
  // Without a callback, a parent that has just gone would be an uncaught error here.
  if (process.connected) process.send?.(message, undefined, undefined, () => {});
}

function flushed(message: FromChild): Promise<void> {
  return new Promise((resolve) => {
    if (process.connected) process.send?.(message, undefined, undefined, () => resolve());
    else resolve();
  });
}
