/** Finding oneDNN and fetching it: what may be in the way, each with its own sentence. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { findOnednn, installedOnednn, onednnInstallable } from "../../src/app/find-onednn.ts";
import { installOnednn } from "../../src/app/install-onednn.ts";
import type { Told } from "../../src/app/job/python.ts";
import { problemOf } from "../code-of.ts";
import { openPlace, refusal } from "./place.ts";

let root = "";
let cache = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "onednn-"));
  cache = join(root, "cache");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function place(path: string): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, "");
  return path;
}

describe("finding", () => {
  test("takes what was named, then what was installed, then the system's", () => {
    const [first, second] = ["one", "two"].map((name) => join(root, name));
    const system = place(join(second, "libdnnl.so.2"));
    const folders = [first, second];
    const find = (environment = {}) => findOnednn({ environment, cache, folders }).path;
    expect(find()).toBe(system);
    const newer = place(join(first, "libdnnl.so.3"));
    expect(find()).toBe(system);
    rmSync(system);
    expect(find()).toBe(newer);
    const installed = place(installedOnednn(cache));
    expect(find()).toBe(installed);
    const named = place(join(root, "mine.so"));
    expect(find({ TANAFUDA_ONEDNN: named })).toBe(named);
  });

  test("refuses a named file that is not there instead of passing it by", () => {
    place(installedOnednn(cache));
    const environment = { TANAFUDA_ONEDNN: join(root, "none.so") };
    const { code, values } = problemOf(() => findOnednn({ environment, cache, folders: [] }));
    expect(code).toBe("engine/library-missing");
    expect(values.library).toContain(join(root, "none.so"));
  });

  test("without one, says how to get one here", () => {
    const { code, values } = problemOf(() => findOnednn({ environment: {}, cache, folders: [] }));
    expect(code).toBe("app/onednn-missing");
    expect(values.installable).toBe(onednnInstallable() ? "yes" : "no");
  });
});

describe.runIf(onednnInstallable())("fetching", () => {
  const fine = { code: 0, out: "", said: "" } as const;
  const install = (run: (words: readonly string[]) => Promise<Told>) => {
    using somewhere = openPlace();
    return installOnednn({}, somewhere.work(), { cache, run });
  };

  test.each([
    [undefined, "spawn python3 ENOENT", "app/python-missing", { what: "python" }],
    [1, "/usr/bin/python3: No module named pip", "app/python-missing", { what: "pip" }],
    [
      1,
      "WARNING: Retrying\nERROR: No matching distribution found",
      "app/install-failed",
      { said: "WARNING: Retrying ERROR: No matching distribution found" },
    ],
  ])("with Python's answer %s, “%s”, is refused as %s", async (code, said, problem, values) => {
    const found = await refusal(install(async () => ({ code, out: "", said })));
    expect(found).toMatchObject({ code: problem, values });
    expect(readdirSync(join(cache, "onednn"))).toEqual([]);
  });

  test("of a wheel without the library leaves nothing behind", async () => {
    const found = await refusal(
      install(async (words) => {
        const [aside] = words.slice(words.indexOf("-d") + 1);
        if (words.includes("pip")) writeFileSync(join(aside, "x.whl"), "");
        else mkdirSync(words[words.length - 1]);
        return fine;
      }),
    );
    expect(found.code).toBe("app/install-failed");
    expect(found.values.said).toBe("x.whl holds no libdnnl.so.2");
    expect(readdirSync(join(cache, "onednn"))).toEqual([]);
  });

  test("of a library that does not load is not kept", async () => {
    const found = await refusal(
      install(async (words) => {
        const [aside] = words.slice(words.indexOf("-d") + 1);
        if (words.includes("pip")) writeFileSync(join(aside, "x.whl"), "");
        else place(join(words[words.length - 1], "data/lib/libdnnl.so.2"));
        return fine;
      }),
    );
    expect(found.code).toBe("engine/library-missing");
    expect(existsSync(installedOnednn(cache))).toBe(false);
    expect(readdirSync(join(cache, "onednn"))).toEqual([]);
  });
});
