/** Reports of many benches as the table of results.md: a line for each race. */
import {
  type BenchReport,
  bestOf,
  describeMachine,
  type Standing,
  short,
} from "../harness/index.ts";

/** What a bench that gave no report said instead. */
export interface Failed {
  readonly bench: string;
  readonly why: string;
}

const head = ["row", "ours", "best peer", "ratio (least–most)", "to reach", ""];

/** As Markdown; machines and libraries above, in the words of the reports. */
export function renderTable(reports: readonly BenchReport[], failed: readonly Failed[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const of = (all: readonly string[]) => [...new Set(all)].sort().join(", ");
  const machines = reports.map(({ bench, machine }) => `- ${bench}: ${describeMachine(machine)}`);
  const versions = reports.flatMap((report) =>
    Object.entries(report.versions).map(([name, version]) => `${name} ${version}`),
  );
  return [
    ...machines,
    "",
    `Libraries: ${of(versions)}.`,
    "",
    line(head),
    line(head.map(() => "---")),
    ...reports.flatMap(({ bench, races }) => races.map((one) => line(cellsOf(bench, one)))),
    ...failed.map(({ bench, why }) => line([bench, "no result", "", "", "", why])),
  ].join("\n");
}

function cellsOf(bench: string, standing: Standing): string[] {
  const { name, unit, rows, ratio, target, reached, better, rounds } = standing;
  const label = `${bench === name || races(bench, name) ? bench : `${bench}, ${name}`}, ${unit}`;
  const [ours, peer] = [bestOf(rows, true, better), bestOf(rows, false, better)];
  const spread = ratio
    ? `${ratio.median.toFixed(2)}× (${ratio.min.toFixed(2)}–${ratio.max.toFixed(2)}), ${rounds} ${rounds === 1 ? "round" : "rounds"}`
    : "–";
  const goal = target === undefined ? "–" : `${better === "higher" ? "≥" : "≤"} ${target}×`;
  const verdict = reached === undefined ? "" : reached ? "reached" : "not reached";
  return [
    label,
    ours ? short(ours.spread.median) : "–",
    peer ? `${short(peer.spread.median)}, ${peer.name}` : "–",
    spread,
    goal,
    verdict,
  ];
}

/** Whether the race is the only one that a bench of this name runs. */
function races(bench: string, race: string): boolean {
  return bench.replaceAll("-", "").endsWith(race.replaceAll("-", ""));
}
