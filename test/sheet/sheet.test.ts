/** The labelling sheet as text: whole, the same each time, and nothing of the data is markup. */
import { expect, test } from "vitest";
import { renderSheet } from "../../src/sheet/index.ts";
import { hostileName, makeSheet } from "./fixture.ts";

test("equal sheets give equal bytes", () => {
  expect(renderSheet(makeSheet())).toBe(renderSheet(makeSheet()));
});

test("nothing from the data becomes markup", () => {
  const page = renderSheet(makeSheet({ dataset: "</title><b>", labelSet: "</script><i>" }));
  for (const text of ["<b>", "<i>", "<img src=x", hostileName]) expect(page).not.toContain(text);
});

test("pictures that are none are left out, not loaded", () => {
  const [item] = makeSheet().items;
  const page = renderSheet(makeSheet({ items: [{ ...item, image: "http://10.0.0.1/x.png" }] }));
  expect(page).not.toContain("10.0.0.1");
});

test("each picture brings what it adds to what is covered", () => {
  const page = renderSheet(makeSheet());
  const json = /<script type="application\/json" id="data">(.*?)<\/script>/s.exec(page)?.[1] ?? "";
  const { items } = JSON.parse(json) as { items: { gain: number }[] };
  expect(items.map(({ gain }) => Number(gain.toFixed(6)))).toEqual([0.4, 0.2, 0.1, 0.05]);
});

test("says whether chance chose", () => {
  const lead = (drawn: "random" | "strata" | false) =>
    /"sheet\/lead":"([^"]*)"/.exec(renderSheet(makeSheet({ drawn })))?.[1];
  expect(lead("random")).toBe(
    "4 pictures drawn at random out of 1,234 that are set aside to judge by. Press a class’s key, or tap it. Nothing is sent anywhere.",
  );
  expect(lead("strata")).toMatch(/^4 pictures drawn by chance out of 1,234 .* likelier ones more/);
  expect(lead(false)).toMatch(/^4 pictures out of 1,234, chosen so that/);
});
