/** The page in a real browser: switches language, opens terms, draws the map, loads nothing. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderReport } from "../../src/report/index.ts";
import { makeReport } from "./fixture.ts";

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

describe("the page in Chromium", () => {
  let browser: Browser | undefined;
  const folder = mkdtempSync(join(tmpdir(), "tanafuda-report-"));
  const address = pathToFileURL(join(folder, "report.html")).href;

  beforeAll(async () => {
    writeFileSync(join(folder, "report.html"), renderReport(makeReport(), { language: "en" }));
    if (existsSync(executablePath))
      browser = await chromium.launch({ executablePath, args: quiet });
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  async function open(width: number, skip: (reason: string) => never) {
    if (!browser) return skip(`there is no Chromium at ${executablePath}`);
    const page = await browser.newPage({ viewport: { width, height: 800 } });
    const seen: string[] = [];
    page.on("pageerror", (error) => seen.push(`error: ${error.message}`));
    page.on("console", (message) => {
      if (message.type() === "error") seen.push(`console: ${message.text()}`);
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
