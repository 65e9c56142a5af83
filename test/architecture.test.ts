/** Holds the imports of every source file against the table printed in ARCHITECTURE.md. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const rules = readTable();
const files = sourceFiles();

test("the table names every room, and every room it names exists", () => {
  const found = new Set(files.map(roomOf).filter((room) => room !== undefined));
  expect([...found].sort()).toEqual([...rules.keys()].sort());
});

test("every import obeys the table", () => {
  const broken = files.flatMap((file) => importsOf(file).flatMap((to) => faultOf(file, to) ?? []));
  expect(broken).toEqual([]);
});

test("no import runs in a circle between rooms", () => {
  const circles = [...rules.keys()].filter((room) => reaches(room, room, new Set()));
  expect(circles).toEqual([]);
});

test("source files stay under 700 lines and say their reason in the first line", () => {
  const faults = files.flatMap((file) => {
    const text = readFileSync(join(root, file), "utf8");
    const long = text.split("\n").length > 700 ? [`${file}: over 700 lines`] : [];
    const start = text.startsWith("#!") ? text.slice(text.indexOf("\n") + 1) : text;
    return start.startsWith("/**") ? long : [...long, `${file}: no reason in its first line`];
  });
  expect(faults).toEqual([]);
});

test("only the surface prints, and no name says nothing", () => {
  const drawers = files.filter((file) => /\/(utils?|helpers?|common|misc|manager)[./-]/.test(file));
  const printing = files
    .filter((file) => !file.startsWith("src/surface/"))
    .filter((file) =>
      /\bconsole\.|process\.std(out|err)\b/.test(readFileSync(join(root, file), "utf8")),
    );
  expect([...drawers, ...printing]).toEqual([]);
});

function faultOf(file: string, target: string): string | undefined {
  const from = roomOf(file);
  const to = roomOf(target);
  if (from === undefined) return undefined; // The package's own doorway may name anything.
  if (to === undefined) return `${file} imports ${target}, which is in no room`;
  const rule = rules.get(from);
  const allowed = rule?.allowed.some(
    (a) => a === to || (a.endsWith("/*") && to.startsWith(a.slice(0, -1))),
  );
  if (from !== to && !allowed)
    return `${file} imports ${target}: ${from} may not, because ${rule?.reason}`;
  const doorway = /(^|\/)index\.ts$/.test(target);
  if (dirname(file) === dirname(target) || target.startsWith(`${dirname(file)}/`) || doorway)
    return undefined;
  const inside = from === to && dirname(file).startsWith(dirname(target));
  return inside ? undefined : `${file} imports ${target} past the doorway of ${dirname(target)}`;
}

function reaches(from: string, goal: string, seen: Set<string>): boolean {
  return [...(importedRooms().get(from) ?? [])].some((to) => {
    if (to === from) return false;
    if (to === goal) return true;
    if (seen.has(to)) return false;
    return reaches(to, goal, seen.add(to));
  });
}

let known: ReadonlyMap<string, ReadonlySet<string>> | undefined;

/** The rooms that each room imports; every file is read once. */
function importedRooms(): ReadonlyMap<string, ReadonlySet<string>> {
  if (known) return known;
  const found = new Map<string, Set<string>>();
  for (const file of files) {
    const own = roomOf(file);
    if (own === undefined) continue;
    const to = found.get(own) ?? new Set();
    for (const one of importsOf(file).map(roomOf)) {
      if (one !== undefined && rules.has(one)) to.add(one);
    }
    found.set(own, to);
  }
  known = found;
  return found;
}

function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), "utf8");
  const matches = text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*"(\.[^"]+)"/g);
  return [...matches].map(([, path]) => normalize(join(dirname(file), path)).replaceAll("\\", "/"));
}

function roomOf(file: string): string | undefined {
  const [, first, second] = file.split("/");
  if (file.split("/").length < 3) return undefined;
  return first === "learn" ? `learn/${second}` : first;
}

function sourceFiles(): string[] {
  const found = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" });
  const paths = found.map((path) => `src/${path.replaceAll("\\", "/")}`);
  return paths.filter((path) => path.endsWith(".ts"));
}

function readTable(): Map<string, { allowed: string[]; reason: string }> {
  const rows = readFileSync(join(root, "ARCHITECTURE.md"), "utf8").matchAll(
    /^\| +`([^`]+)` +\| ([^|]*) \| ([^|]*) \|$/gm,
  );
  return new Map(
    [...rows].map(([, room, imports, reason]) => [
      room,
      { allowed: [...imports.matchAll(/`([^`]+)`/g)].map((m) => m[1]), reason: reason.trim() },
    ]),
  );
}
