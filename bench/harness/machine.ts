/** Which machine a number was measured on, and how busy it was when measuring began. */
import { readFileSync } from "node:fs";
import { availableParallelism, cpus, loadavg, release, totalmem, type } from "node:os";

export interface Machine {
  readonly cpu: string;
  /** Those of the instruction sets that decide speed here; null where the system does not say. */
  readonly features: readonly string[] | null;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly system: string;
  readonly node: string;
  /** Over the last minute: processes that ran or waited, ours not yet among them. */
  readonly load: number;
  readonly at: string;
}

const telling = ["avx2", "avx512f", "avx512_vnni", "avx512_bf16", "amx_tile", "amx_bf16"];

export function readMachine(): Machine {
  return {
    cpu: cpus()[0]?.model ?? "unknown",
    features: features(),
    cores: availableParallelism(),
    memoryGiB: Math.round((10 * totalmem()) / 2 ** 30) / 10,
    system: `${type()} ${release()}`,
    node: process.versions.node,
    load: Math.round(100 * loadavg()[0]) / 100,
    at: new Date().toISOString(),
  };
}

export function describeMachine(machine: Machine): string {
  const features = machine.features ? machine.features.join(" ") || "no AVX2" : "features unknown";
  return (
    `${machine.cpu} (${features}), ${machine.cores} cores, ${machine.memoryGiB} GiB, ` +
    `${machine.system}, Node ${machine.node}, load ${machine.load} at ${machine.at}`
  );
}

function features(): readonly string[] | null {
  try {
    const flags = /^flags\s*:(.*)$/m.exec(readFileSync("/proc/cpuinfo", "utf8"))?.[1];
    if (flags === undefined) return null;
    const found = new Set(flags.trim().split(/\s+/));
    return telling.filter((name) => found.has(name));
  } catch {
    return null;
  }
}
