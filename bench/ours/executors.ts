/** Executors by name, for contestants; the first that is here is what a bench takes unasked. */
import { z } from "zod";
import { findOnednn } from "../../src/app/find-onednn.ts";
import { askPython } from "../../src/app/job/python.ts";
import {
  type Executor,
  findTorch,
  type OnednnOptions,
  onednnExecutor,
  ortExecutor,
  type TorchOptions,
  torchExecutor,
} from "../../src/engine/index.ts";
import { peersPython } from "../harness/index.ts";

interface Asked {
  readonly threads: number;
  readonly device: string;
}

const makers: Readonly<Record<string, (asked: Asked) => Promise<Executor>>> = {
  onednn: onednn("auto"),
  "onednn f32": onednn("f32"),
  "onednn bf16": onednn("bf16"),
  ort: ({ threads }) => ortExecutor({ threads }),
  "torch f32": torch({ channelsLast: false }),
  "torch tf32 channels_last": torch({ channelsLast: true, precision: "tf32" }),
  "torch f32 channels_last": torch({ channelsLast: true }),
  "torch bf16": torch({ channelsLast: false, precision: "bf16" }),
  "torch bf16 channels_last": torch({ channelsLast: true, precision: "bf16" }),
};

/** Tunes afresh in each process: what is timed was chosen on this machine, now. */
function onednn(precision: OnednnOptions["precision"]): (asked: Asked) => Promise<Executor> {
  return ({ threads }) =>
    onednnExecutor({ library: findOnednn().path, threads, ...(precision && { precision }) });
}

/** On the very library that the peers run in, as free in its algorithms as they are. */
function torch(options: TorchOptions): (asked: Asked) => Promise<Executor> {
  return async ({ threads, device }) => {
    const ask = () => askPython(peersPython());
    const library = await findTorch({ environment: {}, ask });
    return await torchExecutor({ algorithms: "fastest", ...options, library, threads, device });
  };
}

export const executorAsked = z.object({
  executor: z.string().optional(),
  threads: z.int().min(1),
  device: z.string().default("cpu"),
});

export async function openExecutor({
  executor = Object.keys(makers)[0],
  threads,
  device = "cpu",
}: z.input<typeof executorAsked>): Promise<Executor> {
  const make = makers[executor];
  if (make) return await make({ threads, device });
  throw new RangeError(
    `there is no executor "${executor}"; there are ${Object.keys(makers).join(", ")}`,
  );
}
