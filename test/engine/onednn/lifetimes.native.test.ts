/** What native code is given back: every handle, and the memory of programs. */
import { describe, expect, it } from "vitest";
import {
  bytesAt,
  type ForeignLibrary,
  loadLibrary,
  mapMemory,
} from "../../../src/engine/executors/onednn/ffi.ts";
import { openLibrary } from "../../../src/engine/executors/onednn/open.ts";
import { version2 } from "../../../src/engine/executors/onednn/version2.ts";
import { version3 } from "../../../src/engine/executors/onednn/version3.ts";
import { add, onednnExecutor, placeholder, relu } from "../../../src/engine/index.ts";
import { collectGarbage, expectNoGrowth, handedOut } from "../growth.ts";
import { residualNetwork, transformerNetwork } from "../networks.ts";
import { available } from "./libraries.ts";
import { compileWith } from "./run.ts";

const kinds = [
  "primitive_desc",
  "primitive_attr",
  "post_ops",
  "memory_desc",
  "memory",
  "primitive",
];

interface Counted {
  readonly native: ForeignLibrary;
  readonly alive: Map<string, number>;
  /** What is asked for after so many calls whose names end so is refused as for want of memory. */
  refuse?: { readonly ending: string; left: number };
}

const outOfMemory = 1;

/** The library, with every creation and destruction counted by what it is of. */
function counted(native: ForeignLibrary): Counted {
  const alive = new Map<string, number>();
  const counts: Counted = {
    alive,
    native: {
      func(name, result, parameters) {
        const call = native.func(name, result, parameters);
        const kind = kinds.find((one) => new RegExp(`_${one}_(create|clone|destroy)`).test(name));
        if (!kind) return call;
        const change = /destroy/.test(name) ? -1 : 1;
        return (...values) => {
          const { refuse } = counts;
          if (refuse && name.endsWith(refuse.ending) && refuse.left-- <= 0) return outOfMemory;
          const status = call(...values);
          if (Number(status) === 0) alive.set(kind, (alive.get(kind) ?? 0) + change);
          return status;
        };
      },
    },
  };
  return counts;
}

const none = (alive: Map<string, number>) => [...alive].filter(([, count]) => count !== 0);

describe.each(available)("$name", ({ path }) => {
  const { major, version } = openLibrary(path);
  const counts = counted(loadLibrary(path));
  const { alive } = counts;
  const library = (major === 2 ? version2 : version3)(counts.native, { version, path });

  it.each([residualNetwork(), transformerNetwork()])(
    "a program gives every handle back: $name",
    async ({ spec, owned, inputs }) => {
      const program = compileWith(library, spec, /./);
      for (const [name, values] of Object.entries(owned)) await program.write(name, values);
      await program.run(inputs(0));
      expect(alive.get("primitive")).toBeGreaterThan(10);
      await program.dispose();
      await program.dispose();
      expect(none(alive)).toEqual([]);
    },
  );

  it("a program that there is no memory for gives every handle back", () => {
    const pictures = Array.from({ length: 64 }, (_, i) =>
      placeholder(`x${i}`, [1, 16, 1 << 14, 1 << 12]),
    );
    const [first, ...rest] = pictures.map((x) => relu(x));
    const spec = { outputs: { y: rest.reduce((sum, x) => add(sum, x), first) } };
    expect(() => compileWith(library, spec)).toThrow(/out-of-memory/);
    expect(none(alive)).toEqual([]);
  });

  it.each(["primitive_create", "primitive_desc_create", "attr_create", "memory_create"])(
    "a program that the library stops making at some %s gives every handle back, and says why",
    async (ending) => {
      const { spec } = residualNetwork();
      for (let left = 0; ; left = 2 * left + 1) {
        counts.refuse = { ending, left };
        try {
          await compileWith(library, spec, /./).dispose();
          break;
        } catch (thrown) {
          expect(thrown).toMatchObject({ code: "engine/library-refused" });
          expect(String(thrown)).toContain("out of memory");
        } finally {
          expect(none(alive)).toEqual([]);
        }
      }
      expect(counts.refuse.left).toBeGreaterThan(0);
      counts.refuse = undefined;
    },
  );

  it("programs that come and go leave memory as it was", { timeout: 180_000 }, async () => {
    const executor = await onednnExecutor({ library: path, threads: 2, precision: "f32" });
    await expectNoGrowth(executor, { warm: 60, programs: 40, runs: 2 });
  });
});

it("reading native memory leaves nothing in the heap, though the event loop does not turn", () => {
  using mapped = mapMemory(4096);
  if (!mapped) throw new Error("no memory");
  mapped.integers(0, 2).set([1, 2]);
  const { address } = mapped;
  expect([...bytesAt(address + 4n, 4)]).toEqual([2, 0, 0, 0]);
  const read = (times: number) => {
    for (let i = 0; i < times; i++) bytesAt(address, 696);
    collectGarbage();
    return handedOut();
  };
  const before = read(1000);
  // 8 bytes of each would be 160 kB.
  expect(read(20_000) - before).toBeLessThan(100_000);
});
