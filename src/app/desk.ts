/** Opens the workspace for a use case that writes. */
import { fork, keyFromSeed } from "../base/index.ts";
import { openStore, type Writer } from "../registry/index.ts";
import type { Desk } from "./dataset.ts";
import type { Work } from "./work.ts";

/** Holds the workspace's lock until the desk is cleared: `using desk = await openDesk(work)`. */
export async function openDesk(work: Work): Promise<Desk & Disposable> {
  const store = openStore(work.workspace, { emit: work.emit });
  const key = fork(keyFromSeed(work.clock.now().getTime()), "process", process.pid);
  const writer: Writer = await store.writer({ clock: work.clock, key, command: work.command });
  return { store, writer, work, [Symbol.dispose]: () => writer.release() };
}
