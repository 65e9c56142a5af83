/** Looks at the encoder while it trains: at the start, then at evenly spread steps. */
import { createEmbedder } from "./embedder.ts";
import type { Best, TrainOptions } from "./options.ts";
import { placeOf } from "./order.ts";
import type { Session } from "./session.ts";
import type { Settings } from "./settings.ts";

export interface Evaluator extends AsyncDisposable {
  /** Whether a look is due after this many steps. */
  due(step: number): boolean;
  look(step: number): Promise<Best | undefined>;
}

export async function openEvaluator(
  { evaluate, executor }: TrainOptions,
  { settings, session, steps }: { settings: Settings; session: Session; steps: number },
): Promise<Evaluator> {
  if (!evaluate) {
    return {
      due: () => false,
      look: async () => undefined,
      [Symbol.asyncDispose]: async () => {},
    };
  }
  const { backbone, size, stepsPerEpoch } = settings;
  const { taps, batch, run, times } = evaluate;
  const due = evaluationSteps(steps, times);
  const choice = { ...(taps && { taps }), ...(batch !== undefined && { batch }) };
  const embedder = await createEmbedder({ executor, backbone, size, ...choice });
  return {
    due: (step) => due.has(step),
    async look(step) {
      await embedder.load(await session.read());
      return await run({ step, epoch: placeOf(step, stepsPerEpoch).epoch }, embedder);
    },
    [Symbol.asyncDispose]: () => embedder.dispose(),
  };
}

/** `times` steps, evenly spread, the last one among them. */
function evaluationSteps(steps: number, times: number): ReadonlySet<number> {
  const due = Array.from({ length: times }, (_, i) => Math.round(((i + 1) * steps) / times));
  return new Set(due.filter((step) => step > 0));
}
