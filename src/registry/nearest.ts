/** "Did you mean": the names that are nearest to one that does not exist. */

/** Up to three names, nearest first, as one text; `none` where nothing is near. */
export function nearest(asked: string, names: Iterable<string>): string {
  const from = asked.normalize("NFC").toLowerCase();
  const near = [...names]
    .map((name) => ({ name, distance: distanceTo(from, name.normalize("NFC").toLowerCase()) }))
    // Two edits turn one word of three letters into any other.
    .filter(({ distance }) => distance <= Math.max(from.length > 3 ? 2 : 1, from.length / 3))
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1));
  return near.length === 0
    ? "none"
    : near
        .slice(0, 3)
        .map(({ name }) => name)
        .join(", ");
}

function distanceTo(from: string, to: string): number {
  if (from.length > 2 && (to.includes(from) || from.includes(to))) return 1;
  return editDistance(from, to);
}

/** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
export function editDistance(left: string, right: string): number {
  const a = [...left];
  const b = [...right];
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = above[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      let best = Math.min(replaced, above[j] + 1, row[j - 1] + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        best = Math.min(best, before[j - 2] + 1);
      }
      row.push(best);
    }
    before = above;
    above = row;
  }
  return above[b.length];
}
