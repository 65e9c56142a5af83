/**
 * Runs before the install scripts of a global installation, where they run at all. ONNX Runtime's own
 * would fetch CUDA libraries of some hundred megabytes from beyond the registry, and fail the whole
 * installation where that cannot be reached. Nothing here uses them, so their places are marked as
 * taken; only in this package's private copy, never in one that other packages share.
 */
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const folder = join(
  import.meta.dirname ?? new URL(".", import.meta.url).pathname,
  "../node_modules/onnxruntime-node/bin/napi-v6",
  process.platform,
  process.arch,
);
const unused = ["cuda", "shared", "tensorrt"].map((name) => `libonnxruntime_providers_${name}.so`);

if (process.platform === "linux" && existsSync(folder)) {
  const there = readdirSync(folder);
  for (const name of unused.filter((name) => !there.includes(name))) {
    writeFileSync(join(folder, name), "");
  }
}
