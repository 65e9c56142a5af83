/** Commands as a person would type them, so that a hint can be pasted into a shell. */

/** Words with blanks, quotes or line breaks go into quotes. */
export function typed(...words: readonly string[]): string {
  return words.map((word) => quoted(word, process.platform)).join(" ");
}

/** Windows' shells know double quotes, and no file there has one in its name. */
export function quoted(word: string, platform: NodeJS.Platform): string {
  if (platform === "win32") return /^[\p{L}\p{N}_@+=:./\\-]+$/u.test(word) ? word : `"${word}"`;
  if (/^[\p{L}\p{N}_@%+=:,./-]+$/u.test(word)) return word;
  return `'${word.replaceAll("'", "'\\''")}'`;
}
