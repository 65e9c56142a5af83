/** Running statistics for an encoder that never trained, so that it is a fair baseline. */
import { type Executor, type ProgramSpec, placeholder } from "../../engine/index.ts";
import { type Backbone, encoder, features } from "../backbones/index.ts";
import { placeholders, type ValueTree } from "../nn/index.ts";
import { embeddingBatch, writeOwned } from "./embedder.ts";
import type { Inputs } from "./inputs.ts";

export interface StatisticsOptions {
  readonly executor: Executor;
  readonly backbone: Backbone;
  readonly values: ValueTree;
  /** The training pictures, or a sample of them. */
  readonly inputs: Inputs;
  readonly size: number;
  readonly batch?: number;
}

/**
 * The values with each running mean and variance replaced by the plain average over whole batches
 * (as `torch.optim.swa_utils.update_bn`). A last batch that is not full is left out.
 */
export async function estimateBatchStatistics(options: StatisticsOptions): Promise<ValueTree> {
  const { executor, backbone, values, inputs, size } = options;
  const batch = Math.min(options.batch ?? embeddingBatch(backbone, { size }), inputs.count);
  const layer = encoder(backbone);
  const x = placeholder("pictures", [batch, 3, size, size]);
  const mode = { kind: "train", momentum: 1 } as const;
  const { updates } = features(backbone, placeholders(layer), x, mode);
  const spec: ProgramSpec = { outputs: updates };
  const program = await executor.compile(spec);
  try {
    await writeOwned(program, spec, values);
    const sums = new Map(layer.state.map(({ name, shape }) => [name, new Float64Array(shape[0])]));
    const length = 3 * size * size;
    const pictures = new Float32Array(batch * length);
    const batches = Math.floor(inputs.count / batch);
    for (let b = 0; b < batches; b++) {
      for (let i = 0; i < batch; i++) inputs.fill(b * batch + i, pictures, i * length);
      const found = await program.run({ pictures });
      for (const [name, sum] of sums) {
        for (let c = 0; c < sum.length; c++) sum[c] += found[name][c] / batches;
      }
    }
    const estimated = [...sums].map(([name, sum]) => [name, Float32Array.from(sum)] as const);
    return { ...values, ...Object.fromEntries(estimated) };
  } finally {
    await program.dispose();
  }
}
