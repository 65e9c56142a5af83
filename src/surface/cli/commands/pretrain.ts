/** `tanafuda pretrain`. */
import type { Command } from "commander";
import { runJob } from "../../../app/index.ts";
import { type Context, perform, placeOf } from "../context.ts";
import { duration } from "../live-line.ts";
import { table } from "../table.ts";
import { examples, withExecutor, withSeed, withTraining, withWorkspace } from "./options.ts";

export function pretrain(program: Command, context: Context): void {
  const { say, print } = context;
  const command = program
    .command("pretrain")
    .description(say("command/pretrain"))
    .argument("[data]", say("argument/data"));
  withTraining(command, context)
    .option("--name <name>", say("option/name"))
    .option("--from <representation>", say("option/from"))
    .option("--resume [run]", say("option/resume"))
    .option("--dry-run", say("option/dry-run"))
    .option("--profile", say("option/profile"));
  withSeed(withExecutor(withWorkspace(command, context), context), context);
  examples(command, context, [
    "tanafuda pretrain photos",
    "tanafuda pretrain photos --method vicreg --backbone res-2-64 --epochs 20",
    "tanafuda pretrain photos --minutes 30 --dry-run",
    "tanafuda pretrain --resume",
  ]);
  command.action((data: string | undefined, flags) =>
    perform(context, async (work) => {
      const place = placeOf(context, flags.workspace);
      const result = await runJob("pretrain", { data, ...flags }, { ...place, ...work });
      switch (result.outcome) {
        case "estimated": {
          const { seconds, memoryBytes, diskBytes } = result;
          const memory = megabytes(memoryBytes);
          print(
            say("cli/dry-run", { time: duration(seconds), memory, disk: megabytes(diskBytes) }),
          );
          break;
        }
        case "trained":
          print(
            say("cli/trained", {
              name: `${result.name}@${result.version}`,
              steps: result.steps,
              time: duration(result.seconds),
              rate: result.viewsPerSecond,
            }),
          );
          break;
        case "interrupted":
          process.exitCode = 130;
          print(
            say("cli/stopped", {
              step: result.step,
              command: `tanafuda pretrain --resume ${result.run}`,
            }),
          );
          break;
        case "profiled": {
          const parts = Object.entries(result.profile).map(([part, value]) => [
            part,
            value.toFixed(1),
          ]);
          print(table([[say("cli/part"), "ms"], ...parts]));
          break;
        }
        default:
          result satisfies never;
      }
      if (result.outcome === "trained") {
        print(say("cli/next", { command: `tanafuda measure ${result.name}@${result.version}` }));
      }
      return { ...result };
    }),
  );
}

function megabytes(bytes: number): string {
  return bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${Math.ceil(bytes / 1e6)} MB`;
}
