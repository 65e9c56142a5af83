/** What can be said of features without any label: rank, spectrum, collapse. */
import { fork, type Key } from "../../base/index.ts";
import { collapseStatistics } from "./collapse.ts";
import { checkMatrix, type Matrix } from "./matrix.ts";
import { finite, type Measurement, type MeasureName, type Statistic } from "./measurement.ts";
import { type Features, protocolId, withFeatures } from "./protocol.ts";
import { spectrum, spectrumDefaults } from "./spectrum.ts";

export interface UnlabelledOptions {
  readonly key: Key;
  readonly split?: "train" | "test";
}

/** Eigenvalues that are kept beside the numbers, for a chart. */
const eigenvaluesKept = 256;

/** `matrix` as it came; `features` are made here. */
export function measureUnlabelled(
  matrix: Matrix,
  features: Features,
  { key, split = "train" }: UnlabelledOptions,
): Measurement[] {
  checkMatrix(matrix, split);
  const prepared = withFeatures(matrix, features);
  const { rankMe, effectiveRank, participationRatio, eigenvalues, rows } = spectrum(prepared, {
    key: fork(key, "spectrum"),
  });
  const { spread, meanCosine, deadDimensions, columns, zeroRows } = collapseStatistics(prepared);
  const total = eigenvalues.reduce((sum, value) => sum + value, 0);
  const sampled = { rows: spectrumDefaults.rows, side: spectrumDefaults.side };
  const take = (
    measure: MeasureName,
    statistic: Statistic,
    value: number,
    rest: Partial<Measurement> = {},
  ): Measurement => ({
    measure,
    statistic,
    protocol: protocolId(measure, features, measure === "collapse" ? {} : sampled),
    features,
    split,
    value: finite(value),
    items: measure === "collapse" ? matrix.rows : rows,
    ...rest,
  });
  return [
    take("rankme", "dimensions", rankMe, { details: { columns } }),
    take("effective-rank", "dimensions", effectiveRank, {
      details: { columns, eigenvalues: [...eigenvalues.subarray(0, eigenvaluesKept)] },
    }),
    take("participation-ratio", "dimensions", participationRatio, { details: { columns } }),
    take("collapse", "spread", spread, { details: { zeroRows } }),
    take("collapse", "mean-cosine", meanCosine),
    take("collapse", "dimensions", deadDimensions, { details: { columns } }),
    take("collapse", "share", eigenvalues[0] / total),
  ];
}
