/** The per-host tuning file: kept, shared, remade when broken; measuring is said. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { cacheFolder } from "../../src/app/cache-folder.ts";
import { openTuning, tuningNotices } from "../../src/app/tuning.ts";
import type { Event } from "../../src/base/index.ts";

let folder = "";
let events: Event[] = [];
const emit = (event: Event) => void events.push(event);
const notices = () => events.flatMap((event) => (event.type === "notice" ? [event] : []));
const open = () => openTuning({ folder, emit });

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), "tuning-")), "cache");
  events = [];
});
afterEach(() => rmSync(join(folder, ".."), { recursive: true, force: true }));

test("what was written is there for the next process; what was not is undefined", () => {
  const first = open();
  expect(first.read("conv 1")).toBeUndefined();
  first.write("conv 1", { way: "winograd f32" });
  first.write("toString", 1);
  const second = open();
  expect(second.read("conv 1")).toEqual({ way: "winograd f32" });
  expect(second.read("hasOwnProperty")).toBeUndefined();
  expect(readdirSync(folder)).toEqual(["tuning.json"]);
  expect(events).toEqual([]);
});

test("two processes that measure at once lose nothing", () => {
  const [left, right] = [open(), open()];
  left.read("a");
  right.read("a");
  left.write("a", 1);
  right.write("b", 2);
  const third = open();
  expect([third.read("a"), third.read("b")]).toEqual([1, 2]);
});

test.each(["{", '{"format":2,"entries":{}}', "[]"])(
  "a file with %s is said and made anew",
  (text) => {
    mkdirSync(folder);
    writeFileSync(join(folder, "tuning.json"), text);
    const tuning = open();
    expect(tuning.read("a")).toBeUndefined();
    tuning.write("a", 1);
    expect(notices().map(({ code }) => code)).toEqual(["app/tuning-remade"]);
    expect(JSON.parse(readFileSync(join(folder, "tuning.json"), "utf8"))).toEqual({
      format: 1,
      entries: { a: 1 },
    });
  },
);

test("where it cannot be written, it says so once and remembers for itself", () => {
  writeFileSync(folder, "a file where the folder should be");
  const tuning = open();
  tuning.write("a", 1);
  tuning.write("b", 2);
  expect([tuning.read("a"), tuning.read("b")]).toEqual([1, 2]);
  const codes = notices().map(({ code }) => code);
  expect(codes.filter((code) => code === "app/tuning-not-kept")).toHaveLength(1);
});

test("measuring is said when it begins and when it has chosen", () => {
  const tell = tuningNotices(emit);
  tell({ kind: "begin" });
  tell({ kind: "end", choices: 2, seconds: 2.5 });
  tell({ kind: "end", choices: 1, seconds: 0.1 });
  expect(notices().map(({ code, values }) => [code, values])).toEqual([
    ["app/tuning-begins", {}],
    ["app/tuned", { shapes: 2, seconds: 2.5 }],
  ]);
});

test("it lies where each system keeps such things", () => {
  const home = "/home/a";
  const at = (platform: string, environment = {}) => cacheFolder({ platform, home, environment });
  expect(at("linux")).toBe("/home/a/.cache/tanafuda");
  expect(at("linux", { XDG_CACHE_HOME: "/c" })).toBe("/c/tanafuda");
  expect(at("darwin")).toBe("/home/a/Library/Caches/tanafuda");
  expect(at("win32", { LOCALAPPDATA: "/local" })).toBe("/local/tanafuda/cache");
});
