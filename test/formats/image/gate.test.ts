/** Together, or alone. */
import { expect, test } from "vitest";
import { createGate } from "../../../src/formats/image/gate.ts";

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

test("what is alone meets nothing, whatever comes before, meanwhile and after", async () => {
  const gate = createGate();
  let [now, most, met] = [0, 0, 0];
  const work = (isAlone: boolean) => async () => {
    now++;
    if (isAlone) met = Math.max(met, now);
    else most = Math.max(most, now);
    await pause(2);
    if (isAlone) met = Math.max(met, now);
    now--;
    return isAlone;
  };
  const asked = Array.from({ length: 40 }, async (_, i) => {
    await pause(i % 7);
    return i % 5 === 0 ? await gate.alone(work(true)) : await gate.together(work(false));
  });
  const found = await Promise.all(asked);
  expect(found.filter(Boolean)).toHaveLength(8);
  expect(met).toBe(1);
  expect(most).toBeGreaterThan(1);
});

test("what fails lets the next go on", async () => {
  const gate = createGate();
  const fail = () => Promise.reject(new Error("no"));
  await expect(gate.together(fail)).rejects.toThrow("no");
  await expect(gate.alone(fail)).rejects.toThrow("no");
  expect(await gate.alone(async () => 1)).toBe(1);
  expect(await gate.together(async () => 2)).toBe(2);
});
