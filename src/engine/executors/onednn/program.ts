/** A compiled program: one arena, the primitives on it, and a loop over the flat list. */
import { type Json, Problem } from "../../../base/index.ts";
import type { ProgramSpec } from "../../graph/index.ts";
import { bindingsOf, checkInputs, checkValues, ownedNode, wantedOutputs } from "../bindings.ts";
import type { Program, Values } from "../executor.ts";
import { returnFreed } from "../heap.ts";
import { type Binding, bindingTo } from "./bind.ts";
import { type Mapped, mapMemory } from "./ffi.ts";
import type { Held, Storage } from "./held.ts";
import type { Library } from "./library.ts";
import { type Arena, layOut, lifetimes } from "./liveness.ts";
import type { Lowered } from "./lower.ts";
import { type Timing, timingOf } from "./timing.ts";

export function arenaOf(lowered: Lowered): Arena {
  const { prologue, steps, begins, ends } = lowered;
  return layOut(lifetimes([...prologue, ...steps], { begins, ends }));
}

/** A primitive with its code, its handles and the step that runs it takes about so much beside the arena. */
const stepBytes = 8192;

export function bytesOf(lowered: Lowered, arena = arenaOf(lowered)): number {
  return arena.bytes + stepBytes * (lowered.prologue.length + lowered.steps.length);
}

export interface NativeProgram extends Program {
  /** Of runs on small values of no meaning. */
  rehearse(): Timing;
  release(): void;
}

interface Making {
  readonly lowered: Lowered;
  readonly plan: Json;
  readonly threads: number;
}

/** What it was lowered to is its own from here on, also where it cannot be made. */
export function createProgram(library: Library, spec: ProgramSpec, making: Making): NativeProgram {
  const { descriptions } = making.lowered;
  const opened: (() => void)[] = [() => library.destroyDescriptions(descriptions)];
  const release = () => {
    for (const close of opened.splice(0).reverse()) close();
  };
  try {
    const arena = arenaOf(making.lowered);
    const mapped = mapMemory(arena.bytes);
    if (!mapped) {
      const needed = bytesOf(making.lowered, arena);
      throw new Problem("engine/out-of-memory", { needed });
    }
    opened.push(() => mapped[Symbol.dispose]());
    const lendable = lendableOf(making.lowered);
    const binding = bindingTo({ library, arena, mapped, lendable });
    opened.push(() => binding.release());
    return programOn({ mapped, binding, lendable, release }, { ...making, library, spec });
  } catch (thrown) {
    release();
    throw thrown;
  }
}

/** Inputs that nothing writes to, and outputs, that only primitives of the library touch. */
function lendableOf({ prologue, steps, inputs, owned, outputs }: Lowered): ReadonlySet<Storage> {
  const [ins, outs] = [inputs, outputs].map((of) => new Set([...of.values()].map(storageOf)));
  const kept = new Set([...owned.values()].map(storageOf));
  const touched = [...prologue, ...steps].flatMap(({ kind, reads, writes }) => {
    return kind === "host" ? [...reads, ...writes] : writes.filter((storage) => ins.has(storage));
  });
  const all = [...inputs.values(), ...outputs.values()].filter(({ layout, storage }) => {
    const isBoth = ins.has(storage) && outs.has(storage);
    return layout.type === "f32" && !isBoth && !kept.has(storage);
  });
  return new Set(all.map(storageOf).filter((storage) => !touched.includes(storage)));
}

function storageOf({ storage }: Held): Storage {
  return storage;
}

interface Memory {
  readonly mapped: Mapped;
  readonly binding: Binding;
  readonly lendable: ReadonlySet<Storage>;
  readonly release: () => void;
}

