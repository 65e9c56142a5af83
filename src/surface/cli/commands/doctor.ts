/** `tanafuda doctor`. */
import type { Command } from "commander";
import { type JobResult, runJob } from "../../../app/index.ts";
import { type Context, perform, placeOf } from "../context.ts";
import { table } from "../table.ts";
import { sayNext, withWorkspace } from "./next.ts";
import { examples } from "./options.ts";

export function doctor(program: Command, context: Context): void {
  const { say, print } = context;
  const command = withWorkspace(program.command("doctor"), context).description(
    say("command/doctor"),
  );
  examples(command, context, ["tanafuda doctor", "tanafuda doctor --json"]);
  command.action((flags) =>
    perform(context, "doctor", async (work) => {
      const place = placeOf(context, flags.workspace);
      const result = await runJob("doctor", {}, { ...place, ...work });
      const { memory, disk, workspace, executors } = result;
      print(
        table([
          [say("cli/what"), say("cli/found")],
          ["tanafuda", result.version],
          ["Node", result.node],
          [say("cli/processor"), `${result.processor} × ${result.cores}`],
          [say("cli/memory"), `${gigabytes(memory.total)} (${gigabytes(memory.free)})`],
          [say("cli/disk"), gigabytes(disk.free)],
          [say("cli/workspace"), `${workspace.path} (${workspace.datasets})`],
          ...executors.map(({ name, gigaflops }) => [
            say("cli/executor"),
            `${name}: ${gigaflops.toPrecision(3)} GFLOP/s`,
          ]),
        ]),
      );
      for (const hint of hints(result, context)) print(hint);
      sayNext(context, flags, ["pilot", "FOLDER"]);
      return result;
    }),
  );
}

const little = { memory: 2e9, disk: 5e9 } as const;

/** What would make it faster, and what may stand in the way. */
function hints({ cores, memory, disk, workspace }: JobResult<"doctor">, { say }: Context) {
  const { holder } = workspace;
  return [
    say("cli/hint-cores", { threads: cores }),
    ...(memory.free < little.memory
      ? [say("cli/hint-memory", { free: gigabytes(memory.free) })]
      : []),
    ...(disk.free < little.disk ? [say("cli/hint-disk", { free: gigabytes(disk.free) })] : []),
    ...(holder ? [say("cli/hint-held", { ...holder })] : []),
  ];
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}
