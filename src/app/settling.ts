/** Which of the files that arrive in a folder are whole: those that no longer change. */

export interface Seen {
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
}

export interface Arrivals {
  /** New or changed, and as they were for a while. */
  readonly whole: readonly string[];
  /** New or changed, and perhaps still being written. */
  readonly growing: readonly string[];
}

export interface Settling {
  /** `now` in milliseconds; looks come in order. */
  look(files: ReadonlyMap<string, Seen>, now: number): Arrivals;
}

/** `known` are the files that were taken in before; `quiet` is how long a file must stay the same. */
export function openSettling(known: ReadonlyMap<string, Seen>, quiet: number): Settling {
  let waiting = new Map<string, Seen & { readonly since: number }>();
  return {
    look(files, now) {
      const next: typeof waiting = new Map();
      const whole: string[] = [];
      const growing: string[] = [];
      for (const [path, seen] of files) {
        if (isSame(known.get(path), seen)) continue;
        const before = waiting.get(path);
        const since = before && isSame(before, seen) ? before.since : now;
        next.set(path, { ...seen, since });
        (now - since >= quiet ? whole : growing).push(path);
      }
      waiting = next;
      return { whole, growing };
    },
  };
}

function isSame(before: Seen | undefined, seen: Seen): boolean {
  return before?.bytes === seen.bytes && before.modified === seen.modified;
}
