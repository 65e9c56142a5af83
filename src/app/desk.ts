/** The workspace as a use case has it before it: to read, or locked to write. */
import { exitCodes, fork, keyFromSeed, Problem } from "../base/index.ts";
import { openStore, type Store, type Writer } from "../registry/index.ts";
import type { Work } from "./work.ts";

export interface ReadingDesk {
  readonly store: Store;
  readonly work: Work;
  /** Only where the lock is held. */
  readonly writer?: Writer;
}

export interface Desk extends ReadingDesk {
  readonly writer: Writer;
}

/** For what only reads: waits for nobody and keeps nobody waiting. */
export function openReadingDesk(work: Work): ReadingDesk {
  return { store: openStore(work.workspace, { emit: work.emit }), work };
}

/** Holds the workspace's lock until the desk is cleared: `using desk = await openDesk(work)`. */
export async function openDesk(work: Work): Promise<Desk & Disposable> {
  const { store } = openReadingDesk(work);
  const key = fork(keyFromSeed(work.clock.now().getTime()), "process", process.pid);
  const writer: Writer = await store.writer({ clock: work.clock, key, command: work.command });
  return { store, writer, work, [Symbol.dispose]: () => writer.release() };
}

/**
 * Keeps what was computed on the way. A desk that reads takes the lock for just that moment, and
 * lets it be where another process writes or the workspace cannot be written.
 */
export async function keepIfFree(
  { writer, work }: ReadingDesk,
  keep: (writer: Writer) => void,
): Promise<void> {
  if (writer) {
    keep(writer);
    return;
  }
  try {
    using desk = await openDesk(work);
    keep(desk.writer);
  } catch (thrown) {
    const isInTheWay = [exitCodes.busy, exitCodes.resource].some(
      (exit) => thrown instanceof Problem && thrown.exit === exit,
    );
    if (!isInTheWay) throw thrown;
  }
}
