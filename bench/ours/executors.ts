/** Executors by name, for contestants; the first that is here is what a bench takes unasked. */
import { z } from "zod";
import { type Executor, ortExecutor } from "../../src/engine/index.ts";

interface Asked {
  readonly threads: number;
}

const makers: Readonly<Record<string, (asked: Asked) => Promise<Executor>>> = {
  ort: ({ threads }) => ortExecutor({ threads }),
};

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
