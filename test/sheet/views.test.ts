/** The page of views as text: its frames lie where views were taken, and no data is markup. */
import { expect, test } from "vitest";
import { renderViews, type ShownView } from "../../src/sheet/index.ts";

const pixel = "data:image/png;base64,iVBORw0KGgo=";
const view = (top: number, drawn: ShownView["drawn"]): ShownView => ({
  image: pixel,
  crop: { top, left: 2, height: 8, width: 6 },
  drawn,
});
const sheet = {
  product: { version: "1.2.3" },
  dataset: "</title><b>",
  recipes: ["one <i>", "other"],
  seed: 4,
  total: 1234,
  pictures: [
    {
      path: "<img src=x>",
      image: "http://10.0.0.1/x.png",
      width: 20,
      height: 10,
      pairs: [
        [
          view(1, [{ id: "views/area", values: { share: 0.24 } }, { id: "views/flip" }]),
          view(2, [{ id: "views/hue", values: { degrees: -18 } }]),
        ],
        [view(0, [{ id: "views/turned", values: { degrees: 270 } }]), view(2, [])],
      ],
    },
  ],
};

test("frames, numbers and what was drawn, in both languages", () => {
  const page = renderViews(sheet);
  expect(page).toBe(renderViews(sheet));
  expect(page).toContain(`viewBox="0 0 20 10"`);
  expect(page.match(/<rect x="2" y="\d" width="6" height="8"/g)).toHaveLength(4);
  expect([...page.matchAll(/">(\d)<\/b>/g)].map(([, n]) => n)).toEqual(["1", "2", "3", "4"]);
  for (const text of ["24% of it", "mirrored", "hue -18°", "turned 270°", "270°回転", "色相 -18°"])
    expect(page).toContain(text);
  expect(page).toContain("View 2");
  expect(page).toContain("1 picture of 1,234 to train on, drawn by seed 4");
});

test("nothing from the data becomes markup or is fetched", () => {
  const page = renderViews(sheet);
  for (const text of ["<b>", "<i>", "<img src=x", "10.0.0.1"]) expect(page).not.toContain(text);
});
