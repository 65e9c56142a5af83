/** A process that trains two steps and says what it took: `measured-memory.ts BACKBONE PICTURES EXECUTOR [LIBRARY]`. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { onednnExecutor, ortExecutor, placeholdersOf, sizeOf } from "../../../src/engine/index.ts";
import { simclrRecipe } from "../../../src/learn/augment/index.ts";
import { backbone } from "../../../src/learn/backbones/index.ts";
import { simclr } from "../../../src/learn/methods/index.ts";
import { sgd } from "../../../src/learn/optim/index.ts";
import { settle, trainingMemory } from "../../../src/learn/train/index.ts";
import { trainingProgram } from "../../../src/learn/train/program.ts";

const [name, pictures, kind, library] = process.argv.slice(2);
const batch = Number(pictures);
const size = 32;
const read = (): Uint8Array => {
  throw new Error("views are drawn, not made of pictures");
};
const settings = settle({
  backbone: backbone(name, { size }),
  method: simclr({ temperature: 0.5 }),
  pictures: { count: batch, size: () => ({ height: size, width: size }), read },
  data: "drawn",
  recipes: simclrRecipe({ size }),
  seed: 1,
  duration: { epochs: 1 },
  batch,
  projector: [2048, 128],
  optimiser: sgd(),
  rate: 0.03,
});
const executor =
  kind === "ort"
    ? await ortExecutor({ threads: 1 })
    : await onednnExecutor({ library, threads: 1, precision: "f32" });
const { spec } = trainingProgram(settings);
const foretold = await trainingMemory(settings, executor);
const inputs: Record<string, Float32Array> = {};
const owned: string[] = [];
for (const { attributes } of placeholdersOf(spec)) {
  const { role, shape } = attributes;
  if (role !== "input") owned.push(attributes.name);
  else {
    const values = new Float32Array(sizeOf(shape));
    inputs[attributes.name] =
      shape.length === 0 ? values.fill(0.5) : values.map((_, i) => Math.sin(i));
  }
}

function resident(): number {
  setFlagsFromString("--expose-gc");
  const collect: () => void = runInNewContext("gc");
  collect();
  return process.memoryUsage().rss;
}

const before = resident();
const program = await executor.compile(spec);
for (const name of owned) {
  const values = await program.read(name);
  await program.write(name, values.fill(0.01));
}
for (let step = 0; step < 2; step++) await program.run(inputs, { outputs: ["loss"] });
const saved: Float32Array[] = [];
for (const name of owned) saved.push(await program.read(name));
const measured = resident() - before;
process.stdout.write(JSON.stringify({ foretold, measured, owned: saved.length }));
await program.dispose();
await executor.dispose();
