/** How one of several ways is chosen: from a plan, from what was measured before, or by measuring now. */
import { availableParallelism, cpus } from "node:os";
import { type Json, Problem } from "../../../base/index.ts";
import { processorFeatures } from "../processor.ts";
import type { Library } from "./library.ts";
import { fastest, type Timing } from "./timing.ts";

export interface Way {
  /** What the plan and the tuning file say: "winograd f32". */
  readonly name: string;
  measure(): Timing;
}

/** The name of the way to take, one of `ways`; `key` is the op with its shapes. */
export type Choose = (key: string, ways: readonly Way[]) => string;

/** What was measured on this host, kept from process to process by whoever makes the executor. */
export interface TuningStore {
  read(key: string): Json | undefined;
  write(key: string, value: Json): void;
}

export type TuningEvent =
  | { readonly kind: "begin" }
  | { readonly kind: "end"; readonly choices: number; readonly seconds: number };

export interface ChooserOptions {
  readonly library: Pick<Library, "version">;
  readonly threads: number;
  readonly store?: TuningStore;
  readonly onTuning?: (event: TuningEvent) => void;
}

export interface Chooser {
  readonly choose: Choose;
  /** Chooses as `choose` does, but without measuring: where nothing is known it takes this way. */
  guessing(unknown: "first" | "last"): Choose;
  /** Follows these choices alone; throws `engine/plan-differs` where one is missing. */
  following(choices: Readonly<Record<string, string>>): Choose;
  /** Tells the end of measuring, if there was any since the last time, and stores what was found. */
  settle(): void;
}

export function createChooser({ library, threads, store, onTuning }: ChooserOptions): Chooser {
  const host = hostKey(library, threads);
  const known = new Map<string, string>();
  const unsaved = new Map<string, string>();
  let begun = false;
  let measuring = false;
  let milliseconds = 0;

  function lookUp(key: string, ways: readonly Way[]): string | undefined {
    const found = known.get(key) ?? stored(key, ways);
    return ways.some(({ name }) => name === found) ? found : undefined;
  }

  function stored(key: string, ways: readonly Way[]): string | undefined {
    const value = store?.read(storeKey(key, ways));
    return typeof value === "string" ? value : undefined;
  }

  /** A way that was not there to be measured then makes it another question. */
  function storeKey(key: string, ways: readonly Way[]): string {
    return `${host}: ${key}: ${ways.map(({ name }) => name).join(" | ")}`;
  }

  return {
    choose(key, ways) {
      if (ways.length < 2) return ways[0]?.name ?? "";
      const found = lookUp(key, ways);
      if (found !== undefined) return found;
      if (!begun) onTuning?.({ kind: "begin" });
      begun = true;
      // Trying a whole program chooses for its parts on the way: their time is within.
      const within = measuring;
      measuring = true;
      const started = performance.now();
      const best = fastest(ways.map(({ name, measure }) => ({ name, timing: measure() })));
      measuring = within;
      if (!within) milliseconds += performance.now() - started;
      known.set(key, best);
      unsaved.set(storeKey(key, ways), best);
      return best;
    },
    guessing: (unknown) => (key, ways) =>
      lookUp(key, ways) ?? ways.at(unknown === "first" ? 0 : -1)?.name ?? "",
    following: (choices) => (key, ways) => {
      if (ways.length < 2) return ways[0]?.name ?? "";
      const name = choices[key];
      if (ways.some((way) => way.name === name)) return name;
      const offered = ways.map((way) => way.name).join(", ");
      throw new Problem("engine/plan-differs", { reason: `${key}: ${name ?? "–"} ∉ ${offered}` });
    },
    settle() {
      if (unsaved.size === 0) return;
      for (const [key, name] of unsaved) store?.write(key, name);
      onTuning?.({ kind: "end", choices: unsaved.size, seconds: milliseconds / 1000 });
      unsaved.clear();
      milliseconds = 0;
    },
  };
}

/**
 * Times hold for one processor, library and number of threads. A virtual machine may hide features of a
 * processor behind the same name, and users carry their cache from host to host.
 */
function hostKey({ version }: Pick<Library, "version">, threads: number): string {
  const model = [cpus()[0]?.model.trim() ?? "unknown", ...(processorFeatures() ?? [])].join(" ");
  return `onednn ${version}, ${model}, ${threads} of ${availableParallelism()} threads`;
}
