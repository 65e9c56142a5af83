/** Memory over many programs and many runs. */
import { describe, expect, it } from "vitest";
import { allowed, growth } from "./growth.ts";
import { available } from "./libraries.ts";

describe.each(available)("$name", ({ path }) => {
  it("100 programs of 10 runs leave memory as it was", async () => {
    expect(await growth(path, { programs: 100, runs: 10 })).toBeLessThan(allowed);
  });
  it("1,000 runs of one program leave memory as it was", async () => {
    expect(await growth(path, { programs: 1, runs: 1000 })).toBeLessThan(allowed);
  });
});
