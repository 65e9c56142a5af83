/** What native code is given back: every handle, and the memory of programs. */
import { describe, expect, it } from "vitest";
import { type ForeignLibrary, loadLibrary } from "../../../src/engine/executors/onednn/ffi.ts";
import { openLibrary } from "../../../src/engine/executors/onednn/open.ts";
import { version2 } from "../../../src/engine/executors/onednn/version2.ts";
import { version3 } from "../../../src/engine/executors/onednn/version3.ts";
import { add, placeholder, relu } from "../../../src/engine/index.ts";
import { residualNetwork, transformerNetwork } from "../networks.ts";
import { allowed, growth } from "./growth.ts";
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

/** The library, with every creation and destruction counted by what it is of. */
function counted(native: ForeignLibrary): { native: ForeignLibrary; alive: Map<string, number> } {
  const alive = new Map<string, number>();
  return {
    alive,
    native: {
      func(name, result, parameters) {
        const call = native.func(name, result, parameters);
        const kind = kinds.find((one) => new RegExp(`_${one}_(create|clone|destroy)`).test(name));
        if (!kind) return call;
        const change = /destroy/.test(name) ? -1 : 1;
        return (...values) => {
          const status = call(...values);
          if (Number(status) === 0) alive.set(kind, (alive.get(kind) ?? 0) + change);
          return status;
        };
      },
    },
  };
}

const none = (alive: Map<string, number>) => [...alive].filter(([, count]) => count !== 0);

describe.each(available)("$name", ({ path }) => {
  const { major, version } = openLibrary(path);
  const { native, alive } = counted(loadLibrary(path));
  const library = (major === 2 ? version2 : version3)(native, { version, path });

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

  it("programs that come and go leave memory as it was", { timeout: 180_000 }, async () => {
    expect(await growth(path, { warm: 60, programs: 40, runs: 2 })).toBeLessThan(allowed);
  });
});
