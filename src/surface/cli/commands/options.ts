/** Options that several commands share, and how their texts become values. */
import type { Command } from "commander";
import { nearest } from "../../../app/index.ts";
import { Problem } from "../../../base/index.ts";
import type { Context } from "../context.ts";

export function withSeed(command: Command, { say }: Context): Command {
  return command.option("--seed <number>", say("option/seed"), whole("--seed", 0));
}

export function withExecutor(command: Command, { say }: Context): Command {
  return command
    .option("--executor <name>", say("option/executor"))
    .option("--precision <name>", say("option/precision"), choice("--precision", precisions))
    .option("--threads <number>", say("option/threads"), whole("--threads", 1))
    .option("--device <name>", say("option/device"));
}

const precisions = ["auto", "f32", "bf16"];
const flips = ["horizontal", "vertical", "both", "none"];
const turns = ["quarter", "none"];

/** For what goes on where it stopped. */
export function withReplan(command: Command, { say }: Context): Command {
  return command.option("--replan", say("option/replan"));
}

/** What decides a dataset's first version. */
export function withIngest(command: Command, { say }: Context): Command {
  return command
    .optionsGroup(say("help/options-data"))
    .option("--name <name>", say("option/name"))
    .option("--resolution <pixels>", say("option/resolution"), whole("--resolution", 8))
    .option("--labels <file>", say("option/labels-file"), collect)
    .option("--columns <names>", say("option/columns"), list)
    .option("--hierarchy <coarse>fine>", say("option/hierarchy"), collect)
    .option("--group <by>", say("option/group"))
    .option("--split <column>", say("option/split"))
    .option("--share <fraction>", say("option/share"), fraction("--share"))
    .option("--background <colour>", say("option/background"));
}

/** How a representation is trained. */
export function withTraining(command: Command, { say }: Context): Command {
  return command
    .optionsGroup(say("help/options-training"))
    .option("--method <name>", say("option/method"))
    .option("--backbone <name>", say("option/backbone"))
    .option("--size <pixels>", say("option/size"), whole("--size", 8))
    .option("--epochs <number>", say("option/epochs"), whole("--epochs", 1))
    .option("--minutes <number>", say("option/minutes"), positive("--minutes"))
    .option("--batch <pictures>", say("option/batch"), whole("--batch", 2))
    .option("--learning-rate <rate>", say("option/learning-rate"), positive("--learning-rate"))
    .option("--optimizer <name>", say("option/optimizer"))
    .option("--temperature <number>", say("option/temperature"), positive("--temperature"))
    .option("--projector <widths>", say("option/projector"), widths("--projector"))
    .optionsGroup(say("help/options-views"))
    .option("--augment <names>", say("option/augment"), list)
    .option("--crop <range>", say("option/crop"), range("--crop"))
    .option("--flip <which>", say("option/flip"), choice("--flip", flips))
    .option("--turns <which>", say("option/turns"), choice("--turns", turns))
    .option("--colour <strength>", say("option/colour"), between("--colour", 0, 5))
    .option("--hue <turn>", say("option/hue"), between("--hue", 0, 0.5))
    .option("--grayscale <share>", say("option/grayscale"), between("--grayscale", 0, 1))
    .option("--blur <share>", say("option/blur"), between("--blur", 0, 1))
    .option("--solarize <share>", say("option/solarize"), between("--solarize", 0, 1));
}

const shown = new WeakMap<Command, readonly string[]>();

/** The examples in a command's help, as a person would type them. */
export function examplesOf(command: Command): readonly string[] {
  return shown.get(command) ?? [];
}

export function examples(command: Command, { say }: Context, lines: readonly string[]): Command {
  shown.set(command, lines);
  return command.addHelpText(
    "after",
    `\n${say("help/example")}\n${lines.map((l) => `  ${l}`).join("\n")}`,
  );
}

export function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

export function list(value: string): string[] {
  return value
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

export function choice(option: string, choices: readonly string[]) {
  return (found: string): string => {
    if (choices.includes(found)) return found;
    const near = nearest(found, choices);
    const values = { option, found, kind: "choice", choices: choices.join(", "), nearest: near };
    throw new Problem("usage/value-unusable", values);
  };
}

export function whole(option: string, least: number) {
  return (found: string): number => {
    const value = Number(found);
    if (found.trim() !== "" && Number.isSafeInteger(value) && value >= least) return value;
    throw new Problem("usage/value-unusable", { option, found, kind: "whole", least });
  };
}

export function positive(option: string) {
  return (found: string): number => {
    const value = Number(found);
    if (found.trim() !== "" && Number.isFinite(value) && value > 0) return value;
    throw new Problem("usage/value-unusable", { option, found, kind: "positive" });
  };
}

export function fraction(option: string) {
  return (found: string): number => {
    const value = Number(found);
    if (found.trim() !== "" && value > 0 && value < 1) return value;
    throw new Problem("usage/value-unusable", { option, found, kind: "fraction" });
  };
}

/** As `fraction`, with the ends: what makes no sense there is told by the use case. */
export function share(option: string) {
  return (found: string): number => {
    const value = Number(found);
    if (found.trim() !== "" && value >= 0 && value <= 1) return value;
    throw new Problem("usage/value-unusable", { option, found, kind: "fraction" });
  };
}

function between(option: string, from: number, to: number) {
  return (found: string): number => {
    const value = Number(found);
    if (found.trim() !== "" && value >= from && value <= to) return value;
    throw new Problem("usage/value-unusable", { option, found, kind: "between", from, to });
  };
}

/** Shares of a whole; one alone goes up to all of it. */
function range(option: string) {
  return (found: string): [number, number] => {
    const [from, to = 1, ...more] = found.split("-").map((part) => Number(part || Number.NaN));
    if (from > 0 && from <= to && to <= 1 && more.length === 0) return [from, to];
    throw new Problem("usage/value-unusable", { option, found, kind: "range" });
  };
}

function widths(option: string) {
  return (found: string): number[] => {
    const values = found.split("-").map(Number);
    if (values.every((value) => Number.isSafeInteger(value) && value >= 1)) return values;
    throw new Problem("usage/value-unusable", { option, found, kind: "widths" });
  };
}
