/** Whether the processor multiplies bf16 itself: elsewhere it is emulated, and not worth a try. */
import { readFileSync } from "node:fs";

export function hasBrainFloat(): boolean {
  try {
    return /\b(amx_bf16|avx512_bf16)\b/.test(readFileSync("/proc/cpuinfo", "utf8"));
  } catch {
    return false;
  }
}
