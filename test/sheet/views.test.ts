/** The page of views as text: its frames lie where views were taken, and no data is markup. */
import { expect, test } from "vitest";
import { renderViews } from "../../src/sheet/index.ts";
import { makeViews } from "./views-fixture.ts";

test("frames, numbers and what was drawn, in both languages", () => {
  const page = renderViews(makeViews());
  expect(page).toBe(renderViews(makeViews()));
  expect(page).toContain(`viewBox="0 0 20 10"`);
  expect(page.match(/<rect x="2" y="\d" width="6" height="8"/g)).toHaveLength(4);
  expect([...page.matchAll(/">(\d)<\/b>/g)].map(([, n]) => n)).toEqual(["1", "2", "3", "4"]);
  for (const text of ["24% of it", "mirrored", "hue -18°", "turned 270°", "270°回転", "色相 -18°"])
    expect(page).toContain(text);
  expect(page).toContain("View 2");
  expect(page).toContain("1 picture of 1,234 to train on, drawn by seed 4");
});

test("nothing from the data becomes markup or is fetched", () => {
  const [picture] = makeViews().pictures;
  const image = "http://10.0.0.1/x.png";
  const page = renderViews(makeViews({ pictures: [{ ...picture, image }] }));
  for (const text of ["<b>", "<i>", "<img src=x", "10.0.0.1"]) expect(page).not.toContain(text);
});
