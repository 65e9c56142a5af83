/** The page of views: what training would draw, number by number, and nothing trained. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { addData } from "../../src/app/add-data.ts";
import { itemsOf, openStoredPictures, picturesAt } from "../../src/app/dataset.ts";
import { pretrain } from "../../src/app/pretrain.ts";
import { recipesAsked } from "../../src/app/training-choices.ts";
import { fork, keyFromSeed } from "../../src/base/index.ts";
import { pictureUri } from "../../src/formats/image/index.ts";
import { fillViews, viewToPixels } from "../../src/learn/augment/index.ts";
import { writePictures } from "./picture-folder.ts";
import { openPlace, refusal } from "./place.ts";

test("shows the first epochs' views of some pictures and trains nothing", async () => {
  using place = openPlace();
  await writePictures(join(place.cwd, "photos"), { count: 30 });
  await addData({ path: "photos" }, place.work());
  const asked = { data: "photos", size: 16, seed: 3, crop: [0.4, 0.9], turns: "quarter" } as const;
  const run = (more: object) => pretrain({ ...asked, ...more }, place.work());
  const shown = await run({ showViews: "look/views.html", language: "ja" });
  const file = join(place.cwd, "look/views.html");
  expect(shown).toEqual({ outcome: "shown", page: file, pictures: 8 });
  expect(place.store().runs()).toEqual([]);
  const page = readFileSync(file, "utf8");
  expect(page).toContain(`<html lang="ja">`);
  expect(page).toContain("crop 0.4–0.9 · flip @0.5 · quarter turns");

  const { document } = place.store().dataset("photos");
  using all = openStoredPictures(place.store(), document);
  const items = itemsOf(document, "train");
  const pictures = picturesAt(all, items);
  const sections = page.split("<section>").slice(1);
  const [path] = /photos\/[^<]+|kind-\d\/\d+\.png/.exec(sections[5]) ?? [];
  const index = items.findIndex((item) => document.items.path[item] === path);
  const options = { method: "simclr", backbone: "res-2-64", ...asked };
  const recipes = recipesAsked(options).views;
  const views = fork(keyFromSeed(3), "views");
  for (const epoch of [0, 1, 2]) {
    const out = new Float32Array(2 * 3 * 256);
    fillViews(pictures, [index], { recipes, key: fork(views, epoch), out });
    for (const v of [0, 1]) {
      const pixels = viewToPixels(out, recipes[v], v * 3 * 256);
      const image = await pictureUri(pixels, { width: 16, height: 16 });
      expect(sections[5], `epoch ${epoch}, view ${v}`).toContain(image);
    }
  }

  const again = await refusal(run({ showViews: "look/views.html" }));
  expect(again).toMatchObject({ code: "app/views-exist", values: { path: file } });
  expect(await refusal(run({ showViews: "views.pdf" }))).toMatchObject({
    code: "app/views-need-html",
  });
  await run({ showViews: "look/views.html", overwrite: true, turns: "none" });
  expect(readFileSync(file, "utf8")).not.toContain("quarter turns");
  expect(existsSync(join(place.cwd, "views.pdf"))).toBe(false);
});
