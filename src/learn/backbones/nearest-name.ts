/** The known name that is fewest edits away from what was typed. */

export function nearestName(typed: string, known: readonly string[]): string {
  const distances = known.map((name) => edits(typed.toLowerCase(), name));
  return known[distances.indexOf(Math.min(...distances))];
}

/** Levenshtein's distance, row by row. */
function edits(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, j) => j);
  for (let i = 1; i <= left.length; i++) {
    const next = [i];
    for (let j = 1; j <= right.length; j++) {
      const replaced = row[j - 1] + (left[i - 1] === right[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j] + 1, next[j - 1] + 1));
    }
    row = next;
  }
  return row[right.length];
}
