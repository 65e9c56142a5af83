/** `tanafuda doctor`. */
import type { Command } from "commander";
import { runJob } from "../../../app/index.ts";
import { type Context, perform, placeOf } from "../context.ts";
import { table } from "../table.ts";
import { examples, withWorkspace } from "./options.ts";

export function doctor(program: Command, context: Context): void {
  const { say, print } = context;
  const command = withWorkspace(program.command("doctor"), context).description(
    say("command/doctor"),
  );
  examples(command, context, ["tanafuda doctor", "tanafuda doctor --json"]);
  command.action((flags) =>
    perform(context, async (work) => {
      const place = placeOf(context, flags.workspace);
      const result = await runJob("doctor", {}, { ...place, ...work });
      const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;
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
      print(say("cli/next", { command: "tanafuda pilot FOLDER" }));
      return { ...result };
    }),
  );
}
