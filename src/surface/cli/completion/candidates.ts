/** What may come next on a command line that is still being typed. */
import type { Command, Option } from "commander";
import { goalNames, type KnownNames } from "../../../app/index.ts";
import { languages } from "../../../words/index.ts";
import { shells } from "./scripts.ts";

export interface Candidate {
  readonly value: string;
  readonly description?: string;
}

export interface Candidates {
  readonly values: readonly Candidate[];
  /** Whether a file or folder may stand here. */
  readonly files: boolean;
}

interface Asked {
  readonly program: Command;
  readonly names: KnownNames;
}

const nothing: Candidates = { values: [], files: false };

/** `words` without the program's name; the last one is being typed and may be empty. */
export function candidates(words: readonly string[], { program, names }: Asked): Candidates {
  const before = words.slice(0, -1);
  const typed = words.at(-1) ?? "";
  const { command, given, open } = walk(program, before);
  const found = open
    ? valuesOf(open, names)
    : typed.startsWith("-")
      ? { values: optionsOf(command), files: false }
      : command.commands.length > 0
        ? { values: subcommandsOf(command), files: false }
        : argumentsOf(command, { given, names });
  return { ...found, values: found.values.filter(({ value }) => value.startsWith(typed)) };
}

/** Which command the words have reached, how many arguments it has, and an option without its value. */
function walk(program: Command, words: readonly string[]) {
  let command = program;
  let given = 0;
  let open: Option | undefined;
  for (const word of words) {
    if (open) {
      open = undefined;
    } else if (word.startsWith("-")) {
      const option = visibleOptions(command).find(({ long, short }) =>
        [long, short].includes(word),
      );
      open = option?.required ? option : undefined;
    } else {
      const next = visibleCommands(command).find((one) => one.name() === word);
      if (next) command = next;
      else given++;
    }
  }
  return { command, given, open };
}

function visibleOptions(command: Command): Option[] {
  return command.createHelp().visibleOptions(command);
}

function visibleCommands(command: Command): Command[] {
  return command.createHelp().visibleCommands(command);
}

function optionsOf(command: Command): Candidate[] {
  return visibleOptions(command).flatMap(({ long, description }) =>
    long ? [{ value: long, description }] : [],
  );
}

function subcommandsOf(command: Command): Candidate[] {
  return visibleCommands(command).map((one) => ({
    value: one.name(),
    description: one.description(),
  }));
}

/** By the option's name where its values are known, else by what it calls its value. */
function valuesOf({ long, flags }: Option, names: KnownNames): Candidates {
  const known: Readonly<Record<string, readonly string[]>> = {
    "--augment": names.augmentations,
    "--backbone": names.backbones,
    "--data": names.datasets,
    "--device": names.devices,
    "--executor": names.executors,
    "--from": names.representations,
    "--flip": ["horizontal", "vertical", "both", "none"],
    "--group": ["near-duplicate", "folder", "item"],
    "--install": ["onednn"],
    "--heads": ["ncc", "ridge", "logistic", "knn"],
    "--lang": languages,
    "--measure": goalNames,
    "--method": names.methods,
    "--optimizer": names.optimizers,
    "--precision": names.precisions,
    "--turns": ["quarter", "none"],
    "--to": ["onnx", "safetensors", "page", "label-studio"],
    "--sets": ["all", "class"],
    "--weights": ["balanced", "none"],
  };
  const values = known[long ?? ""];
  if (values) return { values: values.map((value) => ({ value })), files: false };
  return { values: [], files: /<(file|dir)>/.test(flags) };
}

function argumentsOf(
  command: Command,
  { given, names }: { readonly given: number; readonly names: KnownNames },
): Candidates {
  const all = command.registeredArguments;
  const last = all.at(-1);
  const argument = all[given] ?? (last?.variadic ? last : undefined);
  const plain = (values: readonly string[]) => values.map((value) => ({ value }));
  switch (argument?.name()) {
    case "data":
      return { values: plain(names.datasets), files: true };
    case "dataset":
      return { values: plain(names.datasets), files: false };
    case "representation":
    case "representations":
      return { values: plain(names.representations), files: true };
    case "head":
      return { values: plain(names.heads), files: false };
    case "what":
      return {
        values: plain([...names.heads, ...names.representations, ...names.datasets]),
        files: true,
      };
    case "shell":
      return { values: plain(shells), files: false };
    case undefined:
      return nothing;
    default:
      return { values: [], files: true };
  }
}

/** As the shells' scripts read it: a line each, the explanation behind a tab. */
export function asLines({ values, files }: Candidates): string[] {
  const lines = values.map(({ value, description }) =>
    description ? `${value}\t${description}` : value,
  );
  return files ? [...lines, filesLine] : lines;
}

const filesLine = ":files";
