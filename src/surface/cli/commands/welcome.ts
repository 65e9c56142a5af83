/** `tanafuda` alone: what to do first, given what is here. */

import { lookAround } from "../../../app/index.ts";
import { typed } from "../../../base/index.ts";
import { type Context, placeOf } from "../context.ts";
import { seenFrom } from "../seen-from.ts";

const foldersShown = 3;

export async function welcome(context: Context): Promise<void> {
  const { say, print, paint, cwd } = context;
  const { workspace } = placeOf(context, undefined);
  const { folders, datasets, unfinished, report, isTrained } = lookAround(cwd, workspace);
  const command = (...words: readonly string[]) => paint.command(typed("tanafuda", ...words));
  print(paint.strong(say("command/tanafuda")));
  print(say("cli/welcome-how"));
  print("");
  if (report !== undefined) {
    print(say("cli/report-at", { path: paint.place(seenFrom(cwd, report)) }));
  }
  if (unfinished !== undefined) {
    const resumed = unfinished.includes("--resume") ? [] : ["--resume"];
    print(say("cli/welcome-unfinished", { command: command(...unfinished, ...resumed) }));
  } else if (isTrained) {
    print(say("cli/welcome-search", { command: command("search", "@last", "PICTURE") }));
    print(say("cli/welcome-list", { command: command("data", "list") }));
  } else if (datasets.length > 0) {
    print(
      say("cli/welcome-dataset", { name: datasets[0], command: command("pilot", datasets[0]) }),
    );
  } else if (folders.length > 0) {
    for (const { path, pictures } of folders.slice(0, foldersShown)) {
      const folder = path === "." ? "." : `./${path}`;
      print(
        say("cli/welcome-folder", { path: folder, pictures, command: command("pilot", folder) }),
      );
    }
  } else {
    print(say("cli/welcome-nothing", { command: command("pilot", "FOLDER") }));
  }
  print(say("cli/welcome-help", { command: command("--help") }));
}
