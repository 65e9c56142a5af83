/** What the processor can do that decides how fast it trains. */
import { readFileSync } from "node:fs";

/** In the order in which they matter. */
const known = [
  "avx2",
  "avx512f",
  "avx512_bf16",
  "avx512_fp16",
  "amx_tile",
  "amx_bf16",
  "asimd",
  "sve",
  "bf16",
] as const;

/** The features that matter, or undefined where this system does not list them. */
export function processorFeatures(
  read: () => string | undefined = readProcessors,
): readonly string[] | undefined {
  const listed = /^(?:flags|Features)\s*:\s*(.*)$/m.exec(read() ?? "")?.[1];
  if (listed === undefined) return undefined;
  const flags = new Set(listed.split(/\s+/));
  return known.filter((name) => flags.has(name));
}

function readProcessors(): string | undefined {
  try {
    return readFileSync("/proc/cpuinfo", "utf8");
  } catch {
    return undefined;
  }
}
