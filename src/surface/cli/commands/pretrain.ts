/** `tanafuda pretrain`. */
import type { Command } from "commander";
import { type JobResult, runJob } from "../../../app/index.ts";
import { exitCodes, typed } from "../../../base/index.ts";
import { type Context, optionsOf, perform, placeOf } from "../context.ts";
import { duration } from "../live-line.ts";
import { seenFrom } from "../seen-from.ts";
import { table } from "../table.ts";
import { sayNext, withWorkspace } from "./next.ts";
import { examples, withExecutor, withReplan, withSeed, withTraining } from "./options.ts";

export function pretrain(program: Command, context: Context): void {
  const { say } = context;
  const command = program
    .command("pretrain")
    .description(say("command/pretrain"))
    .argument("[data]", say("argument/data"));
  withTraining(command, context)
    .optionsGroup(say("help/options-result"))
    .option("--name <name>", say("option/name"))
    .option("--from <representation>", say("option/from"))
    .option("--resume [run]", say("option/resume"))
    .option("--dry-run", say("option/dry-run"))
    .option("--show-views <file>", say("option/show-views"))
    .option("--overwrite", say("option/overwrite"))
    .option("--profile", say("option/profile"));
  withReplan(withSeed(withExecutor(withWorkspace(command, context), context), context), context);
  examples(command, context, [
    "tanafuda pretrain photos",
    "tanafuda pretrain photos --method vicreg --backbone res-2-64 --epochs 20",
    "tanafuda pretrain photos --backbone vit-tiny --size 64 --epochs 50",
    "tanafuda pretrain photos --minutes 30 --dry-run",
    "tanafuda pretrain photos --augment small-defects,fixed-orientation --show-views views.html",
    "tanafuda pretrain photos --crop 0.5-1 --flip both --turns quarter --hue 0",
    "tanafuda pretrain photos --device cuda --precision bf16",
    "tanafuda pretrain --resume",
    "tanafuda pretrain --resume --threads 8 --replan",
  ]);
  command.action((data: string | undefined, flags) =>
    perform(context, "pretrain", async (work) => {
      const place = placeOf(context, flags.workspace);
      const options = { data, ...optionsOf(flags), language: context.language };
      const result = await runJob("pretrain", options, { ...place, ...work });
      if (result.outcome === "interrupted") process.exitCode = exitCodes.interrupted;
      tell(result, { context, flags, command: place.command });
      return result;
    }),
  );
}

interface Told {
  readonly context: Context;
  readonly flags: { readonly workspace?: string };
  readonly command: readonly string[];
}

function tell(result: JobResult<"pretrain">, { context, flags, command }: Told): void {
  const { say, print, paint, cwd } = context;
  switch (result.outcome) {
    case "estimated": {
      for (const recipe of result.views) print(say("cli/views", { recipe }));
      const { seconds, steps, memoryBytes, availableBytes, diskBytes } = result;
      const time = duration(Math.max(1, seconds));
      const [memory, available, disk] = [memoryBytes, availableBytes, diskBytes].map(megabytes);
      print(say("cli/dry-run", { steps, time, memory, available, disk }));
      sayNext(
        context,
        {},
        command.filter((word) => word !== "--dry-run"),
      );
      return;
    }
    case "shown": {
      const { page, pictures } = result;
      print(say("cli/views-at", { pictures, path: paint.place(seenFrom(cwd, page)) }));
      sayNext(context, {}, trainingWithout(command));
      return;
    }
    case "trained": {
      const { name, version, steps, seconds, viewsPerSecond: rate } = result;
      const reference = `${name}@${version}`;
      print(say("cli/trained", { name: reference, steps, time: duration(seconds), rate }));
      sayNext(context, flags, ["measure", reference]);
      return;
    }
    case "interrupted": {
      const place = flags.workspace === undefined ? [] : ["--workspace", flags.workspace];
      const next = typed("tanafuda", "pretrain", "--resume", result.run, ...place);
      print(say("cli/stopped", { step: result.step, command: next }));
      return;
    }
    case "profiled": {
      const { viewsPerSecond: rate, ...times } = result.profile;
      const parts = ["draw", "apply", "forward", "backward", "optimiser", "step"] as const;
      const rows = parts.map((part) => [say(`cli/part-${part}`), times[part].toFixed(1)]);
      print(table([[say("cli/part"), say("cli/milliseconds")], ...rows], context));
      print(say("cli/views-per-second", { rate }));
      sayNext(
        context,
        {},
        command.filter((word) => word !== "--profile"),
      );
      return;
    }
    default:
      result satisfies never;
  }
}

/** The command that trains with what was looked at. */
function trainingWithout(command: readonly string[]): string[] {
  const isOfPage = (word: string) => word === "--overwrite" || word.startsWith("--show-views");
  return command.filter((word, i) => !isOfPage(word) && command[i - 1] !== "--show-views");
}

function megabytes(bytes: number): string {
  return bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${Math.ceil(bytes / 1e6)} MB`;
}
