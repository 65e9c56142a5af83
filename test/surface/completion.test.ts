/** What Tab offers, asked of the real commands; bash runs the script against answers set by hand. */
import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import type { KnownNames } from "../../src/app/index.ts";
import { asLines, candidates, script } from "../../src/surface/cli/completion/index.ts";
import { buildProgram } from "../../src/surface/cli/program.ts";
import { writtenContext } from "./written-context.ts";

const names: KnownNames = {
  datasets: ["photos", "parts"],
  representations: ["@last", "photos-simclr@1"],
  heads: [],
  methods: ["simclr", "vicreg"],
  augmentations: ["small-defects", "colour-matters"],
  backbones: ["res-2-64", "resnet-18"],
  optimizers: ["sgd"],
  executors: ["ort"],
  precisions: ["auto"],
  devices: ["cpu"],
};
const program = buildProgram(writtenContext("."));

it.each([
  [["pi"], ["pilot"], false],
  [["data", ""], ["add", "labels", "check", "list"], false],
  [["data", "check", "p"], ["photos", "parts"], false],
  [["pilot", ""], ["photos", "parts"], true],
  [["pilot", "photos", "--method", ""], ["simclr", "vicreg"], false],
  [["pilot", "--labels", ""], [], true],
  [["pilot", "--epochs", ""], [], false],
  [["pilot", "photos", "--augment", "sm"], ["small-defects"], false],
  [["pretrain", "photos", "--backbone", "resn"], ["resnet-18"], false],
  [["pretrain", "photos", "--lear"], ["--learning-rate"], false],
  [["search", "@"], ["@last"], true],
  [["search", "@last", ""], [], true],
  [["measure", "@last", "ph"], ["photos-simclr@1"], true],
  [["--lang", ""], ["en", "ja"], false],
  [["completion", ""], ["bash", "zsh", "fish"], false],
  [["data", "list", ""], [], false],
])("%j", (words, expected, files) => {
  const found = candidates(words, { program, names });
  expect(found.values.map(({ value }) => value)).toEqual(expected);
  expect(found.files).toBe(files);
});

it("never offers the command that the scripts ask", () => {
  const values = candidates([""], { program, names }).values.map(({ value }) => value);
  expect(values).toContain("completion");
  expect(values).not.toContain("complete");
});

it("gives each explanation behind a tab", () => {
  const [line] = asLines(candidates(["data", "li"], { program, names }));
  expect(line).toMatch(/^list\tWhat is here/);
});

/** What bash would offer, with `answer` in the program's place; its arguments come first. */
function bash(typed: string, answer: readonly string[]) {
  const lines = answer.map((line) => `'${line}'`).join(" ");
  const asked = [
    `tanafuda() { printf '%s|' "$@" >&3; printf '%s\\n' ${lines}; }`,
    script("bash"),
    `COMP_LINE='${typed}' COMP_POINT=${typed.length}`,
    "COMP_WORDBREAKS=$' \\t\\n\"\\'@><=;|&(:'",
    "_tanafuda 3>&2",
    `printf '%s\\n' "\${COMPREPLY[@]}"`,
  ].join("\n");
  const told = execFileSync("bash", ["--norc", "-c", `{ ${asked}\n} 2>&1`], {
    encoding: "utf8",
    cwd: import.meta.dirname,
  });
  const [words, rest] = [
    told.slice(0, told.lastIndexOf("|") + 1),
    told.slice(told.lastIndexOf("|") + 1),
  ];
  return { words, offered: rest.split("\n").filter((line) => line !== "") };
}

it("bash hands over the words up to the cursor, the one being typed too", () => {
  expect(bash("tanafuda data ", ["add\tx", "list"])).toEqual({
    words: "complete|--|data||",
    offered: ["add", "list"],
  });
  expect(bash("tanafuda data li", ["list"]).words).toBe("complete|--|data|li|");
});

it("bash is given the part behind the last mark at which it breaks words", () => {
  expect(bash("tanafuda search photos@", ["photos@1", "photos@2"]).offered).toEqual(["1", "2"]);
});

it("bash adds files where they may stand", () => {
  expect(bash("tanafuda pilot compl", [":files"]).offered).toEqual(["completion.test.ts"]);
});

it("bash executes nothing of what was typed", () => {
  expect(bash("tanafuda pilot $(touch<stain)", []).words).toBe("complete|--|pilot|$(touch<stain)|");
});
