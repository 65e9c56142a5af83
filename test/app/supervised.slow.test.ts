/** The comparison with training on labels alone: told beforehand, kept training by training, taken up again. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { addData } from "../../src/app/add-data.ts";
import { addLabels } from "../../src/app/add-labels.ts";
import { budget } from "../../src/app/budget/index.ts";
import { pretrain } from "../../src/app/pretrain.ts";
import { writePictures } from "./picture-folder.ts";
import { openPlace, type Place } from "./place.ts";

const machine = { executor: "ort", threads: 1 } as const;
let place: Place;

beforeAll(async () => {
  place = openPlace();
  const paths = await writePictures(join(place.cwd, "photos"), { count: 60, classes: 2 });
  await addData({ path: "photos", share: 0.4 }, place.work());
  const training = { epochs: 1, batch: 16, size: 16, backbone: "res-2-16", name: "shelf" };
  await pretrain({ data: "photos", ...training, ...machine }, place.work());
  const { items } = place.store().dataset("photos").document;
  const rows = paths.filter((path, i) => {
    const at = items.path.indexOf(path);
    return items.split[at] === "evaluation" || i < 24;
  });
  const list = ["path,few", ...rows.map((path) => `${path},${path.split("/")[0]}`)];
  writeFileSync(join(place.cwd, "few.csv"), `${list.join("\n")}\n`);
  await addLabels({ dataset: "photos", file: "few.csv" }, place.work());
});
afterAll(() => place[Symbol.dispose]());

const asked = { representation: "shelf", labels: "few", target: 0.9, ...machine };

it("stopped after some trainings it goes on with the rest", async () => {
  const stopped = place.until(
    (event) =>
      // Views: more than any first training has, fewer than all of them.
      event.type === "progress" && event.phase === "budget" && event.done >= 1700,
    (work) => budget({ ...asked, supervised: true }, work),
  );
  await expect(stopped).rejects.toThrow();
  const told = () =>
    place.events.flatMap((event) =>
      event.type === "notice" && event.code === "app/supervised-takes" ? [event.values] : [],
    );
  const [first] = told();
  const found = await budget({ ...asked, supervised: true }, place.work());
  const second = told()[1];
  expect(Number(second.trainings)).toBeLessThan(Number(first.trainings));
  const curve = found.curves.find(({ subject }) => subject === "supervised");
  const { training } = found.labels;
  // The smallest draws may be of one class, of which nothing can be learned.
  const sizes = [8, 4, 2, 1].map((part) => Math.round(training / part));
  expect(sizes).toEqual(expect.arrayContaining(curve?.points.map(({ labels }) => labels) ?? []));
  expect(curve?.points.at(-1)?.labels).toBe(training);
  for (const { mean } of curve?.points ?? []) expect(mean).toBeLessThan(0.6);
}, 600_000);
