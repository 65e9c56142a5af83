/** The page of views in Chromium: both languages, no faults that axe-core knows, nothing fetched. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { expect, it } from "vitest";
import { renderViews } from "../../src/sheet/index.ts";
import { makeViews } from "./views-fixture.ts";

const executablePath = process.env.TANAFUDA_CHROMIUM ?? "/usr/bin/chromium";
const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

it("is read in either language, on a phone too", async ({ skip }) => {
  if (!existsSync(executablePath)) skip(`there is no Chromium at ${executablePath}`);
  const folder = mkdtempSync(join(tmpdir(), "tanafuda-views-"));
  const file = join(folder, "views.html");
  writeFileSync(file, renderViews(makeViews()));
  const args = ["--no-sandbox", "--headless", "--disable-gpu", "--no-first-run"];
  const browser = await chromium.launch({ executablePath, args });
  try {
    const page = await browser.newPage({ viewport: { width: 390, height: 800 } });
    const seen: string[] = [];
    page.on("pageerror", (error) => seen.push(error.message));
    page.on("request", (request) => {
      if (!/^(data|file):/.test(request.url())) seen.push(request.url());
    });
    await page.goto(pathToFileURL(file).href);
    expect(await page.locator("h1").innerText()).toBe("What training will see");
    await page.locator("input[value=ja]").check({ force: true });
    expect(await page.locator("h1").innerText()).toBe("学習で使うビュー");
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(390);
    const frame = await page.locator("rect").first().boundingBox();
    const picture = await page.locator(".kept img").first().boundingBox();
    if (!frame || !picture) throw new Error("nothing is drawn");
    expect((frame.x - picture.x) / picture.width).toBeCloseTo(2 / 20, 1);
    await page.evaluate(readFileSync(axe, "utf8"));
    const faults = await page.evaluate(`axe.run(document, { resultTypes: ["violations"] })
      .then(({ violations }) => violations.map(({ id }) => id))`);
    expect([faults, seen]).toEqual([[], []]);
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
});
