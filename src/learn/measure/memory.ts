/** Memory for loops of one's own, for a while: shared with other threads, or kept for whoever comes next. */
import { type Arena, openArena, openSharedArena, type Routine } from "../../base/assembly/index.ts";

type Piece = Readonly<Record<string, number>>;

export interface Memory extends Pick<Arena, "bytes" | "floats" | "integers">, Disposable {
  /** Begins on pieces, none of which may wait for another; what is handed back waits for all of them. */
  begin(name: string, pieces: readonly Piece[]): () => void;
}

/** Memory that nobody uses now: taking it anew costs more than searching a small bank. */
const spare = new Map<readonly Routine[], ReturnType<typeof openArena>[]>();
const spareBytes = 2 ** 25;

/** The same array of routines each time, so that memory can be used again. */
export function openMemory(routines: readonly Routine[], bytes: number, threads: number): Memory {
  if (threads > 1) return openSharedArena(routines, { bytes, helpers: threads - 1 });
  const spares = spare.get(routines) ?? [];
  spare.set(routines, spares);
  const arena = spares.pop() ?? openArena(routines);
  return {
    ...aloneIn(arena(bytes)),
    [Symbol.dispose]() {
      if (bytes <= spareBytes) spares.push(arena);
    },
  };
}

/** As memory that threads share, but all is done by this one, and at once. */
export function aloneIn({ run, ...views }: Arena): Omit<Memory, typeof Symbol.dispose> {
  return {
    ...views,
    begin(name, pieces) {
      for (const piece of pieces) run(name, piece);
      return () => {};
    },
  };
}
