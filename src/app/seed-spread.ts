/** Numbers of representations that differ in nothing but their seed: mean and spread over them. */
import { identity, type Measurement, spreadOverSeeds } from "../learn/measure/index.ts";
import type { Representation } from "../registry/index.ts";
import type { SubjectsMeasured } from "./measure-subjects.ts";

export interface SeedSpread {
  readonly of: "trained" | "untrained";
  /** References of the representations, one for each seed. */
  readonly representations: readonly string[];
  readonly measurement: Pick<
    Measurement,
    "measure" | "statistic" | "protocol" | "split" | "features"
  > & {
    readonly labelSet?: string;
  };
  readonly values: readonly number[];
  readonly mean: number;
  readonly deviation: number;
  readonly low: number;
  readonly high: number;
}

interface Measured {
  readonly representation: Representation;
  readonly of: SubjectsMeasured;
}

/** One row for each number that two or more seeds of the same configuration gave. */
export function seedSpreads(measured: readonly Measured[]): SeedSpread[] {
  const families = new Map<string, Measured[]>();
  for (const one of measured) {
    const { method, backbone, dataset, steps } = one.representation.document;
    const family = JSON.stringify([method, backbone, dataset, steps]);
    families.set(family, [...(families.get(family) ?? []), one]);
  }
  return [...families.values()]
    .filter((family) => new Set(family.map(seedOf)).size === family.length && family.length > 1)
    .flatMap((family) =>
      (["trained", "untrained"] as const).flatMap((of) => spreadsOf(family, of)),
    );
}

function spreadsOf(family: readonly Measured[], of: "trained" | "untrained"): SeedSpread[] {
  const [first, ...others] = family.map((one) => one.of.subjects[of].measurements);
  return first.flatMap((one) => {
    if (one.control !== undefined) return [];
    const found = [
      one,
      ...others.map((list) => list.find((other) => identity(other) === identity(one))),
    ];
    const values = found.flatMap((other) => other?.value ?? []);
    if (values.length < family.length) return [];
    const { mean, deviation, low, high } = spreadOverSeeds(values);
    const { measure, statistic, protocol, split, features, labelSet } = one;
    const named = { measure, statistic, protocol, split, features };
    return [
      {
        of,
        representations: family.map(({ representation }) => representation.reference),
        measurement: { ...named, ...(labelSet !== undefined && { labelSet }) },
        values,
        mean,
        deviation,
        low,
        high,
      },
    ];
  });
}

function seedOf({ representation }: Measured): number {
  return representation.document.seed;
}
