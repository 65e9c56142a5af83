/** `tanafuda data add | labels | check | list`. */
import type { Command } from "commander";
import { addLabels, listWorkspace, runJob } from "../../../app/index.ts";
import { sentenceOrId } from "../../../words/index.ts";
import { type Context, perform, placeOf } from "../context.ts";
import { table } from "../table.ts";
import { collect, examples, list, withIngest, withSeed, withWorkspace } from "./options.ts";

export function data(program: Command, context: Context): void {
  const group = program.command("data").description(context.say("command/data"));
  group.action(() => group.help());
  add(group, context);
  labels(group, context);
  check(group, context);
  inventory(group, context);
}

function add(group: Command, context: Context): void {
  const { say, print, language } = context;
  const command = group
    .command("add")
    .description(say("command/data-add"))
    .argument("<path>", say("argument/pictures"));
  withSeed(withIngest(withWorkspace(command, context), context), context);
  examples(command, context, [
    "tanafuda data add ./photos",
    "tanafuda data add ./photos --labels list.csv --group lot",
    "tanafuda data add ./photos --labels list.csv --hierarchy 'family>part' --resolution 96",
  ]);
  command.action((path: string, flags) =>
    perform(context, async (work) => {
      const place = placeOf(context, flags.workspace);
      const result = await runJob("add-data", { path, ...flags }, { ...place, ...work });
      print(
        say("cli/data-added", {
          ...result.counts,
          name: result.name,
          version: result.version.slice(0, 12),
        }),
      );
      for (const { path, code, values } of result.rejected.slice(0, 5)) {
        print(`  ${path}: ${sentenceOrId(code, values, language)}`);
      }
      if (result.labelSets.length > 0) print(labelTable(result.labelSets, context));
      print(say("cli/next", { command: `tanafuda pretrain ${result.name}` }));
      return { ...result };
    }),
  );
}

function labels(group: Command, context: Context): void {
  const { say, print } = context;
  const command = group
    .command("labels")
    .description(say("command/data-labels"))
    .argument("<dataset>", say("argument/dataset"))
    .argument("<file>", say("argument/label-file"))
    .option("--set <column>", say("option/set"))
    .option("--columns <names>", say("option/columns"), list)
    .option("--hierarchy <coarse>fine>", say("option/hierarchy"), collect, []);
  withWorkspace(command, context);
  examples(command, context, [
    "tanafuda data labels photos defects.csv --set defect",
    "tanafuda data labels photos parts.csv --hierarchy 'family>part'",
  ]);
  command.action((dataset: string, file: string, flags) =>
    perform(context, async (work) => {
      const place = placeOf(context, flags.workspace);
      const { clock } = context;
      const result = await addLabels({ dataset, file, ...flags }, { ...place, ...work, clock });
      print(labelTable(result.labelSets, context));
      print(say("cli/next", { command: `tanafuda measure @last --labels ${result.attached[0]}` }));
      return { ...result };
    }),
  );
}

function check(group: Command, context: Context): void {
  const { say, print } = context;
  const command = group
    .command("check")
    .description(say("command/data-check"))
    .argument("<dataset>", say("argument/data"));
  withWorkspace(command, context);
  examples(command, context, ["tanafuda data check photos"]);
  command.action((dataset: string, flags) =>
    perform(context, async (work) => {
      const place = placeOf(context, flags.workspace);
      const result = await runJob("check-data", { dataset }, { ...place, ...work });
      if (result.findings.length === 0) print(say("cli/nothing-found"));
      for (const { code, values, ids } of result.findings) {
        print(say(code, values));
        print(`  ${ids.slice(0, 3).join(", ")}${ids.length > 3 ? " …" : ""}`);
      }
      print(say("cli/next", { command: `tanafuda pretrain ${result.name}` }));
      return { ...result };
    }),
  );
}

function inventory(group: Command, context: Context): void {
  const { say, print } = context;
  const command = withWorkspace(group.command("list"), context).description(
    say("command/data-list"),
  );
  examples(command, context, ["tanafuda data list", "tanafuda data list --json"]);
  command.action((flags) =>
    perform(context, async () => {
      const { workspace } = placeOf(context, flags.workspace);
      const found = listWorkspace(workspace);
      if (found.datasets.length === 0) {
        print(say("cli/nothing-here", { command: "tanafuda pilot FOLDER" }));
        return found;
      }
      print(
        table([
          [
            say("cli/dataset"),
            say("cli/version"),
            say("cli/pictures"),
            say("cli/set-aside-head"),
            "",
          ],
          ...found.datasets.map((set) => [
            set.name,
            set.version.slice(0, 12),
            String(set.items),
            String(set.evaluation),
            set.labelSets.map((l) => `${l.name} (${l.classes})`).join(", "),
          ]),
        ]),
      );
      if (found.representations.length > 0) {
        print("");
        print(
          table([
            [say("cli/representation"), say("cli/method"), say("cli/steps"), say("cli/created")],
            ...found.representations.map((one) => [
              `${one.name}@${one.version}`,
              one.method,
              String(one.steps),
              one.created.slice(0, 16).replace("T", " "),
            ]),
          ]),
        );
      }
      const unfinished = found.runs.filter(({ state }) => state !== "finished");
      for (const run of unfinished)
        print(say("cli/run-unfinished", { run: run.id, state: run.state }));
      const [first] = found.datasets;
      const next =
        found.representations.length > 0
          ? "tanafuda measure @last"
          : `tanafuda pretrain ${first.name}`;
      print(say("cli/next", { command: next }));
      return found;
    }),
  );
}

function labelTable(
  sets: readonly { name: string; classes: number; labelled: number; parent?: string }[],
  { say }: Context,
): string {
  return table([
    [say("cli/label-set"), say("cli/classes"), say("cli/labelled"), say("cli/coarser")],
    ...sets.map((set) => [set.name, String(set.classes), String(set.labelled), set.parent ?? "–"]),
  ]);
}
