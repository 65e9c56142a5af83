/** What commander finds wrong with a command line, as our problems: same words, same exit code. */
import type { Command, CommanderError } from "commander";
import { nearest } from "../../app/index.ts";
import { Problem } from "../../base/index.ts";

/** `argv` without node and script. */
export function usageProblem(
  error: CommanderError,
  { program, argv }: { readonly program: Command; readonly argv: readonly string[] },
): Problem {
  const at = commandOf(program, argv);
  const command = fullName(at);
  const named = /'([^']*)'/.exec(error.message)?.[1] ?? "";
  switch (error.code) {
    case "commander.unknownOption": {
      const known = at.options.flatMap(({ long }) => long ?? []);
      return new Problem("usage/unknown-option", {
        option: named,
        command,
        nearest: nearest(named, known),
      });
    }
    case "commander.missingArgument":
      return new Problem("usage/missing-argument", { argument: named.toUpperCase(), command });
    case "commander.optionMissingArgument":
      return new Problem("usage/missing-value", { option: named.split(" ")[0], command });
    case "commander.excessArguments": {
      const [, expected, found] = /Expected (\d+) .* got (\d+)/.exec(error.message) ?? [];
      const values = { command, expected: Number(expected), found: Number(found) };
      return new Problem("usage/too-many-arguments", values);
    }
    default:
      return new Problem("usage/unusable-line", { message: error.message, command });
  }
}

/** A word where a command's name was expected. */
export function unknownCommand(name: string, command: Command): Problem {
  const known = command.commands.map((one) => one.name());
  const values = { name, command: fullName(command), nearest: nearest(name, known) };
  return new Problem("usage/unknown-command", values);
}

function commandOf(program: Command, argv: readonly string[]): Command {
  let at = program;
  for (const word of argv) at = at.commands.find((one) => one.name() === word) ?? at;
  return at;
}

function fullName(command: Command): string {
  return command.parent ? `${fullName(command.parent)} ${command.name()}` : command.name();
}
