/**
 * Times SimCLR training steps on the executor `ort`. Build it with the package's compiler options, then
 * `node bench/step.js [network] [views] [repetitions] [threads] [blocked|plain]`.
 */
import { setTimeout } from "node:timers/promises";
import { ortExecutor, type ProgramSpec } from "../src/engine/index.ts";
import { simclr, type Timed } from "./networks.ts";

const [name = "res-2-64", views = "512", repetitions = "5", threads = "2", layout = "blocked"] =
  process.argv.slice(2);
const executor = await ortExecutor({ threads: Number(threads), blocked: layout === "blocked" });
const timed = simclr(name, Number(views));

const step = await time(timed, timed.step);
const backward = await time(timed, timed.backward);
const forward = await time(timed, timed.forward);
const say = (line: string) => process.stdout.write(`${line}\n`);
say(JSON.stringify(executor.description));
say(`${name}, ${views} views of 32²: ${rate(step.median)} views/s (best ${rate(step.best)})`);
say(
  `ms: step ${ms(step)}, forward ${ms(forward)}, backward ${(backward.median - forward.median).toFixed(0)}, ` +
    `update ${(step.median - backward.median).toFixed(0)}; compile ${step.compile.toFixed(0)}, first run ${step.first.toFixed(0)}`,
);
say(
  `processor time of a step ${step.cpu.toFixed(0)} ms; peak memory ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB; after the step ${step.memory.toFixed(0)} MB; loss ${step.loss}`,
);
await executor.dispose();

async function time({ owned, inputs }: Timed, spec: ProgramSpec) {
  const started = performance.now();
  const program = await executor.compile(spec);
  const compile = performance.now() - started;
  for (const [key, values] of Object.entries(owned)) {
    if (await program.read(key).catch(() => undefined)) await program.write(key, values);
  }
  const { rate: _, ...views } = inputs;
  const given = spec.updates ? inputs : views;
  const times: number[] = [];
  let loss = 0;
  let cpu = Number.POSITIVE_INFINITY;
  for (let i = 0; i <= Number(repetitions); i++) {
    await setTimeout(1);
    const start = performance.now();
    const used = process.cpuUsage();
    loss = (await program.run(given)).loss[0];
    times.push(performance.now() - start);
    const { user, system } = process.cpuUsage(used);
    cpu = Math.min(cpu, (user + system) / 1000);
  }
  const [first, ...rest] = times;
  rest.sort((a, b) => a - b);
  const memory = process.memoryUsage().rss / 2 ** 20;
  await program.dispose();
  return { compile, first, best: rest[0], median: rest[rest.length >> 1], memory, loss, cpu };
}

function rate(milliseconds: number): string {
  return ((Number(views) / milliseconds) * 1000).toFixed(0);
}

function ms({ median }: { median: number }): string {
  return median.toFixed(0);
}
