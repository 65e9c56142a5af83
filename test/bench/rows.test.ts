/** The table of all rows. */
import { expect, test } from "vitest";
import { type BenchReport, standingOf } from "../../bench/harness/index.ts";
import { renderTable } from "../../bench/rows/table.ts";

const machine = {
  cpu: "AMD EPYC",
  features: ["avx2"],
  cores: 2,
  memoryGiB: 24,
  system: "Linux",
  node: "20",
  load: 0.1,
  at: "2026-03-01T00:00:00Z",
};

function report(bench: string, races: BenchReport["races"]): BenchReport {
  return { bench, machine, versions: { torch: "2.15" }, checks: [], races, notes: [] };
}

function standing(name: string, ours: number[], peer: number[], target?: number) {
  const row = (name: string, isOurs: boolean, values: number[]) => ({
    ...{ name, ours: isOurs, values },
    spread: { min: Math.min(...values), median: values[1], max: Math.max(...values) },
  });
  return standingOf([row("ours", true, ours), row("PyTorch f32", false, peer)], {
    ...{ name, work: "a step", unit: "views/s", better: "higher", rounds: 3 },
    ...(target !== undefined && { target }),
  });
}

test("a race is a line, named after its bench, with its peer, ratio, goal and verdict", () => {
  const step = standing("resnet-18", [80, 82, 84], [40, 41, 42], 2.4);
  const both = [standing("32²", [8, 9, 10], [1, 1, 1]), standing("96²", [5, 6, 7], [3, 3, 3], 2)];
  const lines = renderTable(
    [report("step-resnet18", [step]), report("augment", both)],
    [{ bench: "memory", why: "no PyTorch" }],
  ).split("\n");
  expect(lines.slice(-4)).toEqual([
    "| step-resnet18, views/s | 82 | 41, PyTorch f32 | 2.00× (2.00–2.00), 3 rounds | ≥ 2.4× | not reached |",
    "| augment, 32², views/s | 9 | 1, PyTorch f32 | 9.00× (8.00–10.00), 3 rounds | – |  |",
    "| augment, 96², views/s | 6 | 3, PyTorch f32 | 2.00× (1.67–2.33), 3 rounds | ≥ 2× | reached |",
    "| memory | no result |  |  |  | no PyTorch |",
  ]);
  expect(lines).toContain("Libraries: torch 2.15.");
  expect(lines.filter((line) => line.includes("AMD EPYC (avx2)"))).toHaveLength(2);
});
