/** What a person asks of views: presets become single stages, and what is asked now wins over the file. */
import { Problem } from "../base/index.ts";
import { type Adjustments, type AugmentPreset, augmentPresets } from "../learn/augment/index.ts";
import { nearest } from "../registry/index.ts";

/** As on the command line. */
export interface ViewOptions extends Adjustments {
  /** Names of presets; a later one wins, a single stage wins over all. */
  readonly augment?: readonly string[];
  /** Of the second view alone; of the workspace's file. */
  readonly secondView?: Adjustments;
}

const stages = [
  ...(["crop", "flip", "turns", "colour", "hue"] as const),
  ...(["grayscale", "blur", "solarize"] as const),
];

/** The stages alone, of options that hold more. */
export function adjustmentsOf(options: ViewOptions): Adjustments {
  const asked = stages.filter((stage) => options[stage] !== undefined);
  return Object.fromEntries(asked.map((stage) => [stage, options[stage]]));
}

/** Presets written out, so that what is kept says what was done whatever a preset comes to mean. */
export function writtenOut(options: ViewOptions): ViewOptions {
  const { augment = [], secondView } = options;
  const named = augment.map((name) => {
    if (isPreset(name)) return augmentPresets[name];
    const known = Object.keys(augmentPresets);
    const values = { name, known: known.join(", "), nearest: nearest(name, known) };
    throw new Problem("app/augment-unknown", values);
  });
  const merged = Object.assign({}, ...named, adjustmentsOf(options));
  return { ...merged, ...(secondView && { secondView }) };
}

/** What is given for both views is not undone by the file's second view. */
export function mergeViews(file: ViewOptions, given: ViewOptions): ViewOptions {
  const { secondView, ...both } = { ...writtenOut(file), ...writtenOut(given) };
  const kept = Object.entries(secondView ?? {}).filter(
    ([stage]) => given.secondView !== undefined || !(stage in writtenOut(given)),
  );
  return { ...both, ...(kept.length > 0 && { secondView: Object.fromEntries(kept) }) };
}

function isPreset(name: string): name is AugmentPreset {
  return Object.hasOwn(augmentPresets, name);
}
