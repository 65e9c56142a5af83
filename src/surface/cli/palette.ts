/**
 * Colours by what they mean. None carries a meaning alone, the words do; blue, yellow and red can be
 * told apart by those who do not see red beside green, and green is not used.
 */

export interface Palette {
  /** A result that is as hoped. */
  good(text: string): string;
  /** To be looked at. */
  doubtful(text: string): string;
  /** What stopped the work. */
  bad(text: string): string;
  /** A command that can be typed. */
  command(text: string): string;
  /** A file or page to open. */
  place(text: string): string;
  /** Worth reading first. */
  strong(text: string): string;
  /** Worth reading last. */
  quiet(text: string): string;
}

export function palette(isOn: boolean): Palette {
  const dyed = (open: string, close: string) => (text: string) =>
    isOn && text !== "" ? `\x1b[${open}m${text}\x1b[${close}m` : text;
  return {
    good: dyed("1;94", "22;39"),
    doubtful: dyed("33", "39"),
    bad: dyed("1;31", "22;39"),
    command: dyed("36", "39"),
    place: dyed("4", "24"),
    strong: dyed("1", "22"),
    quiet: dyed("2", "22"),
  };
}

interface Stream {
  readonly isTTY?: boolean;
  hasColors?(): boolean;
}

/** Only on a terminal that shows them, and unless they are not wanted: NO_COLOR, --no-color, dumb. */
export function isColourful(stream: Stream, words: readonly string[]): boolean {
  if (words.includes("--no-color") || process.env.NO_COLOR || process.env.TERM === "dumb") {
    return false;
  }
  return stream.isTTY === true && (stream.hasColors?.() ?? false);
}
