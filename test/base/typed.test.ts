/** Commands in hints are pasted: words are quoted as the platform's shell reads them. */
import { expect, it } from "vitest";
import { quoted } from "../../src/base/typed.ts";

it.each([
  ["検査画像-64@1", "検査画像-64@1", "検査画像-64@1"],
  ["工 場/a.jpg", "'工 場/a.jpg'", '"工 場/a.jpg"'],
  ["it's", "'it'\\''s'", '"it\'s"'],
  ["C:\\photos", "'C:\\photos'", "C:\\photos"],
  ["R&D", "'R&D'", '"R&D"'],
  ["a;b$c", "'a;b$c'", '"a;b$c"'],
])("%s", (word, posix, windows) => {
  expect(quoted(word, "linux")).toBe(posix);
  expect(quoted(word, "win32")).toBe(windows);
});
