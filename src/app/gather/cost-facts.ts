/** What the counted mistakes mean a day at the user's volume, and what that changes. */
import { dailyCost, type Volume, wouldChange } from "../../decide/index.ts";
import type { CostFacts, Counted, ErrorFacts, Report } from "../../report/index.ts";

/**
 * A gathered report for a reader who said what a day is like: its cost, and what would change the
 * verdict. Pure, so that the same report can be written again for another volume.
 */
export function atVolume(report: Report, volume: Volume | undefined): Report {
  const { errors, verdict } = report;
  const cost = errors && volume ? costFacts(volume, errors) : null;
  const missed = errors?.inspection?.missed;
  const change = wouldChange(verdict.headline, {
    ...(cost && { cost }),
    ...(missed && { missed: { of: missed.of, high: missed.high } }),
  });
  return { ...report, cost, verdict: { ...verdict, change } };
}

function costFacts(volume: Volume, { wrong, inspection }: ErrorFacts): CostFacts {
  const defectShare =
    inspection && inspection.missed.of / (inspection.missed.of + inspection.falseAlarms.of);
  return dailyCost(volume, {
    wrong: rate(wrong),
    ...(inspection &&
      defectShare !== undefined && {
        inspection: {
          missed: rate(inspection.missed),
          falseAlarms: rate(inspection.falseAlarms),
          defectShare,
        },
      }),
  });
}

function rate({ count, of, low, high }: Counted) {
  return { value: of > 0 ? count / of : 0, low, high };
}
