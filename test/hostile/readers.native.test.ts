/** A slice of the broken files on every run: each ends with pixels or a refusal, soon. */
import { expect, it } from "vitest";
import { faults } from "./outcome.ts";
import { readLists, readMatrices, readPictures } from "./readers.ts";

it("broken pictures and bombs are taken or refused", async () => {
  const outcomes = await readPictures(1, 2_000);
  expect(faults(outcomes)).toEqual([]);
  expect(outcomes.length).toBeGreaterThan(112);
  const bombs = Object.fromEntries(outcomes.map(({ name, end }) => [name, end]));
  expect(bombs).toMatchObject({
    "50000-square.png": "formats/picture-too-large",
    "2-billion.png": "formats/picture-too-large",
    "scans.jpg": "formats/picture-broken",
    "rows.bmp": "formats/picture-too-large",
    "endless.gif": "taken",
  });
});

it("broken lists and matrices are taken or refused", async () => {
  expect(faults([...(await readLists(2)), ...(await readMatrices(2))])).toEqual([]);
});
