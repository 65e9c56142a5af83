/** What may have been meant by a path that leads nowhere. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { requirePath } from "../../src/app/near-paths.ts";
import { Problem } from "../../src/base/index.ts";

const cwd = mkdtempSync(join(tmpdir(), "near-"));
mkdirSync(join(cwd, "pictures/line-one"), { recursive: true });
mkdirSync(join(cwd, "photos"));
afterAll(() => rmSync(cwd, { recursive: true }));

it.each([
  ["phtos", "photos"],
  ["./photo", "photos"],
  ["pictures/line-onne", "pictures/line-one"],
  ["screwz", "screws"],
  ["entirely-else", "none"],
])("%s: %s", (typed, nearest) => {
  try {
    requirePath(typed, { cwd, datasets: ["screws"] });
    expect.unreachable();
  } catch (thrown) {
    if (!(thrown instanceof Problem)) throw thrown;
    expect(thrown.code).toBe("data/path-missing");
    expect(thrown.values).toEqual({ path: join(cwd, typed), nearest });
  }
});

it("says nothing where something lies", () => {
  expect(requirePath("photos", { cwd, datasets: [] })).toBeUndefined();
});
