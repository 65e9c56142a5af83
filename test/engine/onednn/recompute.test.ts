/** What is computed again rather than kept: less at the peak, the same values. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Storage } from "../../../src/engine/executors/onednn/held.ts";
import type { Description, Layout } from "../../../src/engine/executors/onednn/library.ts";
import { lifetimes } from "../../../src/engine/executors/onednn/liveness.ts";
import { recompute } from "../../../src/engine/executors/onednn/recompute.ts";
import type { Step } from "../../../src/engine/executors/onednn/step.ts";

const layout: Layout = { dims: [1], type: "f32", bytes: 4, handle: 0n };
const description = (kernel: string): Description => ({
  handle: 0n,
  kernel,
  inputs: 1,
  layout: () => layout,
});
const storage = (bytes: number, kept = false): Storage => ({ bytes, kept });

interface Asked {
  readonly reads: readonly Storage[];
  readonly writes: readonly Storage[];
  readonly repeatable?: boolean;
}

function primitive(label: string, { reads, writes, repeatable = false }: Asked): Step {
  const held = (storage: Storage) => ({ storage, layout, offset: 0 });
  return {
    kind: "primitive",
    label,
    description: description(label),
    given: [
      ...reads.map((one) => ["source", held(one)] as const),
      ...writes.map((one) => ["destination", held(one)] as const),
    ],
    reads,
    writes,
    repeatable,
  };
}

function host(label: string, { reads, writes }: Asked): Step {
  return { kind: "host", label, bind: () => () => undefined, reads, writes };
}

interface Ends {
  readonly begins: readonly Storage[];
  readonly ends: readonly Storage[];
}

function peakOf(steps: readonly Step[], ends: Ends): number {
  const lives = lifetimes(steps, ends);
  return Math.max(
    ...steps.map((_, at) =>
      lives
        .filter(({ first, last }) => first <= at && at <= last)
        .reduce((sum, { storage: { bytes } }) => sum + bytes, 0),
    ),
  );
}

/** What the ends hold after the steps, as terms over what they began with. */
function valuesOf(steps: readonly Step[], { begins, ends }: Ends): (string | undefined)[] {
  const memory = new Map<Storage, string>(begins.map((one, i) => [one, `given ${i}`]));
  for (const step of steps) {
    const read = step.kind === "primitive" ? step.given.slice(0, step.reads.length) : undefined;
    const from = read?.map(([, held]) => held.storage) ?? step.reads;
    const name = step.kind === "primitive" ? step.description.kernel : step.label;
    const values = from.map((one) => memory.get(one) ?? "nothing").join(",");
    for (const [i, one] of step.writes.entries()) memory.set(one, `${name}.${i}(${values})`);
  }
  return ends.map((one) => memory.get(one));
}

/** x → (norm) y → (copy) z, which waits while `wide` is alive, for a reader after it. */
function waiting({ repeatable = true, reader = primitive } = {}) {
  const [x, y, z, statistics, wide, out] = [800, 800, 800, 8, 4000, 8].map((bytes) =>
    storage(bytes),
  );
  const steps = [
    primitive("norm", { reads: [x], writes: [y, statistics], repeatable }),
    primitive("copy", { reads: [y], writes: [z], repeatable: true }),
    primitive("product", { reads: [z], writes: [wide] }),
    primitive("use", { reads: [wide], writes: [out] }),
    reader("gradient", { reads: [z, out], writes: [out] }),
    primitive("norm gradient", { reads: [x, statistics, out], writes: [out] }),
  ];
  return { steps, x, z, wide, ends: { begins: [x], ends: [out] } };
}

const labels = (steps: readonly Step[]) => steps.map(({ label }) => label);

describe("recompute", () => {
  it("makes an idle value again from what is alive, through one value between", () => {
    const { steps, ends } = waiting();
    const again = recompute(steps, ends);
    expect(labels(again)).toEqual([
      ...["norm", "copy", "product", "use", "norm again", "copy again", "gradient"],
      "norm gradient",
    ]);
    expect(valuesOf(again, ends)).toEqual(valuesOf(steps, ends));
    // x, z, statistics and wide are alive at first at "product" as well; z is what "use" is spared.
    expect(peakOf(steps, ends)).toBe(800 + 800 + 8 + 4000 + 8);
    expect(peakOf(again, ends)).toBe(800 + 800 + 8 + 4000);
  });

  it.each([
    ["its maker is no pass over memory", waiting({ repeatable: false })],
    ["its reader is a loop, which is bound to its place", waiting({ reader: host })],
  ])("keeps a value where %s", (_, { steps, ends }) => {
    expect(recompute(steps, ends)).toEqual(steps);
  });

  it("keeps a value whose source is written meanwhile, or no longer there", () => {
    const { steps, x, ends } = waiting();
    const update = primitive("update", { reads: [], writes: [x] });
    const changed = [...steps.slice(0, 3), update, ...steps.slice(3)];
    expect(labels(recompute(changed, ends))).toEqual(labels(changed));
    const short = steps.slice(0, 5);
    expect(labels(recompute(short, ends))).toEqual(labels(short));
  });

  /** Each step makes a storage of its own, and one in five writes an earlier one as well. */
  const stepsOf = fc.array(
    fc.record({
      bytes: fc.integer({ min: 1, max: 100 }),
      repeatable: fc.boolean(),
      isHost: fc.nat(4).map((one) => one === 0),
      reads: fc.uniqueArray(fc.nat(99), { minLength: 1, maxLength: 3 }),
      over: fc
        .option(fc.nat(99), { freq: 4 })
        .map((at) => (at !== null && at % 4 === 0 ? at : null)),
    }),
    { minLength: 1, maxLength: 30 },
  );

  it("changes no value and never raises the peak, whatever is written over", () => {
    let repeated = 0;
    fc.assert(
      fc.property(stepsOf, (asked) => {
        const storages = [storage(10), storage(20, true), storage(30)];
        const steps = asked.map(({ isHost, repeatable, bytes, reads, over }, i) => {
          const earlier = (at: number) => storages[at % storages.length];
          const from = [...new Set(reads.map(earlier))];
          const made = [storage(bytes), ...(over === null ? [] : [earlier(over)])];
          storages.push(made[0]);
          const traffic = { reads: from, writes: made, repeatable };
          return isHost ? host(`${i}`, traffic) : primitive(`${i}`, traffic);
        });
        const ends = { begins: storages.slice(0, 3), ends: storages.slice(-3) };
        const again = recompute(steps, ends);
        repeated += again.length - steps.length;
        expect(valuesOf(again, ends)).toEqual(valuesOf(steps, ends));
        expect(peakOf(again, ends)).toBeLessThanOrEqual(peakOf(steps, ends));
      }),
      { numRuns: 500 },
    );
    expect(repeated).toBeGreaterThan(10);
  });
});
