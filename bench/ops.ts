/**
 * Milliseconds of each op at its case table's size: `npx tsx bench/ops.ts [op …]`. Inputs lie in the
 * program and outputs are summed there, so that copying to and fro does not count; the sum does.
 */
import { add, ortExecutor, reshape, sum } from "../src/engine/index.ts";
import { buildCase } from "../test/engine/build-case.ts";
import { caseTable } from "../test/engine/cases/index.ts";

const wanted = process.argv.slice(2);
const executor = await ortExecutor({ threads: 2 });
process.stdout.write(`${JSON.stringify(executor.description)}\n`);
for (const [op, { speed }] of Object.entries(caseTable)) {
  if (wanted.length > 0 && !wanted.includes(op)) continue;
  const { inputs, outputs, values } = buildCase(speed, "parameter");
  const y = outputs.map((output) => sum(reshape(output, [-1]))).reduce((a, b) => add(a, b));
  const program = await executor.compile({ outputs: { y } });
  const given: Record<string, Int32Array> = {};
  for (const [i, { dtype }] of inputs.entries()) {
    const drawn = values[`x${i}`];
    if (drawn instanceof Int32Array) given[`x${i}`] = drawn;
    else if (dtype === "f32") await program.write(`x${i}`, drawn);
  }
  await program.run(given);
  const times: number[] = [];
  for (let i = 0; i < 5; i++) {
    const start = performance.now();
    await program.run(given);
    times.push(performance.now() - start);
  }
  await program.dispose();
  const [best, , median] = times.sort((a, b) => a - b);
  const line = `${op.padEnd(26)} ${speed.name.padEnd(28)} ${median.toFixed(1)} (best ${best.toFixed(1)})`;
  process.stdout.write(`${line}\n`);
}
await executor.dispose();
