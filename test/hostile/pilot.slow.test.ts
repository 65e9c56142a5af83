/** Over 400 hostile pictures and hostile names through the command line to the report. */
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writePictures } from "../app/picture-folder.ts";
import { compileRooms } from "../registry/compiled.ts";
import { pictureBombs } from "./bombs.ts";
import { formulas, hostileNames, markup } from "./names.ts";
import { faults, mutants, tally } from "./outcome.ts";
import { type HostilePlace, openHostilePlace } from "./place.ts";
import {
  readLists,
  readMatrices,
  readParquetFiles,
  readPictures,
  readWorkbookBombs,
} from "./readers.ts";
import { listSeeds, pictureSeeds } from "./seeds.ts";

const minutes = 60_000;
const quick = ["--epochs", "1", "--batch", "16", "--size", "16", "--backbone", "res-2-16"];
const most = { memory: 2e9 } as const;

describe("one reader, one file", () => {
  const folder = mkdtempSync(join(tmpdir(), "hostile-jobs-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  let built: URL | undefined;
  /** Where what runs in a process of its own lies as JavaScript. */
  const jobs = () => {
    built ??= pathToFileURL(join(compileRooms(folder, ["base", "formats", "app/job"]), "app/job/"));
    return built;
  };
  it.each([
    ["pictures", (times: number) => readPictures(times), 3, 336],
    ["lists", (times: number) => readLists(times, jobs()), 8, 336],
    ["workbooks that swell", readWorkbookBombs, 0, 6],
    ["matrices", readMatrices, 21, 336],
    ["Parquet files", (times: number) => readParquetFiles(times, jobs()), 21, 336],
  ] as const)(
    "%s end with data or a refusal within 10 s",
    { timeout: 10 * minutes },
    async (_, read, times, least) => {
      const outcomes = await read(times);
      process.stdout.write(`${tally(outcomes)}\n`);
      expect(outcomes.length).toBeGreaterThanOrEqual(least);
      expect(faults(outcomes)).toEqual([]);
    },
  );
});

describe("all of them in one folder", () => {
  let place: HostilePlace;
  let sound: string[];
  beforeAll(async () => {
    place = openHostilePlace();
    sound = await writePictures(place.photos, { count: 60 });
    for (const { name, bytes } of [...mutants(await pictureSeeds(), 3), ...pictureBombs()]) {
      writeFileSync(join(place.photos, name), bytes);
    }
    const wears = (name: string, i: number) => {
      const from = join(place.photos, sound[i % sound.length]);
      copyFileSync(from, join(place.photos, `${name}.png`));
    };
    hostileNames.forEach(wears);
  }, 2 * minutes);
  afterAll(() => place[Symbol.dispose]());

  it("are taken in, checked and reported", { timeout: 10 * minutes }, async () => {
    const added = await place.run("data", "add", "photos", "--json");
    expect(added.code).toBe(0);
    const { value } = JSON.parse(added.out.trim().split("\n").at(-1) ?? "");
    expect(value.counts.total).toBeGreaterThan(60 + hostileNames.length);
    expect(value.counts.rejected).toBeGreaterThan(100);
    const checked = await place.run("data", "check", "photos");
    expect(checked.code).toBe(0);
    const classes = [...formulas, ...markup];
    const rows = sound.map((path, i) => ({
      path,
      "=kind": classes[i % 4],
      '<b onclick="1">': "x",
    }));
    writeFileSync(join(place.cwd, "list.json"), JSON.stringify(rows));
    const labelled = await place.run("data", "labels", "photos", "list.json");
    expect(labelled).toMatchObject({ code: 0 });
    const pilot = await place.run("pilot", "photos", ...quick);
    expect(pilot).toMatchObject({ code: 0 });
    // What could command a terminal is not printed.
    for (const { out, told } of [checked, labelled, pilot]) {
      expect(commanding(`${out}${told}`)).toEqual([]);
    }
    expect(Math.max(added.peak, pilot.peak)).toBeLessThan(most.memory);
    process.stdout.write(
      `${value.counts.total} taken, ${value.counts.rejected} refused, at most ${Math.round(pilot.peak / 1e6)} MB\n`,
    );
    expect(place.touched()).toEqual([]);
  });

  it("leave a page in which nothing runs", { timeout: 2 * minutes }, async (context) => {
    const page = join(place.cwd, "tanafuda-report/report.html");
    expect(readFileSync(page, "utf8")).not.toContain("<img src=x");
    const executablePath = process.env.TANAFUDA_CHROMIUM ?? "/usr/bin/chromium";
    if (!existsSync(executablePath)) context.skip(`there is no Chromium at ${executablePath}`);
    const args = ["--no-sandbox", "--headless", "--disable-background-networking"];
    const browser = await chromium.launch({ executablePath, args });
    try {
      const tab = await browser.newPage();
      const seen: string[] = [];
      tab.on("dialog", (dialog) => {
        seen.push(dialog.message());
        void dialog.dismiss();
      });
      tab.on("request", (request) => {
        const url = request.url();
        if (!/^(file|data):/.test(url)) seen.push(url);
      });
      await tab.goto(pathToFileURL(page).href);
      expect(await tab.evaluate("typeof globalThis.executed")).toBe("undefined");
      expect(seen).toEqual([]);
    } finally {
      await browser.close();
    }
  });

  it("are labelled by broken lists or not at all", { timeout: 10 * minutes }, async () => {
    // Each starts the program; the readers alone meet ten times as many above.
    for (const { name, bytes } of mutants(listSeeds(), 1).filter((_, i) => i % 2 === 0)) {
      const file = join(place.cwd, name);
      writeFileSync(file, bytes);
      const { code, told } = await place.run("data", "labels", "photos", name);
      expect({ name, code, told }).toMatchObject({
        code: expect.toSatisfy((c) => [0, 2, 3].includes(c)),
      });
    }
    expect(place.touched()).toEqual([]);
  });
});

/** Characters by which a text commands a terminal, line ends and tabs aside. */
function commanding(text: string): string[] {
  return [...text].filter((letter) => {
    const code = letter.charCodeAt(0);
    const isControl = code < 32 || code === 127 || code === 0x202e;
    return isControl && letter !== "\n" && letter !== "\t";
  });
}
