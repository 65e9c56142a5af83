/** The child's side of the conversation, for contestants written here (bench/peers has Python's). */
import { createInterface } from "node:readline";
import type { z } from "zod";
import type { Json } from "../../src/base/index.ts";

/** One thing that can be asked: what it must be told, and the work. */
export type Handler = (asked: unknown) => Promise<Json>;

export function handler<Asked>(
  schema: z.ZodType<Asked>,
  work: (asked: Asked) => Promise<Json>,
): Handler {
  return async (asked) => await work(schema.parse(asked));
}

/** Answers until the input ends. A request that fails is answered with its reason. */
export async function serve(
  versions: Readonly<Record<string, string>>,
  handlers: Readonly<Record<string, Handler>>,
): Promise<void> {
  const say = (answer: Json) => process.stdout.write(`${JSON.stringify(answer)}\n`);
  say({ ready: versions });
  for await (const line of createInterface({ input: process.stdin })) {
    const asked: { do?: string } = JSON.parse(line);
    const handle = asked.do === undefined ? undefined : handlers[asked.do];
    try {
      if (!handle) throw new RangeError(`nothing here does "${asked.do}"`);
      say({ ok: await handle(asked) });
    } catch (cause) {
      say({ error: cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause) });
    }
  }
}
