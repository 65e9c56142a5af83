/** Where a library is looked for, and what comes first. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findOnednn } from "../../../src/engine/index.ts";

const base = mkdtempSync(join(tmpdir(), "find-onednn-"));
afterAll(() => rmSync(base, { recursive: true }));
const at = (...parts: readonly string[]) => join(base, ...parts);
const files = {
  own2: at("own", "libdnnl.so.2"),
  system3: at("lib3", "libdnnl.so.3"),
  system2: at("lib2", "libdnnl.so.2"),
  cached: at("cache", "tanafuda", "onednn", "2.6", "libdnnl.so.2"),
  older: at("cache", "tanafuda", "onednn", "2.5", "libdnnl.so.2"),
  cached3: at("cache3", "tanafuda", "onednn", "3.10", "libdnnl.so.3"),
  older3: at("cache3", "tanafuda", "onednn", "3.9", "libdnnl.so.3"),
  homed: at("home", ".cache", "tanafuda", "onednn", "3.2", "libdnnl.so.3"),
};

beforeAll(() => {
  for (const path of [
    ...Object.values(files),
    at("own", "libdnnl.so.3"),
    at("own", "libdnnl.so.2.6"),
    at("old", "libdnnl.so.1"),
    at("other", "libdnnl.so"),
  ]) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, "");
  }
});

const nowhere = { environment: { XDG_CACHE_HOME: at("empty") }, systemFolders: [] };

describe("findOnednn", () => {
  it("takes what was named before all else", () => {
    const environment = { TANAFUDA_ONEDNN: files.system3, XDG_CACHE_HOME: at("cache") };
    const named = { environment, systemFolders: [at("lib2")] };
    expect(findOnednn({ ...named, explicit: files.own2 })).toEqual({
      path: files.own2,
      from: "option",
    });
    expect(findOnednn(named)).toEqual({ path: files.system3, from: "environment" });
  });

  it("takes a folder's library by its shortest name, version 2 first", () => {
    expect(findOnednn({ explicit: at("own") })?.path).toBe(files.own2);
  });

  it.each([
    [at("gone.so"), "absent"],
    [at("other"), "empty"],
    [at("old"), "empty"],
  ])("refuses what was named and is not there: %s", (path, what) => {
    const environment = { TANAFUDA_ONEDNN: path };
    const refused = expect.objectContaining({
      code: "engine/library-missing",
      values: { library: `oneDNN (${path})`, what, message: "" },
    });
    expect(() => findOnednn({ environment, systemFolders: [at("lib2")] })).toThrow(refused);
    expect(() => findOnednn({ explicit: path })).toThrow(refused);
  });

  it("prefers version 2, then the system's, then the newest of the cache", () => {
    const find = (cache: string, ...systemFolders: readonly string[]) =>
      findOnednn({ environment: { XDG_CACHE_HOME: at(cache) }, systemFolders });
    expect(find("cache", at("lib3"), at("lib2"))).toMatchObject({ path: files.system2 });
    expect(find("cache", at("lib3"))).toEqual({ path: files.cached, from: "cache" });
    expect(find("cache3", at("lib3"))).toEqual({ path: files.system3, from: "system" });
    expect(find("cache3", at("missing"))).toEqual({ path: files.cached3, from: "cache" });
  });

  it("looks in the home's cache where none is named", () => {
    const environment = { HOME: at("home") };
    expect(findOnednn({ environment, systemFolders: [] })?.path).toBe(files.homed);
  });

  it("finds nothing where nothing is, or another version alone", () => {
    expect(findOnednn(nowhere)).toBeUndefined();
    expect(findOnednn({ ...nowhere, systemFolders: [at("old"), at("other")] })).toBeUndefined();
  });
});
