/** A writer that is killed at any moment: what it said it wrote is there, everything there loads. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Event, keyFromSeed, uniform } from "../../src/base/index.ts";
import { readSafetensors } from "../../src/formats/safetensors/index.ts";
import { openStore } from "../../src/registry/index.ts";
import { compileRegistry, runChild } from "./compiled.ts";
import { hex, sampleDataset, sampleRepresentation, sampleRun, tickingClock } from "./samples.ts";

const folder = mkdtempSync(join(tmpdir(), "kill-"));
let script = "";
beforeAll(() => {
  const registry = compileRegistry(folder);
  script = join(folder, "write.mjs");
  writeFileSync(
    script,
    `import { writeSync } from "node:fs";
     import { openMetrics, openStore } from ${JSON.stringify(registry)};
     const clock = { now: () => new Date(), monotonic: () => performance.now() };
     const store = openStore(process.argv[2]);
     const writer = await store.writer({ clock, key: { high: 0, low: process.pid }, command: ["child"] });
     const say = (...words) => writeSync(1, words.join(" ") + "\\n");
     const dataset = ${JSON.stringify(sampleDataset(300))};
     const last = store.runs().at(-1);
     const run = last === undefined
       ? writer.createRun(${JSON.stringify(sampleRun)})
       : writer.resumeRun(last.id);
     let step = Math.floor((run.metrics().at(-1)?.step ?? -1) / 2) + 1;
     const metrics = run.openMetrics({ fromStep: step });
     say("ready");
     for (let n = 0; ; n++) {
       metrics.append({ step: step++, loss: Math.random(), filling: "x".repeat(500) });
       say("dataset", writer.writeDataset({ ...dataset, parent: undefined, source: { kind: "folder", path: String(Math.random()) } }));
       const values = new Float32Array(20000).fill(n);
       const tensors = { a: { shape: [20000], values } };
       const made = writer.writeRepresentation(${JSON.stringify(sampleRepresentation())}, { tensors });
       say("representation", made.reference);
       writer.setAlias(made.reference, "pilot");
       const key = { representation: { name: "r", version: String(Math.random()) }, layer: "l",
         dataset: { name: "photos", version: ${JSON.stringify(hex("1"))} }, variant: n };
       say("embedding", writer.writeEmbedding(key, { values, columns: 20, ids: Array.from({ length: 1000 }, String) }));
     }`,
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

it("loses nothing over eight kills at random moments", async () => {
  const workspace = join(folder, "workspace");
  const moments = uniform(keyFromSeed(20260131), 8);
  const acknowledged: string[][] = [];
  for (const moment of moments) {
    const child = runChild(script, workspace);
    while (!child.lines.includes("ready")) {
      if (child.process.exitCode !== null) throw new Error((await child.ended).errors);
      await pause(2);
    }
    await pause(5 + moment * 400);
    child.process.kill("SIGKILL");
    expect(await child.ended).toMatchObject({ signal: "SIGKILL", errors: "" });
    acknowledged.push(...child.lines.slice(1).map((line) => line.split(" ")));

    const events: Event[] = [];
    const store = openStore(workspace, { emit: (event) => events.push(event) });
    const versions = store.datasetVersions("photos").map(({ version }) => version);
    for (const version of versions) store.dataset("photos", version);
    const made = store.representations();
    for (const { weights } of made) readSafetensors(weights).float32("a");
    for (const [kind, name] of acknowledged) {
      if (kind === "dataset") expect(versions).toContain(name);
      else if (kind === "representation") store.resolve(name);
      else expect(store.embeddings(name)?.values()).toHaveLength(20000);
    }
    for (const path of filesIn(workspace)) {
      const [, digest] = /^embeddings.([0-9a-f]{64})$/.exec(path) ?? [];
      if (digest) expect(store.embeddings(digest)?.ids()).toHaveLength(1000);
    }
    if (made.length > 0 && store.aliases("photos-vicreg").size > 0)
      store.resolve("photos-vicreg@pilot");
    const run = store.run("@last");
    expect(run.state()).toBe("died");
    const steps = run.metrics().map(({ step }) => step);
    expect(steps).toEqual(steps.map((_, i) => i));
    expect(events).toEqual([]);
  }
  expect(acknowledged.length).toBeGreaterThan(8);
  // The next writer sweeps what the last one left unfinished.
  using _ = await openStore(workspace).writer({
    clock: tickingClock(),
    key: keyFromSeed(1),
    command: [],
  });
  expect(filesIn(workspace).filter((name) => name.includes(".aside-"))).toEqual([]);
});

function filesIn(workspace: string): string[] {
  return readdirSync(join(workspace, ".tanafuda"), { recursive: true, encoding: "utf8" });
}
