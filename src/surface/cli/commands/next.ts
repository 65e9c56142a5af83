/** The last line of a command: what to try next, ready to be pasted. */

import type { Command } from "commander";
import { typed } from "../../../base/index.ts";
import type { Context } from "../context.ts";
import { seenFrom } from "../seen-from.ts";

export function withWorkspace(command: Command, { say }: Context): Command {
  return command
    .optionsGroup(say("help/options-general"))
    .option("--workspace <dir>", say("option/workspace"));
}

/** The workspace comes along where it was named. */
export function sayNext(
  { print, say, paint }: Context,
  { workspace }: { readonly workspace?: string },
  words: readonly string[],
): void {
  const place = workspace === undefined ? [] : ["--workspace", workspace];
  const command = typed("tanafuda", ...words, ...place);
  print(say("cli/next", { command: paint.command(command) }));
}

/** Search by a picture that is there, else by one that the reader has to name. */
export function searchFor(
  { cwd }: Context,
  representation: string,
  example: string | undefined,
): string[] {
  const picture = example === undefined ? "PICTURE" : seenFrom(cwd, example);
  return ["search", representation, picture];
}