function programOn(
  { mapped, binding: { place, bind, lend }, lendable, release: close }: Memory,
  { library, spec, lowered, plan, threads }: Making & { library: Library; spec: ProgramSpec },
): NativeProgram {
  const bindings = bindingsOf(spec);
  const prologue = lowered.prologue.map(bind);
  const steps = lowered.steps.map(bind);
  for (const { held, values } of lowered.constants) {
    const target = held.layout.type === "s32" ? place.integers(held) : place.floats(held);
    if (values.length === 1) target.fill(values[0]);
    else target.set(values);
  }
  const arrays = (of: ReadonlyMap<string, Held>) =>
    new Map(
      [...of].map(
        ([name, held]) =>
          [name, held.layout.type === "s32" ? place.integers(held) : place.floats(held)] as const,
      ),
    );
  const inputs = arrays(lowered.inputs);
  const owned = arrays(lowered.owned);
  const outputs = arrays(lowered.outputs);
  let stale = true;
  let open = true;

  function alive(): void {
    if (!open) throw new Problem("engine/program-disposed", { executor: "onednn" });
  }

  function prepare(given: Readonly<Record<string, Values>>, lent?: ReadonlySet<string>): void {
    for (const [name, target] of inputs) if (!lent?.has(name)) target.set(given[name]);
    library.setThreads(threads);
    if (stale) for (const step of prologue) step();
    stale = false;
  }

  /** Lends what can be; the names of those, and what gives them back. */
  function borrow(held: ReadonlyMap<string, Held>, arrays: Readonly<Record<string, Values>>) {
    const returns = new Map<string, () => void>();
    for (const [name, { storage, layout }] of held) {
      const values = arrays[name];
      if (!(values instanceof Float32Array) || !lendable.has(storage)) continue;
      if (values.byteLength === layout.bytes) returns.set(name, lend(storage, values));
    }
    return returns;
  }

  return {
    plan,
    async run(given = {}, { outputs: asked, into = {}, inPlace } = {}) {
      alive();
      checkInputs(bindings, given);
      const wanted = wantedOutputs(spec, asked);
      const read = borrow(lowered.inputs, inPlace ? given : {});
      const arrays = Object.entries(into).filter(([name]) => wanted.includes(name));
      const written = borrow(lowered.outputs, inPlace ? Object.fromEntries(arrays) : {});
      try {
        prepare(given, new Set(read.keys()));
        for (const step of steps) step();
      } finally {
        for (const giveBack of [...read.values(), ...written.values()]) giveBack();
      }
      const result = (name: string) =>
        written.has(name) ? into[name] : copied(outputs.get(name) ?? noValues, into[name]);
      return Object.fromEntries(wanted.map((name) => [name, result(name)]));
    },
    async profile(given = {}) {
      alive();
      checkInputs(bindings, given);
      prepare(given);
      return steps.map((step, i) => {
        const { label, kind, ...rest } = lowered.steps[i];
        const start = performance.now();
        step();
        const milliseconds = performance.now() - start;
        const kernel = "description" in rest ? rest.description.kernel : kind;
        return { label, kernel, milliseconds };
      });
    },
    async read(name) {
      alive();
      ownedNode(bindings, name);
      return Float32Array.from(owned.get(name) ?? []);
    },
    async write(name, values) {
      alive();
      checkValues(ownedNode(bindings, name), values);
      owned.get(name)?.set(values);
      stale = true;
    },
    rehearse() {
      mapped.fillSmall();
      for (const target of inputs.values()) if (target instanceof Int32Array) target.fill(0);
      library.setThreads(threads);
      return timingOf(() => {
        for (const step of [...prologue, ...steps]) step();
      });
    },
    async dispose() {
      release();
    },
    release,
  };

  function release(): void {
    if (!open) return;
    open = false;
    for (const map of [inputs, owned, outputs]) map.clear();
    close();
    // Describing primitives leaves the heap in small pieces, some 40 KB of pages for each program.
    returnFreed();
  }
}

const noValues = new Float32Array(0);

/** In the array offered where it is of the right length, else in a new one. */
function copied(values: Values, into: Float32Array | undefined): Float32Array {
  if (into?.length !== values.length) return Float32Array.from(values);
  into.set(values);
  return into;
}
