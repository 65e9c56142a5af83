/** A context that writes down what is printed, for commands that are asked in a test. */
import { systemClock } from "../../src/base/index.ts";
import type { Context } from "../../src/surface/cli/context.ts";
import { palette } from "../../src/surface/cli/palette.ts";
import { type Language, sentence } from "../../src/words/index.ts";

export function writtenContext(
  cwd: string,
  language: Language = "en",
): Context & { readonly printed: string[] } {
  const printed: string[] = [];
  return {
    cwd,
    language,
    json: false,
    clock: systemClock,
    paint: palette(false),
    paintTold: palette(false),
    printed,
    print: (line) => {
      printed.push(line);
    },
    say: (id, values = {}) => sentence(id, values, language),
  };
}
