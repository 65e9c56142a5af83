/** Where each storage lies in the arena: storages that never live at once may share their place. */
import type { Storage } from "./held.ts";

const border = 64;

export interface Lifetime {
  readonly storage: Storage;
  /** Steps, both included. */
  readonly first: number;
  readonly last: number;
}

export interface Arena {
  readonly bytes: number;
  readonly offsets: ReadonlyMap<Storage, number>;
}

export interface Traffic {
  readonly reads: readonly Storage[];
  readonly writes: readonly Storage[];
}

/** From the first step that touches a storage to the last; kept ones live always, `ends` to the end. */
export function lifetimes(
  steps: readonly Traffic[],
  { begins, ends }: { readonly begins: readonly Storage[]; readonly ends: readonly Storage[] },
): Lifetime[] {
  const first = new Map<Storage, number>();
  const last = new Map<Storage, number>();
  const touch = (storage: Storage, at: number) => {
    first.set(storage, Math.min(first.get(storage) ?? at, at));
    last.set(storage, Math.max(last.get(storage) ?? at, at));
  };
  for (const storage of begins) touch(storage, -1);
  for (const [at, { reads, writes }] of steps.entries()) {
    for (const storage of [...reads, ...writes]) touch(storage, at);
  }
  for (const storage of ends) touch(storage, steps.length);
  return [...first].map(([storage, at]) =>
    storage.kept
      ? { storage, first: -1, last: steps.length }
      : { storage, first: at, last: last.get(storage) ?? at },
  );
}

/**
 * Largest first, each at the lowest place that is free for its whole life (first fit by size, as in
 * Pisarchyk and Lee 2020, "Efficient memory management for deep neural net inference", §5.2).
 */
export function layOut(lives: readonly Lifetime[]): Arena {
  const sorted = [...lives].sort((a, b) => b.storage.bytes - a.storage.bytes);
  const placed: { from: number; to: number; life: Lifetime }[] = [];
  const offsets = new Map<Storage, number>();
  let bytes = 0;
  for (const life of sorted) {
    const size = Math.ceil(Math.max(1, life.storage.bytes) / border) * border;
    let from = 0;
    for (const other of placed) {
      if (other.life.first > life.last || other.life.last < life.first) continue;
      if (other.from >= from + size) break;
      from = Math.max(from, other.to);
    }
    const at = placed.findIndex((other) => other.from > from);
    placed.splice(at < 0 ? placed.length : at, 0, { from, to: from + size, life });
    offsets.set(life.storage, from);
    bytes = Math.max(bytes, from + size);
  }
  return { bytes, offsets };
}
