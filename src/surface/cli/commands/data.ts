/** `tanafuda data add | labels | check | list`. */

import type { Command } from "commander";
import {
  addLabels,
  type Inventory,
  listWorkspace,
  runJob,
  watchFolder,
} from "../../../app/index.ts";
import { typed } from "../../../base/index.ts";
import { sentenceOrId } from "../../../words/index.ts";
import { type Context, optionsOf, perform, placeOf } from "../context.ts";
import { harmless } from "../notice.ts";
import { oneLine, table } from "../table.ts";
import { unknownCommand } from "../usage.ts";
import { check } from "./data-check.ts";
import { sayNext, withWorkspace } from "./next.ts";
import { collect, examples, list, withIngest } from "./options.ts";

/** Letters of a digest that are shown; a dataset is found by four. */
const shortDigest = 12;
const rejectedShown = 5;

export function data(program: Command, context: Context): void {
  const group = program
    .command("data")
    .description(context.say("command/data"))
    .allowExcessArguments();
  group.action(() => {
    const [name] = group.args;
    if (name !== undefined) throw unknownCommand(name, group);
    group.help();
  });
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
  withIngest(command, context).option("--watch", say("option/watch"));
  withWorkspace(command, context);
  examples(command, context, [
    "tanafuda data add ./photos",
    "tanafuda data add ./photos --watch",
    "tanafuda data add ./photos --labels list.csv --group lot",
    "tanafuda data add ./photos --labels list.csv --hierarchy 'family>part' --resolution 96",
  ]);
  command.action((path: string, { watch, ...flags }) =>
    perform(context, "add-data", async (work) => {
      const place = placeOf(context, flags.workspace);
      const options = { path, ...optionsOf(flags) };
      const result = await runJob("add-data", options, { ...place, ...work });
      const { name, version, counts, rejected } = result;
      print(say("cli/data-added", { ...counts, name, version: version.slice(0, shortDigest) }));
      for (const { path, code, values } of rejected.slice(0, rejectedShown)) {
        print(`  ${oneLine(path)}: ${sentenceOrId(code, harmless(values), language)}`);
      }
      const more = rejected.length - rejectedShown;
      if (more > 0) print(`  ${say("cli/and-more", { more })}`);
      if (result.labelSets.length > 0) print(labelTable(result.labelSets, context));
      if (watch) {
        const add = async (leave: readonly string[]) => {
          const again = { ...options, name, leave };
          const { counts: found } = await runJob("add-data", again, { ...place, ...work });
          if (found.added > 0) print(say("cli/added-while-watching", { ...found }));
        };
        print(say("cli/watching", { name }));
        await watchFolder({ dataset: name, add }, { ...place, ...work });
        print(say("cli/watched"));
      }
      sayNext(context, flags, ["pretrain", name]);
      return result;
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
    .option("--hierarchy <coarse>fine>", say("option/hierarchy"), collect);
  withWorkspace(command, context);
  examples(command, context, [
    "tanafuda data labels photos defects.csv --set defect",
    "tanafuda data labels photos parts.csv --hierarchy 'family>part'",
  ]);
  command.action((dataset: string, file: string, flags) =>
    perform(context, "add-labels", async (work) => {
      const place = { ...placeOf(context, flags.workspace), clock: context.clock };
      const options = { dataset, file, ...optionsOf(flags) };
      const result = await addLabels(options, { ...place, ...work });
      print(labelTable(result.labelSets, context));
      const { representation, attached, name } = result;
      if (representation === undefined) sayNext(context, flags, ["pretrain", name]);
      else {
        const named = attached.length > 0 ? ["--labels", attached.join(",")] : [];
        sayNext(context, flags, ["measure", representation, ...named]);
      }
      return result;
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
    perform(context, "list", async () => {
      const found = listWorkspace(placeOf(context, flags.workspace).workspace);
      const { datasets, representations, heads, runs } = found;
      if (datasets.length === 0) {
        const place = flags.workspace === undefined ? [] : ["--workspace", flags.workspace];
        print(say("cli/nothing-here", { command: typed("tanafuda", "pilot", "FOLDER", ...place) }));
        return found;
      }
      print(datasetTable(datasets, context));
      if (representations.length > 0) print(`\n${representationTable(representations, context)}`);
      if (heads.length > 0) print(`\n${headTable(heads, context)}`);
      const open = runs.filter((run) => run.state !== "finished" && run.parent === undefined);
      if (open.length > 0) print("");
      for (const run of open) print(say("cli/run-unfinished", unfinished(run)));
      if (representations.length > 0) sayNext(context, flags, ["measure", "@last"]);
      else sayNext(context, flags, ["pretrain", datasets[0].name]);
      return found;
    }),
  );
}

/** A run that stopped, with the command that goes on with it. */
function unfinished({ id, kind, state, command }: Inventory["runs"][number]) {
  const resumed = {
    pilot: typed("tanafuda", ...command, ...(command.includes("--resume") ? [] : ["--resume"])),
    pretrain: typed("tanafuda", "pretrain", "--resume", id),
  };
  const again = typed("tanafuda", ...command);
  const next = kind === "pilot" || kind === "pretrain" ? resumed[kind] : again;
  return { run: id, state, command: next };
}

function datasetTable(datasets: Inventory["datasets"], context: Context): string {
  const { say } = context;
  const heads = ["cli/dataset", "cli/version", "cli/pictures", "cli/set-aside-head"] as const;
  return table(
    [
      [...heads.map((head) => say(head)), say("cli/label-sets")],
      ...datasets.map(({ name, version, items, evaluation, labelSets }) => [
        name,
        version.slice(0, shortDigest),
        String(items),
        String(evaluation),
        labelSets.map((set) => `${set.name} (${set.classes})`).join(", ") || "–",
      ]),
    ],
    context,
  );
}

function representationTable(
  representations: Inventory["representations"],
  context: Context,
): string {
  const { say } = context;
  const heads = ["cli/representation", "cli/method", "cli/steps", "cli/created"] as const;
  return table(
    [
      heads.map((head) => say(head)),
      ...representations.map(({ name, version, method, steps, created }) => [
        `${name}@${version}`,
        method,
        String(steps),
        created.slice(0, 16).replace("T", " "),
      ]),
    ],
    context,
  );
}

function headTable(heads: Inventory["heads"], context: Context): string {
  const { say } = context;
  return table(
    [
      [
        say("head/head"),
        say("cli/representation"),
        say("cli/label-set"),
        say("cli/classes"),
        say("head/training-labels"),
        say("head/accuracy-short"),
        say("cli/created"),
      ],
      ...heads.map(({ head, representation, labelSet, classes, labels, accuracy, created }) => [
        head,
        representation,
        labelSet,
        String(classes),
        String(labels.training + labels.calibration),
        accuracy === undefined ? "–" : `${(100 * accuracy).toFixed(1)} %`,
        created.slice(0, 16).replace("T", " "),
      ]),
    ],
    context,
  );
}

function labelTable(
  sets: readonly { name: string; classes: number; labelled: number; parent?: string }[],
  context: Context,
): string {
  const { say } = context;
  return table(
    [
      [say("cli/label-set"), say("cli/classes"), say("cli/labelled"), say("cli/coarser")],
      ...sets.map((set) => [
        set.name,
        String(set.classes),
        String(set.labelled),
        set.parent ?? "–",
      ]),
    ],
    context,
  );
}
