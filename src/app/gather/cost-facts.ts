/** What the counted mistakes mean a day at the user's volume. */
import { dailyCost, type Volume } from "../../decide/index.ts";
import type { CostFacts, Counted, ErrorFacts } from "../../report/index.ts";

export function costFacts(volume: Volume, { wrong, inspection }: ErrorFacts): CostFacts {
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
