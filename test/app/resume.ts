/** Interrupted and resumed against uninterrupted, byte for byte; the cases of both layers. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { addData } from "../../src/app/add-data.ts";
import { pretrain } from "../../src/app/pretrain.ts";
import type { MetricsRow } from "../../src/registry/index.ts";
import { writePictures } from "./picture-folder.ts";
import { openPlace } from "./place.ts";

const epochs = 8;
/** 48 training pictures or so in batches of 16. */
const options = { data: "photos", epochs, batch: 16, size: 16, backbone: "res-2-16", threads: 1 };

/** Stops after each of the steps in turn and compares what is on the shelf in the end. */
export async function expectSameBytes(choose: (steps: number) => readonly number[]): Promise<void> {
  using place = openPlace();
  await writePictures(join(place.cwd, "photos"), { count: 60, classes: 3 });
  await addData({ path: "photos" }, place.work());
  const whole = await pretrain(options, place.work());
  if (whole.outcome !== "trained") throw new Error(whole.outcome);
  const store = place.store();
  const expected = store.resolve(`${whole.name}@${whole.version}`);
  const bytes = readFileSync(expected.weights);
  const numbers = withoutTimes(store.run(whole.run).metrics());

  const points = choose(whole.steps);
  let resume: string | undefined;
  for (const point of points) {
    const stopped = await place.until(
      (event) => event.type === "progress" && event.phase === "pretrain" && event.done === point,
      (work) => pretrain(resume === undefined ? options : { resume }, work),
    );
    if (stopped.outcome !== "interrupted") throw new Error(stopped.outcome);
    expect(stopped.step).toBe(point);
    resume = stopped.run;
  }
  const rest = await pretrain({ resume: resume ?? true }, place.work());
  if (rest.outcome !== "trained") throw new Error(rest.outcome);
  const found = place.store().resolve(`${rest.name}@${rest.version}`);
  expect(found.reference).not.toBe(expected.reference);
  expect(readFileSync(found.weights).equals(bytes)).toBe(true);
  expect(withoutTimes(place.store().run(rest.run).metrics())).toEqual(numbers);
}

function withoutTimes(rows: readonly MetricsRow[]) {
  return rows.map(({ milliseconds, wait, ...rest }) => rest);
}
