/** Help in the reader's language: headings, and lines that fit where Japanese has no blanks. */
import type { Help } from "commander";
import stringWidth from "string-width";
import type { SentenceId } from "../../words/index.ts";
import type { Context } from "./context.ts";

export function helpIn({ say }: Pick<Context, "say">): Partial<Help> {
  return {
    displayWidth: (text) => stringWidth(text),
    boxWrap: (text, width) => wrapped(text, width),
    styleTitle: (title) => (title in headings ? say(headings[title]) : title),
    optionDescription: ({ description }) => description,
    argumentDescription: ({ description }) => description,
    subcommandTerm: (command) => {
      const words = command.registeredArguments.map((one) =>
        one.required ? `<${one.name()}>` : `[${one.name()}]`,
      );
      return [command.name(), ...words].join(" ");
    },
  };
}

const headings: Readonly<Record<string, SentenceId>> = {
  "Usage:": "help/usage",
  "Arguments:": "help/arguments",
  "Options:": "help/options",
  "Commands:": "help/commands",
};

/** Latin words stay whole; Japanese may break anywhere but before a closing mark. */
const pieces = /\n|[ \t]+|[\x21-\x7e\u00a1-\u2e7f]+|[^\n \t][、。，．）」』：；？！ー]*/gu;

export function wrapped(text: string, width: number): string {
  let line = "";
  const lines: string[] = [];
  for (const [piece] of text.matchAll(pieces)) {
    if (piece === "\n" || (line !== "" && stringWidth(line + piece.trimEnd()) > width)) {
      lines.push(line.trimEnd());
      line = /^\s/.test(piece) ? "" : piece;
    } else {
      line += piece;
    }
  }
  return [...lines, line.trimEnd()].join("\n");
}
