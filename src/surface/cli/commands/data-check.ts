/** `tanafuda data check`: what is doubtful before training, as a table and as a list to answer. */
import type { Command } from "commander";
import { answerCheck, type JobResult, runJob } from "../../../app/index.ts";
import { type Context, optionsOf, perform, placeOf } from "../context.ts";
import { harmless } from "../notice.ts";
import { seenFrom } from "../seen-from.ts";
import { oneLine, table } from "../table.ts";
import { sayNext, withWorkspace } from "./next.ts";
import { examples, withExecutor } from "./options.ts";

export function check(group: Command, context: Context): void {
  const { say } = context;
  const command = group
    .command("check")
    .description(say("command/data-check"))
    .argument("<dataset>", say("argument/data"))
    .option("--csv <file>", say("option/check-csv"))
    .option("--answers <file>", say("option/check-answers"))
    .option("--representation <name>", say("option/check-representation"))
    .option("--overwrite", say("option/overwrite"));
  withExecutor(withWorkspace(command, context), context);
  examples(command, context, [
    "tanafuda data check photos",
    "tanafuda data check photos --csv findings.csv",
    "tanafuda data check photos --answers findings.csv",
    "tanafuda data check photos --representation @last",
  ]);
  command.action((dataset: string, flags) =>
    flags.answers === undefined
      ? look(dataset, flags, context)
      : answer(dataset, flags.answers, { flags, context }),
  );
}

interface Flags {
  readonly workspace?: string;
  readonly csv?: string;
  readonly representation?: string;
}

function look(dataset: string, flags: Flags, context: Context): Promise<void> {
  const { say, print, language } = context;
  return perform(context, "check-data", async (work) => {
    const place = placeOf(context, flags.workspace);
    const options = { dataset, language, ...optionsOf(flags) };
    const result = await runJob("check-data", options, { ...place, ...work });
    const { name, findings, excluded, csv, representation } = result;
    if (excluded > 0) print(say("cli/check-excluded", { excluded }));
    if (representation !== undefined) print(say("cli/check-by", { representation }));
    if (findings.length === 0) {
      print(say("cli/nothing-found"));
      sayNext(context, flags, ["pretrain", name]);
      return result;
    }
    print(findingTable(findings, context));
    for (const { kind, code, values } of findings) {
      const told = `${say(code, harmless(values))} ${say(`advice/${kind}`)}`;
      print(`\n${say(`finding/${kind}`)}: ${told}`);
    }
    print("");
    if (csv === undefined) {
      sayNext(context, flags, ["data", "check", name, "--csv", "findings.csv"]);
      return result;
    }
    const seen = seenFrom(context.cwd, csv);
    print(say("cli/check-list", { path: oneLine(seen) }));
    sayNext(context, flags, ["data", "check", name, "--answers", seen]);
    return result;
  });
}

function answer(
  dataset: string,
  answers: string,
  { flags, context }: { readonly flags: Flags; readonly context: Context },
): Promise<void> {
  const { say, print } = context;
  return perform(context, "answer-check", async (work) => {
    const place = { ...placeOf(context, flags.workspace), clock: context.clock };
    const result = await answerCheck({ dataset, answers }, { ...place, ...work });
    print(say("cli/check-answered", { ...result.counts, name: result.name }));
    sayNext(context, flags, ["data", "check", result.name]);
    return result;
  });
}

function findingTable(findings: JobResult<"check-data">["findings"], { say }: Context): string {
  const heads = ["cli/finding", "cli/pictures", "cli/groups", "cli/such-as"] as const;
  return table([
    heads.map((head) => say(head)),
    ...findings.map(({ kind, count, groups, values }) => [
      say(`finding/${kind}`) + (values.set === undefined ? "" : ` (${values.set})`),
      String(count),
      String(groups.length),
      String(values.first),
    ]),
  ]);
}
