/** How much memory a process may still take: of the machine, and of the groups it is confined to. */
import { readFileSync } from "node:fs";
import { freemem } from "node:os";
import { dirname, join } from "node:path";

interface Host {
  /** The text of a file, undefined where there is none. */
  readonly read: (path: string) => string | undefined;
  readonly free: () => number;
}

export function availableMemory({ read = readText, free = freemem }: Partial<Host> = {}): number {
  const listed = /^MemAvailable:\s+(\d+) kB$/m.exec(read("/proc/meminfo") ?? "")?.[1];
  const machine = listed === undefined ? free() : Number(listed) * 1024;
  return Math.max(0, Math.min(machine, ...groupsOf(read).map((group) => leftIn(group, read))));
}

interface Group {
  readonly folder: string;
  readonly limit: string;
  readonly used: string;
  /** Cached files, which give way. */
  readonly cached: RegExp;
}

const second = {
  limit: "memory.max",
  used: "memory.current",
  cached: /^inactive_file (\d+)$/m,
} as const;
const first = {
  limit: "memory.limit_in_bytes",
  used: "memory.usage_in_bytes",
  cached: /^total_inactive_file (\d+)$/m,
} as const;

/** Control groups of either version, each with all above it; in a container the own one is the root. */
function groupsOf(read: Host["read"]): Group[] {
  const lines = (read("/proc/self/cgroup") ?? "").split("\n").filter((line) => line !== "");
  return lines.flatMap((line) => {
    const [, controllers, path] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
    if (controllers === "") return above("/sys/fs/cgroup", path, second);
    const isMemory = controllers?.split(",").includes("memory");
    return isMemory ? above("/sys/fs/cgroup/memory", path, first) : [];
  });
}

function above(root: string, path: string, names: Omit<Group, "folder">): Group[] {
  const own = { folder: join(root, path), ...names };
  return path === "/" || path === "." ? [own] : [own, ...above(root, dirname(path), names)];
}

function leftIn({ folder, limit, used, cached }: Group, read: Host["read"]): number {
  const [most, taken] = [limit, used].map((name) => Number(read(join(folder, name)) ?? Number.NaN));
  if (!Number.isFinite(most) || !Number.isFinite(taken)) return Number.POSITIVE_INFINITY;
  const stat = read(join(folder, "memory.stat")) ?? "";
  return most - taken + Number(cached.exec(stat)?.[1] ?? 0);
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
