/** What a folder looks like when it is dropped on a launcher or into a terminal. */
import { expect, it } from "vitest";
import { droppedInto, droppedOn } from "../../src/surface/cli/dropped.ts";

const launcher = "C:\\Tools\\Tanafuda\\start.cmd";

it.each([
  ["nothing", `cmd.exe /c ""${launcher}" "`, undefined],
  ["a plain path", `cmd.exe /c ""${launcher}" D:\\photos"`, "D:\\photos"],
  ["spaces", `cmd.exe /c ""${launcher}" "D:\\my photos""`, "D:\\my photos"],
  ["an ampersand", `cmd.exe /c ""${launcher}" D:\\a&calc"`, "D:\\a&calc"],
  ["other letters", `cmd.exe /c ""${launcher}" D:\\検査 画像"`, "D:\\検査 画像"],
  ["two folders", `cmd.exe /c ""${launcher}" "D:\\one" "D:\\two""`, "D:\\one"],
  ["another case", `cmd.exe /c ""${launcher.toLowerCase()}" D:\\p"`, "D:\\p"],
  ["a line of another program", "cmd.exe /k", undefined],
])("on the launcher: %s", (_, line, expected) => {
  expect(droppedOn(launcher, line)).toBe(expected);
});

it.each([
  [" /home/a/photos \n", "linux", "/home/a/photos"],
  ["'/home/a/my photos' ", "linux", "/home/a/my photos"],
  ["'/home/a/it'\\''s'", "linux", "/home/a/it's"],
  ["/home/a/my\\ photos", "linux", "/home/a/my photos"],
  ['"D:\\my photos"', "win32", "D:\\my photos"],
  ["D:\\photos", "win32", "D:\\photos"],
])("into a terminal: %s (%s)", (answer, platform, expected) => {
  expect(droppedInto(answer, platform)).toBe(expected);
});
