/** `tanafuda select`. */
import type { Command } from "commander";
import { runJob, type SelectedPicture } from "../../../app/index.ts";
import { type Context, optionsOf, perform, placeOf } from "../context.ts";
import { table } from "../table.ts";
import { sayNext, withWorkspace } from "./next.ts";
import { examples, whole, withExecutor, withSeed } from "./options.ts";

/** More are written to the list, not shown. */
const shown = 20;

export function select(program: Command, context: Context): void {
  const { say, print } = context;
  const command = program
    .command("select")
    .description(say("command/select"))
    .argument("<representation>", say("argument/representation"))
    .option("-n, --count <number>", say("option/select-count"), whole("--count", 1))
    .option("--strategy <name>", say("option/strategy"))
    .option("--label-set <name>", say("option/label-set"))
    .option("--out <file>", say("option/select-out"))
    .option("--overwrite", say("option/overwrite"));
  withSeed(withExecutor(withWorkspace(command, context), context), context);
  examples(command, context, [
    "tanafuda select @last -n 50 --out to-label.csv",
    "tanafuda select @last -n 50 --label-set defect --strategy typiclust",
  ]);
  command.action((representation: string, flags) =>
    perform(context, "select", async (work) => {
      const place = placeOf(context, flags.workspace);
      const options = { representation, ...optionsOf(flags) };
      const result = await runJob("select", options, { ...place, ...work });
      const { picks, strategy, before, coverage, labelled, file } = result;
      const rows = picks
        .slice(0, shown)
        .map((pick, i) => [`${i + 1}`, percent(pick.share), reason(pick, context), pick.path]);
      const head = [say("cli/order"), say("cli/share"), say("cli/why"), say("cli/picture")];
      print(table([head, ...rows]));
      if (picks.length > shown) print(say("cli/select-more", { count: picks.length - shown }));
      print(
        say("cli/select-coverage", { strategy, count: picks.length, labelled, before, coverage }),
      );
      if (file === undefined) {
        sayNext(context, flags, ["select", result.representation, "--out", "to-label.csv"]);
      } else {
        print(say("cli/select-written", { file }));
        sayNext(context, flags, ["data", "labels", result.dataset, file]);
      }
      return result;
    }),
  );
}

function reason({ why }: SelectedPicture, { say }: Context): string {
  switch (why.kind) {
    case "covers":
      return say("cli/why-covers", { gain: why.gain });
    case "typical":
      return say("cli/why-typical", { cluster: why.cluster });
    case "farthest":
      return say("cli/why-farthest", { distance: why.distance });
    case "drawn":
      return say("cli/why-drawn", {});
    default:
      return why satisfies never;
  }
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
