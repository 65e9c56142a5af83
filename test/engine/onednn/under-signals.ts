/**
 * A process that multiplies while signals rain on it: `under-signals.ts MILLISECONDS [LIBRARY]`, by oneDNN
 * where its library is named and else by ONNX Runtime.
 */
import { spawn } from "node:child_process";
import {
  matmul,
  onednnExecutor,
  ortExecutor,
  parameter,
  placeholder,
} from "../../../src/engine/index.ts";

const [milliseconds, library] = process.argv.slice(2);
const [rows, columns, inner] = [4096, 100, 512];
const executor =
  library === undefined
    ? await ortExecutor({ threads: 2 })
    : await onednnExecutor({ library, threads: 2, precision: "f32" });
const product = matmul(placeholder("x", [rows, inner]), parameter("w", [inner, columns]));
const program = await executor.compile({ outputs: { product } });
await program.write("w", new Float32Array(inner * columns).fill(1));
const x = new Float32Array(rows * inner).fill(1);

let signals = 0;
process.on("SIGUSR2", () => signals++);
const rain = spawn("sh", ["-c", `while kill -USR2 ${process.pid} 2>/dev/null; do :; done`]);
let wrong = 0;
const enough = 100;
const until = performance.now() + Number(milliseconds);
// On a busy machine few of them fall in that time.
while (performance.now() < until || (signals <= enough && performance.now() < until + 30_000)) {
  const { product } = await program.run({ x });
  wrong += product.filter((value) => value !== inner).length;
  // Allocations between the runs meet what was written over.
  Array.from({ length: 200 }, (_, i) => Buffer.alloc(1000 + 50 * i));
  await new Promise((resolve) => setTimeout(resolve, 1));
}
rain.kill();
await program.dispose();
await executor.dispose();
process.stdout.write(JSON.stringify({ signals: signals > enough, wrong }));
