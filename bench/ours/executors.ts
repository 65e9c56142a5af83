/** Executors by name, for contestants; the first that is here is what a bench takes unasked. */
import { z } from "zod";
import {
  type Executor,
  type OnednnOptions,
  onednnExecutor,
  ortExecutor,
} from "../../src/engine/index.ts";

interface Asked {
  readonly threads: number;
}

const makers: Readonly<Record<string, (asked: Asked) => Promise<Executor>>> = {
  onednn: onednn("auto"),
  "onednn f32": onednn("f32"),
  "onednn bf16": onednn("bf16"),
  ort: ({ threads }) => ortExecutor({ threads }),
};

/** The library that is named, or the one that the system's loader finds. */
function onednn(precision: OnednnOptions["precision"]): (asked: Asked) => Promise<Executor> {
  const library = process.env.TANAFUDA_ONEDNN ?? "libdnnl.so.2";
  return ({ threads }) => onednnExecutor({ library, threads, ...(precision && { precision }) });
}

export const executorAsked = z.object({
  executor: z.string().optional(),
  threads: z.int().min(1),
});

export async function openExecutor({
  executor = Object.keys(makers)[0],
  threads,
}: z.infer<typeof executorAsked>): Promise<Executor> {
  const make = makers[executor];
  if (make) return await make({ threads });
  throw new RangeError(
    `there is no executor "${executor}"; there are ${Object.keys(makers).join(", ")}`,
  );
}
