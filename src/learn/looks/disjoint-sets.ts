/** Sets of 0 … count − 1 that only grow together; each is named by its smallest member. */
export interface DisjointSets {
  readonly find: (i: number) => number;
  /** Whether they were apart before. */
  readonly join: (i: number, j: number) => boolean;
  /** How many members the set of `i` has. */
  readonly size: (i: number) => number;
}

/** Members in their order, the sets in the order of their first members. */
export function bySet(members: Iterable<number>, find: DisjointSets["find"]): number[][] {
  const lists = new Map<number, number[]>();
  for (const i of members) {
    const list = lists.get(find(i));
    if (list) list.push(i);
    else lists.set(find(i), [i]);
  }
  return [...lists.values()];
}

export function disjointSets(count: number): DisjointSets {
  const parents = Uint32Array.from({ length: count }, (_, i) => i);
  const sizes = new Uint32Array(count).fill(1);
  const find = (i: number): number => {
    let at = i;
    while (parents[at] !== at) {
      parents[at] = parents[parents[at]];
      at = parents[at];
    }
    return at;
  };
  return {
    find,
    size: (i) => sizes[find(i)],
    join(i, j) {
      const [a, b] = [find(i), find(j)];
      if (a === b) return false;
      const [low, high] = a < b ? [a, b] : [b, a];
      parents[high] = low;
      sizes[low] += sizes[high];
      return true;
    },
  };
}
