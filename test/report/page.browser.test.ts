/** The page in a real browser: language, theme, terms, map, names, accessibility; nothing is loaded or run. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderReport } from "../../src/report/index.ts";
import { makeReport } from "./fixture.ts";
import { hostileReport } from "./hostile.ts";

const executablePath = process.env.TANAFUDA_CHROMIUM ?? "/usr/bin/chromium";
const quiet = [
  "--no-sandbox",
  "--headless",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

describe("the page in Chromium", () => {
  let browser: Browser | undefined;
  const folder = mkdtempSync(join(tmpdir(), "tanafuda-report-"));

  beforeAll(async () => {
    writeFileSync(join(folder, "report.html"), renderReport(makeReport(), { language: "en" }));
    writeFileSync(join(folder, "hostile.html"), renderReport(hostileReport()));
    if (existsSync(executablePath))
      browser = await chromium.launch({ executablePath, args: quiet });
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  async function open(
    width: number,
    skip: (reason: string) => never,
    options: { readonly file?: string; readonly colorScheme?: "light" | "dark" } = {},
  ) {
    const { file = "report.html", colorScheme = "light" } = options;
    const address = pathToFileURL(join(folder, file)).href;
    if (!browser) return skip(`there is no Chromium at ${executablePath}`);
    const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
    const seen: string[] = [];
    page.on("pageerror", (error) => seen.push(`error: ${error.message}`));
    page.on("console", (message) => {
      if (message.type() === "error") seen.push(`console: ${message.text()}`);
    });
    page.on("dialog", (dialog) => {
      seen.push(`dialog: ${dialog.message()}`);
      dialog.dismiss();
    });
    page.on("request", (request) => {
      const url = request.url();
      if (url !== address && !url.startsWith("data:")) seen.push(`request: ${url}`);
    });
    await page.goto(address);
    return { page, seen };
  }

  it("shows one language at a time and remembers the choice", async ({ skip }) => {
    const { page, seen } = await open(1280, skip);
    expect(await visible(page, "#headline")).toMatch(/^It works:/);
    await page.getByText("日本語", { exact: true }).click();
    expect(await visible(page, "#headline")).toMatch(/^使えます。/);
    await page.reload();
    expect(await visible(page, "#headline")).toMatch(/^使えます。/);
    expect(await page.evaluate("document.documentElement.lang")).toBe("ja");
    expect(seen).toEqual([]);
    await page.close();
  });

  it("switches by keyboard", async ({ skip }) => {
    const { page } = await open(1280, skip);
    await page.locator("#language-en").focus();
    await page.keyboard.press("ArrowLeft");
    expect(await visible(page, "#headline")).toMatch(/^使えます。/);
    await page.close();
  });

  it.for([1280, 390])("explains a term where it stands, at %i px", async (width, { skip }) => {
    const { page } = await open(width, skip);
    await page.locator(".gauge .term").first().click();
    const box = await page.locator("#term-ncc").boundingBox();
    expect(box && box.x >= 0 && box.x + box.width <= width && box.y + box.height <= 800).toBe(true);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
    await page.close();
  });

  it("draws the map, colours by another label set, picks out a class", async ({ skip }) => {
    const { page, seen } = await open(1280, skip);
    await page.locator("#map-canvas").scrollIntoViewIfNeeded();
    expect(await beltPixels(page)).toBe(0);
    expect(await page.locator("#map-legend button").count()).toBe(4);
    await page.selectOption("#map-set", { label: "part-defect" });
    expect(await page.locator("#map-legend button").count()).toBe(16);
    const first = page.locator("#map-legend button").first();
    await first.click();
    expect(await first.getAttribute("aria-pressed")).toBe("true");
    await first.click();
    await page.locator("#map-canvas").focus();
    for (let i = 0; i < 7; i++) await page.keyboard.press("+");
    expect(await beltPixels(page)).toBeGreaterThan(500);
    expect(seen).toEqual([]);
    await page.close();
  });

  /** Each pair of theme, language and width once: axe-core takes its seconds. */
  const looks = [
    { colorScheme: "light", language: "en", width: 1280 },
    { colorScheme: "light", language: "ja", width: 390 },
    { colorScheme: "dark", language: "en", width: 390 },
    { colorScheme: "dark", language: "ja", width: 1280 },
  ] as const;
  it.for(looks)(
    "has no fault that axe-core knows: $colorScheme, $language, $width px",
    async ({ colorScheme, language, width }, { skip }) => {
      const { page, seen } = await open(width, skip, { colorScheme });
      await page.evaluate(`document.getElementById("language-${language}").click()`);
      await page.evaluate(
        `document.querySelectorAll("details").forEach((d) => { d.open = true; })`,
      );
      await page.evaluate(readFileSync(axe, "utf8"));
      const faults = await page.evaluate(`axe.run(document, { resultTypes: ["violations"] })
      .then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes[0].html.slice(0, 200) + " " + nodes[0].failureSummary))`);
      expect(faults).toEqual([]);
      expect(seen).toEqual([]);
      await page.close();
    },
  );

  it("runs nothing that names of files and classes bring along", async ({ skip }) => {
    const { page, seen } = await open(1280, skip, { file: "hostile.html" });
    await page.evaluate(`document.querySelectorAll("details").forEach((d) => { d.open = true; })`);
    await page.locator("#map-canvas").scrollIntoViewIfNeeded();
    await page.mouse.move(640, 400);
    expect(await page.evaluate("document.body.textContent")).toContain(
      "<img src=x onerror=alert(1)>.jpg",
    );
    expect(await page.evaluate(`document.querySelectorAll("img[onerror], script").length`)).toBe(3);
    expect(seen.filter((one) => !one.startsWith("console: Failed to load"))).toEqual([]);
    await page.close();
  });

  it("goes dark by choice, and remembers it", async ({ skip }) => {
    const { page } = await open(1280, skip);
    const paper = () => page.evaluate(`getComputedStyle(document.documentElement).backgroundColor`);
    const light = await paper();
    await page.getByText("Dark", { exact: true }).click();
    const dark = await paper();
    expect(dark).not.toBe(light);
    await page.reload();
    expect(await paper()).toBe(dark);
    await page.close();
  });

  it("keeps names of groups, and gives them as a list that labels can be read from", async ({
    skip,
  }) => {
    const { page, seen } = await open(1280, skip);
    const first = page.locator(".group-name").first();
    await first.fill('washers, "small"');
    await page.reload();
    expect(await first.inputValue()).toBe('washers, "small"');
    const waiting = page.waitForEvent("download");
    await page.locator("#groups-download").click();
    const download = await waiting;
    expect(download.suggestedFilename()).toBe("groups.csv");
    const lines = readFileSync(await download.path(), "utf8").split("\r\n");
    expect(lines.slice(0, 3)).toEqual([
      '\ufeff"file","groups"',
      '"lot-0/cam1_0.png","washers, ""small"""',
      '"lot-1/cam1_1.png","2"',
    ]);
    await page.selectOption("#map-set", { label: "groups found" });
    expect(await page.locator("#map-legend").innerText()).toContain('washers, "small"');
    expect(seen).toEqual([]);
    await page.close();
  });

  it("prints page one on one A4 sheet, whatever the theme", async ({ skip }) => {
    const { page } = await open(1280, skip, { colorScheme: "dark" });
    for (const language of ["en", "ja"]) {
      await page.evaluate(`document.getElementById("language-${language}").click()`);
      await page.emulateMedia({ media: "print" });
      await page.setViewportSize({ width: Math.round((210 - 28) * (96 / 25.4)), height: 1000 });
      const { bottom } = (await page.evaluate(
        `document.getElementById("summary").getBoundingClientRect().toJSON()`,
      )) as { bottom: number };
      expect(bottom).toBeLessThan((297 - 25) * (96 / 25.4));
      await page.emulateMedia({ media: "screen" });
    }
    await page.close();
  });
});

async function visible(page: Page, selector: string): Promise<string> {
  return String(await page.evaluate(`document.querySelector("${selector}").innerText`)).trim();
}

/** How many pixels show the belt that every drawn part lies on: none while the map is of points. */
async function beltPixels(page: Page): Promise<number> {
  const count = await page.evaluate(`(() => {
    const canvas = document.getElementById("map-canvas");
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    let count = 0;
    for (let i = 0; i < data.length; i += 4) {
      const [red, green, blue, alpha] = data.subarray(i, i + 4);
      if (alpha > 250 && red > 50 && red < green && green < blue && blue < 88) count++;
    }
    return count;
  })()`);
  return Number(count);
}
