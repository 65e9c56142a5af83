/** Memory over many programs and many runs. */
import { describe, expect, it } from "vitest";
import { allowed, growth } from "./growth.ts";
import { available } from "./libraries.ts";

describe.each(available)("$name", ({ path }) => {
  it("500 programs of 10 runs leave memory as it was", async () => {
    expect(await growth(path, { warm: 300, programs: 500, runs: 10 })).toBeLessThan(allowed);
  }, 300_000);
  it("1,000 runs of one program leave memory as it was", async () => {
    expect(await growth(path, { warm: 300, programs: 1, runs: 1000 })).toBeLessThan(allowed);
  }, 300_000);
});
