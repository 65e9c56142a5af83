/** Commands as a person would type them, so that a hint can be pasted into a shell. */
import { relative } from "node:path";

/** Words with blanks, quotes or line breaks go into quotes. */
export function typed(...words: readonly string[]): string {
  return words.map(quoted).join(" ");
}

/** A path as seen from where the person stands, if that is shorter. */
export function seenFrom(cwd: string, path: string): string {
  const near = relative(cwd, path);
  return near !== "" && near.length < path.length ? near : path;
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/u.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
