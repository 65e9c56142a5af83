/** A workspace in a temporary folder, and use cases run in it without a child process. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Work } from "../../src/app/work.ts";
import { type Event, Problem, systemClock } from "../../src/base/index.ts";
import { openStore } from "../../src/registry/index.ts";

export interface Place extends Disposable {
  readonly cwd: string;
  /** Everything that was told since the beginning. */
  readonly events: Event[];
  work(signal?: AbortSignal): Work;
  /** Runs a use case and asks it to stop once `test` holds of an event. */
  until<T>(test: (event: Event) => boolean, run: (work: Work) => Promise<T>): Promise<T>;
  store(): ReturnType<typeof openStore>;
  codes(): string[];
}

export function openPlace(): Place {
  const root = mkdtempSync(join(tmpdir(), "app-"));
  const cwd = join(root, "place");
  mkdirSync(cwd);
  const events: Event[] = [];
  const clock = systemClock;
  const common = { workspace: cwd, cwd, clock, command: ["test"] };
  return {
    cwd,
    events,
    work: (signal = new AbortController().signal) => ({
      ...common,
      signal,
      emit: (event) => events.push(event),
    }),
    until(test, run) {
      const stop = new AbortController();
      const emit = (event: Event) => {
        events.push(event);
        if (test(event)) stop.abort();
      };
      return run({ ...common, signal: stop.signal, emit });
    },
    store: () => openStore(cwd),
    codes: () => events.flatMap((event) => (event.type === "notice" ? [event.code] : [])),
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** What a use case is refused with. */
export async function refusal(call: Promise<unknown>): Promise<Problem> {
  try {
    await call;
  } catch (thrown) {
    if (thrown instanceof Problem) return thrown;
    throw thrown;
  }
  throw new Error("nothing was thrown");
}
