/** Every example that help prints is a line that the real parser takes. */
import { execFileSync } from "node:child_process";
import type { Command } from "commander";
import { expect, it } from "vitest";
import { examplesOf } from "../../src/surface/cli/commands/options.ts";
import { buildProgram } from "../../src/surface/cli/program.ts";
import { writtenContext } from "./written-context.ts";

const lines = commandsOf(program()).flatMap((command) => examplesOf(command));

it("there is one for every command that does something", () => {
  const bare = commandsOf(program()).filter(
    (command) => command.commands.length === 0 && examplesOf(command).length === 0,
  );
  expect(bare.map((command) => command.name())).toEqual([]);
  expect(lines.length).toBeGreaterThan(20);
});

it.each(lines)("%s", async (line) => {
  const words = wordsOf(line);
  let ran = "";
  const parsed = program();
  for (const command of commandsOf(parsed)) {
    if (command.commands.length === 0) {
      command.action(() => {
        ran = command.name();
      });
    }
  }
  await parsed.parseAsync(words, { from: "user" });
  expect(words).toContain(ran);
});

function program(): Command {
  return buildProgram(writtenContext("."));
}

function commandsOf(command: Command): Command[] {
  return command
    .createHelp()
    .visibleCommands(command)
    .filter((one) => one.name() !== "help")
    .flatMap((one) => [one, ...commandsOf(one)]);
}

/** As a shell hands them over; what stands around the command or behind > is the shell's. */
function wordsOf(line: string): string[] {
  const [inner = line] = /(?<=<\()[^)]*(?=\))/.exec(line) ?? [];
  const script = `tanafuda() { printf '%s\\n' "$@"; }; ${inner.replace(/ > .*/, "")}`;
  return execFileSync("sh", ["-c", script], { encoding: "utf8" }).trimEnd().split("\n");
}
