/** Options that several commands share, and how their texts become values. */
import { type Command, InvalidArgumentError } from "commander";
import type { Context } from "../context.ts";

export function withWorkspace(command: Command, { say }: Context): Command {
  return command.option("--workspace <dir>", say("option/workspace"));
}

export function withSeed(command: Command, { say }: Context): Command {
  return command.option("--seed <number>", say("option/seed"), whole(0), 0);
}

export function withExecutor(command: Command, { say }: Context): Command {
  return command
    .option("--executor <name>", say("option/executor"), "ort")
    .option("--threads <number>", say("option/threads"), whole(1));
}

/** What decides a dataset's first version. */
export function withIngest(command: Command, { say }: Context): Command {
  return command
    .option("--name <name>", say("option/name"))
    .option("--resolution <pixels>", say("option/resolution"), whole(8))
    .option("--labels <file>", say("option/labels-file"), collect, [])
    .option("--columns <names>", say("option/columns"), list)
    .option("--hierarchy <coarse>fine>", say("option/hierarchy"), collect, [])
    .option("--group <by>", say("option/group"))
    .option("--split <column>", say("option/split"))
    .option("--share <fraction>", say("option/share"), fraction);
}

/** How a representation is trained. */
export function withTraining(command: Command, { say }: Context): Command {
  return command
    .option("--method <name>", say("option/method"))
    .option("--backbone <name>", say("option/backbone"))
    .option("--size <pixels>", say("option/size"), whole(8))
    .option("--epochs <number>", say("option/epochs"), positive)
    .option("--minutes <number>", say("option/minutes"), positive)
    .option("--batch <pictures>", say("option/batch"), whole(2))
    .option("--learning-rate <rate>", say("option/learning-rate"), positive)
    .option("--optimizer <name>", say("option/optimizer"))
    .option("--temperature <number>", say("option/temperature"), positive)
    .option("--projector <widths>", say("option/projector"), widths);
}

export function examples(command: Command, { say }: Context, lines: readonly string[]): Command {
  return command.addHelpText(
    "after",
    `\n${say("help/example")}\n${lines.map((l) => `  ${l}`).join("\n")}`,
  );
}

export function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

export function list(value: string): string[] {
  return value.split(",").map((part) => part.trim());
}

export function whole(least: number) {
  return (text: string): number => {
    const value = Number(text);
    if (text.trim() !== "" && Number.isSafeInteger(value) && value >= least) return value;
    throw new InvalidArgumentError(`≥ ${least}, 1, 2, 3 …`);
  };
}

export function positive(text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError("> 0");
}

function fraction(text: string): number {
  const value = positive(text);
  if (value < 1) return value;
  throw new InvalidArgumentError("0 < … < 1");
}

function widths(text: string): number[] {
  return text.split("-").map(whole(1));
}
