/** `tanafuda doctor`. */
import type { Command } from "commander";
import { runJob } from "../../../app/index.ts";
import { type Context, perform, placeOf } from "../context.ts";
import { table } from "../table.ts";
import { examples, withWorkspace } from "./options.ts";

export function doctor(program: Command, context: Context): void {
  const { say, print } = context;
  const command = withWorkspace(program.command("doctor"), context).description(say("command/doctor"));
  examples(command, context, ["tanafuda doctor", "tanafuda doctor --json"]);
  command.action((flags) =>
    perform(context, async (work) => {
      const place = placeOf(context, flags.workspace);
      const result = await runJob("doctor", {}, { ...place, ...work });
      print(table([[say("cli/what"), say("cli/found")], ...result.facts]));
      return { ...result };
    }),
  );
}
