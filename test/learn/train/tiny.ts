/** A training so small that the reference executor does a step in milliseconds. */
import { type Clock, type Event, keyFromSeed, uniform } from "../../../src/base/index.ts";
import { referenceExecutor } from "../../../src/engine/executors/reference/index.ts";
import { simclrRecipe } from "../../../src/learn/augment/index.ts";
import { backbone } from "../../../src/learn/backbones/index.ts";
import { method } from "../../../src/learn/methods/index.ts";
import type {
  MetricsRow,
  Pictures,
  SavedCheckpoint,
  TrainOptions,
} from "../../../src/learn/train/index.ts";

/** Pictures of 8 × 9 pixels, each with a colour of its own and some noise. */
export function picturesOf(count: number, seed = 1): Pictures {
  const [height, width] = [8, 9];
  const pictures = Array.from({ length: count }, (_, i) => {
    const draws = uniform(keyFromSeed(seed * 1000 + i), 3 + height * width * 3);
    return Uint8Array.from({ length: height * width * 3 }, (_, at) =>
      Math.floor(draws[at % 3] * 200 + draws[3 + at] * 55),
    );
  });
  return { count, size: () => ({ height, width }), read: (i) => pictures[i] };
}

/** Each reading is a millisecond later. */
export function countingClock(): Clock {
  let time = 0;
  return { monotonic: () => time++, now: () => new Date(0) };
}

export function tiny(change: Partial<TrainOptions> = {}): TrainOptions {
  return {
    executor: referenceExecutor(),
    clock: countingClock(),
    pictures: picturesOf(14),
    data: "tiny",
    backbone: backbone("res-1-4"),
    method: method("simclr"),
    recipes: simclrRecipe({ size: 8 }),
    projector: [6, 5],
    batch: 4,
    seed: 5,
    duration: { epochs: 3 },
    gaugeEvery: 2,
    ...change,
  };
}

/** What a training says and saves, kept. */
export function recorder() {
  const rows: MetricsRow[] = [];
  const events: Event[] = [];
  const saved: { step: number; bytes: Uint8Array }[] = [];
  return {
    rows,
    events,
    saved,
    hooks: {
      onMetrics: (row: MetricsRow) => void rows.push(row),
      emit: (event: Event) => void events.push(event),
      save: async ({ step, parts }: SavedCheckpoint) => {
        saved.push({ step, bytes: new Uint8Array(Buffer.concat(parts)) });
      },
    },
    /** Notices by code. */
    codes: () => events.flatMap((event) => (event.type === "notice" ? [event.code] : [])),
  };
}

/** A row without what depends on the clock. */
export function timeless({ milliseconds: _, wait: __, ...row }: MetricsRow) {
  return row;
}
