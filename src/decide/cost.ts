/** What measured rates mean a day: mistakes at the user's volume, their cost, and when it pays. */

export interface Rate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface Volume {
  /** Pictures a day. */
  readonly perDay: number;
  /** Share of defects among them; that of the labelled pictures where it is left out. */
  readonly defectShare?: number;
  /** Yen that one missed defect, one false alarm costs. */
  readonly missCost?: number;
  readonly alarmCost?: number;
}

export interface DailyRates {
  /** Share of pictures sorted wrongly. */
  readonly wrong: Rate;
  /** Where one class is the good one: shares of defects missed, of good ones stopped. */
  readonly inspection?: {
    readonly missed: Rate;
    readonly falseAlarms: Rate;
    readonly defectShare: number;
  };
}

export interface DailyCost {
  readonly volume: number;
  readonly defectShare?: number;
  readonly wrong: Rate;
  readonly missed?: Rate;
  readonly falseAlarms?: Rate;
  readonly missCost?: number;
  readonly alarmCost?: number;
  readonly yen?: Rate;
  /** If nothing were inspected and every defect passed. */
  readonly yenWithout?: number;
  /** False alarms for each defect that is caught: it pays while a miss costs more than that many. */
  readonly breakEven?: number;
}

/**
 * Rates are of evaluation pictures; the interval's ends are multiplied through, and the two costs'
 * ends are added, which is wider than their joint 95 %.
 */
export function dailyCost(volume: Volume, { wrong, inspection }: DailyRates): DailyCost {
  const { perDay, missCost, alarmCost } = volume;
  const costs = {
    ...(missCost !== undefined && { missCost }),
    ...(alarmCost !== undefined && { alarmCost }),
  };
  if (!inspection) return { volume: perDay, wrong: times(wrong, perDay), ...costs };
  const defectShare = volume.defectShare ?? inspection.defectShare;
  const defects = perDay * defectShare;
  const missed = times(inspection.missed, defects);
  const falseAlarms = times(inspection.falseAlarms, perDay - defects);
  const caught = defects - missed.value;
  return {
    volume: perDay,
    defectShare,
    wrong: plus(missed, falseAlarms),
    missed,
    falseAlarms,
    ...costs,
    ...(missCost !== undefined &&
      alarmCost !== undefined && {
        yen: plus(times(missed, missCost), times(falseAlarms, alarmCost)),
        yenWithout: defects * missCost,
      }),
    ...(caught > 0 && { breakEven: falseAlarms.value / caught }),
  };
}

function times({ value, low, high }: Rate, by: number): Rate {
  return { value: value * by, low: low * by, high: high * by };
}

function plus(a: Rate, b: Rate): Rate {
  return { value: a.value + b.value, low: a.low + b.low, high: a.high + b.high };
}
