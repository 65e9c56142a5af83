/** Times ways on memory of their own: a primitive with the conversions that it would need, or a list of steps. */
import { bindingTo } from "./bind.ts";
import { packArguments } from "./calls.ts";
import { mapMemory } from "./ffi.ts";
import { type Description, type Layout, type Library, type Part, roles } from "./library.ts";
import { layOut, lifetimes } from "./liveness.ts";
import type { Lowering } from "./lowering.ts";
import { type Timing, timingOf, unknownTiming } from "./timing.ts";

export interface Measured {
  readonly description: Description;
  readonly inputs: readonly Part[];
  readonly output: Part;
  readonly bias?: Layout;
  /** Reorders that come with it in each run. */
  readonly conversions: readonly { readonly from: Layout; readonly to: Layout }[];
}

/** `unknownTiming` where there is no memory to try it in. */
export function measureSteps(library: Library, of: Measured): Timing {
  const parts = [...of.inputs, of.output, "scratchpad"] as const;
  const wanted = [
    ...parts.map((part) => [roles[part], of.description.layout(part)] as const),
    ...(of.bias ? [[roles.bias, of.bias] as const] : []),
  ];
  const layouts = [
    ...wanted.map(([, layout]) => layout),
    ...of.conversions.flatMap(({ from, to }) => [from, to]),
  ];
  const starts = [0];
  for (const [i, { bytes }] of layouts.entries()) starts.push(starts[i] + padded(bytes));
  using mapped = mapMemory(Math.max(4096, starts.at(-1) ?? 0));
  if (!mapped) return unknownTiming;
  mapped.fillSmall();
  const memories = layouts.map((layout, i) =>
    library.memory(layout, mapped.address + BigInt(starts[i])),
  );
  const primitive = library.primitive(of.description);
  const args = packArguments(wanted.map(([role], i) => [role, memories[i]] as const));
  const before = of.conversions.flatMap(({ from, to }, i) => {
    const by = library.reorder(from, to);
    if (!by) return [];
    const given = [
      [roles.source, memories[wanted.length + 2 * i]],
      [roles.destination, memories[wanted.length + 2 * i + 1]],
    ] as const;
    return [{ primitive: library.primitive(by), args: packArguments(given), by }];
  });
  const timing = timingOf(() => {
    for (const one of before) library.execute(one.primitive, one.args);
    library.execute(primitive, args);
  });
  library.destroy({ primitives: [primitive, ...before.map((one) => one.primitive)], memories });
  library.destroyDescriptions(before.map(({ by }) => by));
  return timing;
}

/** The same of all that was lowered, whose descriptions end with it. */
export function measureLowered(
  library: Library,
  { steps, descriptions }: Pick<Lowering, "steps" | "descriptions">,
): Timing {
  const arena = layOut(lifetimes(steps, { begins: [], ends: [] }));
  using mapped = mapMemory(Math.max(4096, arena.bytes));
  let timing = unknownTiming;
  if (mapped) {
    mapped.fillSmall();
    const binding = bindingTo({ library, arena, mapped });
    const bound = steps.map(binding.bind);
    timing = timingOf(() => {
      for (const step of bound) step();
    });
    binding.release();
  }
  library.destroyDescriptions(descriptions);
  return timing;
}

function padded(bytes: number): number {
  return Math.ceil(bytes / 64) * 64;
}
