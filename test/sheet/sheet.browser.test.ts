/** The labelling sheet used in Chromium: by keyboard, by touch, taken up again, saved and read back. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readLabelList } from "../../src/learn/data/label-list.ts";
import { renderSheet } from "../../src/sheet/index.ts";
import { makeSheet } from "./fixture.ts";

const executablePath = process.env.TANAFUDA_CHROMIUM ?? "/usr/bin/chromium";

describe("the labelling sheet in Chromium", () => {
  let browser: Browser | undefined;
  const folder = mkdtempSync(join(tmpdir(), "tanafuda-sheet-"));
  const address = pathToFileURL(join(folder, "sheet.html")).href;

  beforeAll(async () => {
    writeFileSync(join(folder, "sheet.html"), renderSheet(makeSheet()));
    if (existsSync(executablePath)) {
      const args = ["--no-sandbox", "--headless", "--disable-gpu", "--no-first-run"];
      browser = await chromium.launch({ executablePath, args });
    }
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  async function open(
    skip: (reason: string) => never,
    { touch = false }: { touch?: boolean } = {},
  ): Promise<{ page: Page; context: BrowserContext; seen: string[] }> {
    if (!browser) return skip(`there is no Chromium at ${executablePath}`);
    const viewport = touch ? { width: 820, height: 1180 } : { width: 1280, height: 900 };
    const context = await browser.newContext({ viewport, hasTouch: touch, acceptDownloads: true });
    const page = await context.newPage();
    const seen: string[] = [];
    page.on("pageerror", (error) => seen.push(`error: ${error.message}`));
    page.on("console", (message) => {
      if (message.type() === "error") seen.push(`console: ${message.text()}`);
    });
    page.on("request", (request) => {
      const url = request.url();
      if (url !== address && !/^(data|blob):/.test(url)) seen.push(`request: ${url}`);
    });
    await page.goto(address);
    return { page, context, seen };
  }

  async function savedList(page: Page) {
    const [download] = await Promise.all([page.waitForEvent("download"), page.click("#save")]);
    const file = join(folder, download.suggestedFilename());
    await download.saveAs(file);
    return { file, bytes: readFileSync(file) };
  }

  it("is answered by keyboard, a slip is undone, and the list reads back", async ({ skip }) => {
    const { page, context, seen } = await open(skip);
    await page.keyboard.press("1");
    await page.keyboard.press("1");
    await page.keyboard.press("Backspace");
    expect(await page.textContent("#position")).toBe("Picture 2 of 4");
    await page.keyboard.press("2");
    await page.keyboard.press("0");
    expect(await page.textContent("#progress")).toBe("3 of 4 answered");
    expect(await page.textContent("#covered"), "what cannot be told stands for nothing").toMatch(
      /60%/,
    );
    await page.fill("#class-name", "=dent");
    await page.keyboard.press("Enter");
    await page.keyboard.press("3");
    await page.fill("#by", "田中");
    const { file, bytes } = await savedList(page);
    expect(file).toMatch(/labels-defect\.csv$/);
    expect([...bytes.subarray(0, 3)], "a mark by which Excel knows UTF-8").toEqual([
      0xef, 0xbb, 0xbf,
    ]);
    expect(bytes.toString(), "no cell begins a formula").not.toMatch(/(^|,)"?[=+@-]/m);
    const { key, columns, rows } = readLabelList(file);
    expect([key, columns]).toEqual([
      "path",
      ["defect", "labelled_by", "labelled_at", "chosen_by", "stands_for"],
    ]);
    expect(rows.map(({ values }) => [values.defect, values.labelled_by])).toEqual([
      ["OK", "田中"],
      ["scratch", "田中"],
      ["", "田中"],
      ["'=dent", "田中"],
    ]);
    for (const { values } of rows) expect(Date.parse(values.labelled_at)).toBeGreaterThan(0);
    expect(await page.textContent("#message")).toMatch(
      /tanafuda data labels parts labels-defect.csv/,
    );
    expect(await page.title()).not.toBe("ran");
    expect(seen).toEqual([]);
    await context.close();
  });

  it("keeps answers when it is closed and opened again", async ({ skip }) => {
    const { page, context } = await open(skip);
    await page.keyboard.press("2");
    await page.close();
    const again = await context.newPage();
    await again.goto(address);
    expect(await again.textContent("#progress")).toBe("1 of 4 answered");
    expect(await again.textContent("#position")).toBe("Picture 2 of 4");
    await again.keyboard.press("u");
    expect(await again.textContent("#progress")).toBe("0 of 4 answered");
    await context.close();
  });

  it("is answered by touch on a tablet, in Japanese", async ({ skip }) => {
    const { page, context, seen } = await open(skip, { touch: true });
    await page.getByText("日本語", { exact: true }).tap();
    await page.getByRole("button", { name: "scratch" }).tap();
    await page.getByRole("button", { name: "判断できない" }).first().tap();
    expect(await page.textContent("#progress")).toBe("4 枚のうち 2 枚に回答済み");
    const sizes = await page
      .locator(".option")
      .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height));
    for (const height of sizes) expect(height, "as large as a finger").toBeGreaterThanOrEqual(44);
    expect(seen).toEqual([]);
    await context.close();
  });

  it("digits typed into a field are text, not answers", async ({ skip }) => {
    const { page, context } = await open(skip);
    await page.focus("#class-name");
    await page.keyboard.type("12");
    expect(await page.textContent("#progress")).toBe("0 of 4 answered");
    await context.close();
  });
});
