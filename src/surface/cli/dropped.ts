/** Folders as people hand them over: dropped on a launcher, dropped into a window, typed. */

const quotes = [
  ['"', '"'],
  ["'", "'"],
  ["\u201c", "\u201d"],
] as const;

/**
 * The first path on a Windows command line after the launcher's own. Explorer leaves paths without
 * spaces unquoted, so a name with `&` reaches no batch parameter whole; the line itself has it.
 */
export function droppedOn(launcher: string, line: string): string | undefined {
  const at = line.toLowerCase().indexOf(launcher.toLowerCase());
  if (at < 0) return undefined;
  const rest = line.slice(at + launcher.length).replace(/^"/, "");
  const quoted = /^\s*"([^"]+)"/.exec(rest);
  const path = quoted ? quoted[1] : rest.trim().replace(/"+$/, "");
  return path === "" ? undefined : path;
}

/** What a terminal makes of a folder that is dropped into it: quoted, or with spaces escaped. */
export function droppedInto(answer: string, platform: string): string {
  const text = answer.trim();
  for (const [open, close] of quotes) {
    if (text.length > 1 && text.startsWith(open) && text.endsWith(close)) {
      // Shells write an apostrophe within apostrophes as '\''.
      const inner = text.slice(1, -1);
      return open === "'" ? inner.replaceAll("'\\''", "'") : inner;
    }
  }
  return platform === "win32" ? text : text.replace(/\\(.)/g, "$1");
}
