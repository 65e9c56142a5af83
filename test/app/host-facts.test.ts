/** What a host says of its memory and processor, read from the files of made-up machines. */
import { expect, test } from "vitest";
import { availableMemory } from "../../src/app/available-memory.ts";
import { processorFeatures } from "../../src/engine/index.ts";

const gigabyte = 1024 ** 3;
const meminfo = "MemTotal:       33554432 kB\nMemFree: 1 kB\nMemAvailable:   16777216 kB\n";

function available(files: Readonly<Record<string, string>>): number {
  return availableMemory({ read: (path) => files[path], free: () => 5 * gigabyte }) / gigabyte;
}

test("memory is what the kernel calls available; elsewhere what is free", () => {
  expect(available({ "/proc/meminfo": meminfo })).toBe(16);
  expect(available({})).toBe(5);
});

test("a control group of version 2 limits it, and so does each above it; cached files give way", () => {
  const groups = {
    "/proc/meminfo": meminfo,
    "/proc/self/cgroup": "0::/outer/inner\n",
    "/sys/fs/cgroup/outer/inner/memory.max": "max\n",
    "/sys/fs/cgroup/outer/inner/memory.current": `${gigabyte}\n`,
    "/sys/fs/cgroup/outer/memory.max": `${4 * gigabyte}\n`,
    "/sys/fs/cgroup/outer/memory.current": `${3 * gigabyte}\n`,
  };
  expect(available(groups)).toBe(1);
  const stat = `anon 5\nactive_file 7\ninactive_file ${2 * gigabyte}\n`;
  expect(available({ ...groups, "/sys/fs/cgroup/outer/memory.stat": stat })).toBe(3);
});

test("so does one of version 1, and a limit that is already passed leaves nothing", () => {
  const groups = {
    "/proc/meminfo": meminfo,
    "/proc/self/cgroup": "9:cpu,cpuacct:/x\n4:memory:/x\n",
    "/sys/fs/cgroup/memory/x/memory.limit_in_bytes": `${2 * gigabyte}`,
    "/sys/fs/cgroup/memory/x/memory.usage_in_bytes": `${gigabyte / 2}`,
  };
  expect(available(groups)).toBe(1.5);
  const passed = { ...groups, "/sys/fs/cgroup/memory/x/memory.usage_in_bytes": `${3 * gigabyte}` };
  expect(available(passed)).toBe(0);
});

test("processor features are named where the system lists them", () => {
  const xeon = "processor : 0\nflags\t\t: fpu avx avx2 avx512f avx512_bf16 amx_bf16 amx_tile\n";
  expect(processorFeatures(() => xeon)).toEqual([
    "avx2",
    "avx512f",
    "avx512_bf16",
    "amx_tile",
    "amx_bf16",
  ]);
  expect(processorFeatures(() => "Features\t: fp asimd sve\n")).toEqual(["asimd", "sve"]);
  expect(processorFeatures(() => "flags : fpu sse2\n")).toEqual([]);
  expect(processorFeatures(() => undefined)).toBeUndefined();
});
