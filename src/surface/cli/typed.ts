/** Commands as a person would type them, so that a hint can be pasted into a shell. */
import { relative } from "node:path";

/** Words with blanks, quotes or line breaks go into quotes. */
export function typed(...words: readonly string[]): string {
  return words.map((word) => quoted(word, process.platform)).join(" ");
}

/** A path as seen from where the person stands, if that is shorter. */
export function seenFrom(cwd: string, path: string): string {
  const near = relative(cwd, path);
  return near !== "" && near.length < path.length ? near : path;
}

/** Windows' shells know double quotes, and no file there has one in its name. */
export function quoted(word: string, platform: NodeJS.Platform): string {
  if (platform === "win32") return /^[\p{L}\p{N}_@+=:./\\-]+$/u.test(word) ? word : `"${word}"`;
  if (/^[\p{L}\p{N}_@%+=:,./-]+$/u.test(word)) return word;
  return `'${word.replaceAll("'", "'\\''")}'`;
}
