/**
 * Values that lie idle while most is alive are computed again for their later readers rather than kept
 * (Chen et al. 2016, "Training deep nets with sublinear memory cost"), where one or two passes over memory
 * give them from what is alive anyway: batch norm, layer norm and GELU from their inputs, and another layout
 * of those. The same primitive on the same memory gives the same bits.
 */
import type { Held, Storage } from "./held.ts";
import { lifetimes } from "./liveness.ts";
import type { PrimitiveStep, Step } from "./step.ts";

interface Ends {
  readonly begins: readonly Storage[];
  readonly ends: readonly Storage[];
}

/** Passes over memory that one value may take. */
const longest = 2;
/** Values below this share of the peak are kept. */
const least = 1 / 256;

/** Steps that end with the same values in less memory: as long as it lowers the peak, one value after the other. */
export function recompute(steps: readonly Step[], ends: Ends): readonly Step[] {
  let now = steps;
  for (let next = shortened(now, ends); next; next = shortened(now, ends)) now = next;
  return now;
}

/** Where a storage is read and written, by the numbers of steps. */
interface Uses {
  readonly reads: readonly number[];
  readonly writes: readonly number[];
}

interface Known {
  readonly steps: readonly Step[];
  readonly uses: ReadonlyMap<Storage, Uses>;
  /** Storages that are given or stored: they stay where they are. */
  readonly fixed: ReadonlySet<Storage>;
  /** The last step at which each is alive. */
  readonly last: ReadonlyMap<Storage, number>;
  /** Bytes alive at each step. */
  readonly alive: readonly number[];
}

/** A value that is made again before step `at` by these steps, the last of which makes it. */
interface Again {
  readonly storage: Storage;
  readonly at: number;
  readonly makers: readonly number[];
}

/** With one value less at the peak; undefined where none can be spared there. */
function shortened(steps: readonly Step[], ends: Ends): readonly Step[] | undefined {
  const known = know(steps, ends);
  const { alive } = known;
  const peak = alive.reduce((most, bytes, at) => (bytes > alive[most] ? at : most), 0);
  let best: Again | undefined;
  const gain = ({ storage, makers }: Again) => storage.bytes / makers.length;
  for (const storage of known.uses.keys()) {
    if (storage.bytes < least * alive[peak]) continue;
    const found = again(known, storage, peak);
    if (found && (!best || gain(found) > gain(best))) best = found;
  }
  return best && applied(known, best);
}

function know(steps: readonly Step[], ends: Ends): Known {
  const uses = new Map<Storage, { reads: number[]; writes: number[] }>();
  const of = (storage: Storage) => {
    const found = uses.get(storage) ?? { reads: [], writes: [] };
    uses.set(storage, found);
    return found;
  };
  for (const [at, { reads, writes }] of steps.entries()) {
    for (const storage of reads) of(storage).reads.push(at);
    for (const storage of writes) of(storage).writes.push(at);
  }
  const lives = lifetimes(steps, ends);
  const change = new Float64Array(steps.length + 2);
  for (const { storage, first, last } of lives) {
    change[Math.max(0, first)] += storage.bytes;
    change[last + 1] -= storage.bytes;
  }
  let bytes = 0;
  return {
    steps,
    uses,
    fixed: new Set([...ends.begins, ...ends.ends]),
    last: new Map(lives.map(({ storage, last }) => [storage, last])),
    alive: steps.map((_, at) => (bytes += change[at])),
  };
}

/** How a storage that lies idle at the peak can be made again for those who read it after. */
function again(known: Known, storage: Storage, peak: number): Again | undefined {
  const { steps, uses, alive } = known;
  const { reads, writes } = uses.get(storage) ?? { reads: [], writes: [] };
  if (reads.includes(peak) || writes.some((at) => at >= peak)) return undefined;
  const later = reads.filter((at) => at > peak);
  const [at] = later;
  if (at === undefined || later.some((reader) => steps[reader].kind !== "primitive"))
    return undefined;
  const makers = makersOf(known, storage, { at, passes: longest });
  if (!makers) return undefined;
  const between = makers.slice(0, -1).flatMap((maker) => steps[maker].writes);
  const meanwhile = between.reduce((sum, { bytes }) => sum + bytes, alive[at]);
  return meanwhile < alive[peak] ? { storage, at, makers } : undefined;
}

/** The steps that make a storage from what is alive at step `at`, unchanged since they ran first. */
function makersOf(
  known: Known,
  storage: Storage,
  { at, passes }: { readonly at: number; readonly passes: number },
): readonly number[] | undefined {
  const { steps, uses, fixed, last } = known;
  const writes = uses.get(storage)?.writes ?? [];
  const [maker] = writes;
  if (passes === 0 || writes.length !== 1 || storage.kept || fixed.has(storage)) return undefined;
  const step = steps[maker];
  if (step.kind !== "primitive" || !step.repeatable) return undefined;
  const once = (other: Storage) => uses.get(other)?.writes.length === 1;
  if (!step.writes.every((other) => once(other) && !fixed.has(other))) return undefined;
  const before: number[] = [];
  for (const source of step.reads) {
    const changed = uses.get(source)?.writes.some((write) => write > maker && write < at);
    if (changed) return undefined;
    if (source.kept || (last.get(source) ?? -1) >= at) continue;
    const found = makersOf(known, source, { at, passes: passes - 1 });
    if (!found || before.length > 0) return undefined;
    before.push(...found);
  }
  return [...before, maker];
}

function applied({ steps, last }: Known, { storage, at, makers }: Again): readonly Step[] {
  const renewed = new Map<Storage, Storage>([[storage, { ...storage }]]);
  for (const other of makers.flatMap((maker) => steps[maker].writes)) {
    const ended = (last.get(other) ?? -1) < at;
    if (ended && !renewed.has(other)) renewed.set(other, { ...other });
  }
  const made = makers.map((maker) => {
    const step = on(steps[maker], renewed);
    return { ...step, label: `${step.label} again` };
  });
  const later = new Map([[storage, renewed.get(storage) ?? storage]]);
  return [
    ...steps.slice(0, at),
    ...made,
    ...steps.slice(at).map((step) => (step.reads.includes(storage) ? on(step, later) : step)),
  ];
}

/** A primitive on other memory. */
function on(step: Step, renewed: ReadonlyMap<Storage, Storage>): Step {
  if (step.kind !== "primitive") return step;
  const moved = (storage: Storage) => renewed.get(storage) ?? storage;
  const given: PrimitiveStep["given"] = step.given.map(([role, held]) => [role, onto(held, moved)]);
  return { ...step, given, reads: step.reads.map(moved), writes: step.writes.map(moved) };
}

function onto(held: Held, moved: (storage: Storage) => Storage): Held {
  return { ...held, storage: moved(held.storage) };
}
