/** The page that an export writes, opened as a file in Chromium: pictures dropped, classes read. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exportModel } from "../../src/app/export/index.ts";
import { predict, predictionIn } from "../../src/app/predict/index.ts";
import type { Event } from "../../src/base/index.ts";
import { machine, openShelf, type Shelf } from "../app/export/shelf.ts";

const executablePath = process.env.TANAFUDA_CHROMIUM ?? "/usr/bin/chromium";

describe("the page in Chromium", () => {
  let browser: Browser | undefined;
  let shelf: Shelf;
  let file: string;
  const seen: string[] = [];

  beforeAll(async () => {
    if (!existsSync(executablePath)) return;
    const args = ["--no-sandbox", "--headless", "--disable-gpu", "--no-first-run"];
    browser = await chromium.launch({ executablePath, args });
    shelf = await openShelf();
    const options = { what: "kind", to: "page", out: "page.html", language: "en" } as const;
    ({ file } = await exportModel({ ...options, ...machine }, shelf.place.work()));
  });
  afterAll(async () => {
    await browser?.close();
    shelf?.[Symbol.dispose]();
  });

  let opened: Page | undefined;

  /** Once: starting the model takes seconds. */
  async function open(skip: (reason: string) => never): Promise<Page> {
    if (opened) return opened;
    if (!browser) return skip(`there is no Chromium at ${executablePath}`);
    const page = await browser.newPage();
    opened = page;
    page.on("pageerror", (error) => seen.push(`error: ${error.message}`));
    page.on("request", (request) => {
      const url = request.url();
      if (url !== pathToFileURL(file).href && !/^(data|blob):/.test(url)) seen.push(url);
    });
    await page.goto(pathToFileURL(file).href);
    const ready = "#file:not([disabled]), #state.bad";
    await page.waitForSelector(ready, { state: "attached", timeout: 90_000 });
    return page;
  }

  /** Drops files as a person does from a folder. */
  async function drop(page: Page, files: readonly { name: string; bytes: Buffer }[]) {
    const given = files.map(({ name, bytes }) => ({ name, text: bytes.toString("base64") }));
    const transfer = await page.evaluateHandle(`(() => {
      const transfer = new DataTransfer();
      for (const { name, text } of ${JSON.stringify(given)}) {
        const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
        transfer.items.add(new File([bytes], name, { type: "image/png" }));
      }
      return transfer;
    })()`);
    const before = await page.locator("#results > li").count();
    await page.dispatchEvent("#drop", "drop", { dataTransfer: transfer });
    await page.waitForSelector(`#results > li:nth-child(${before + files.length})`);
  }

  it("gives the classes and probabilities that `predict` gives, without any request", async ({
    skip,
  }) => {
    const page = await open(skip);
    expect(await page.textContent("#state")).toBe("Ready.");
    const chosen = shelf.paths.slice(0, 9);
    const events: Event[] = [];
    const files = chosen.map((path) => join(shelf.folder, path));
    const work = { ...shelf.place.work(), emit: (event: Event) => void events.push(event) };
    await predict({ head: "kind", files, ...machine }, work);
    const expected = events.flatMap((event) => predictionIn(event) ?? []);
    expect(expected).toHaveLength(9);
    const named = files.map((from, i) => ({ name: `${i}.png`, bytes: readFileSync(from) }));
    await drop(page, named);
    for (const [i, { label, probability, set }] of expected.entries()) {
      const item = page.locator(`li[data-file="${i}.png"]`);
      expect(await item.getAttribute("data-label")).toBe(label);
      expect(Number(await item.getAttribute("data-probability"))).toBeCloseTo(probability, 4);
      const candidates = await item.getAttribute("data-candidates");
      expect(candidates === null ? undefined : JSON.parse(candidates)).toEqual(set);
    }
    expect(new Set(expected.map(({ label }) => label)).size).toBeGreaterThan(1);
    expect(seen).toEqual([]);
  });

  it("says which file is no picture, goes on, and speaks Japanese", async ({ skip }) => {
    const page = await open(skip);
    const good = readFileSync(join(shelf.folder, shelf.paths[0]));
    await drop(page, [
      { name: "notes.png", bytes: Buffer.from("no picture") },
      { name: "good.png", bytes: good },
    ]);
    const refused = page.locator('li[data-problem="unreadable"]');
    expect(await refused.textContent()).toContain("notes.png is no picture");
    expect(await page.locator('li[data-file="good.png"]').getAttribute("data-label")).toMatch(
      /^kind-/,
    );
    await page.click("label[lang=ja]");
    expect(await page.textContent("h1")).toBe("これは何ですか？");
    expect(await refused.textContent()).toContain("表示できる画像ではありません");
    expect(await page.getAttribute("html", "lang")).toBe("ja");
    expect(seen).toEqual([]);
  });
});
