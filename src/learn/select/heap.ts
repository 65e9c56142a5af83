/** A binary heap of items by greatest bound; `before` orders items of equal bounds. */

export interface Entry {
  readonly item: number;
  readonly bound: number;
}

export interface Heap {
  readonly before: (a: number, b: number) => number;
  /** Whether an entry comes out before another. */
  precedes(a: Entry, b: Entry): boolean;
  push(entry: Entry): void;
  peek(): Entry | undefined;
  pop(): Entry | undefined;
}

export function createHeap(before: (a: number, b: number) => number): Heap {
  const entries: Entry[] = [];
  const precedes = (a: Entry, b: Entry) =>
    a.bound !== b.bound ? a.bound > b.bound : before(a.item, b.item) < 0;
  const swap = (a: number, b: number) => {
    [entries[a], entries[b]] = [entries[b], entries[a]];
  };
  return {
    before,
    precedes,
    push(entry) {
      let at = entries.push(entry) - 1;
      for (let up = (at - 1) >> 1; at > 0 && precedes(entries[at], entries[up]); ) {
        swap(at, up);
        at = up;
        up = (at - 1) >> 1;
      }
    },
    peek: () => entries[0],
    pop() {
      const top = entries[0];
      const last = entries.pop();
      if (last === undefined || entries.length === 0) return top;
      entries[0] = last;
      for (let at = 0; ; ) {
        let first = at;
        for (const child of [2 * at + 1, 2 * at + 2]) {
          if (child < entries.length && precedes(entries[child], entries[first])) first = child;
        }
        if (first === at) return top;
        swap(at, first);
        at = first;
      }
    },
  };
}
