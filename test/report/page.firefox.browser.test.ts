/** The page in Firefox: it works there as in Chromium, axe-core finds no fault, nothing hostile runs. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderReport } from "../../src/report/index.ts";
import { type Firefox, openFirefox } from "./firefox.ts";
import { makeReport } from "./fixture.ts";
import { hostileReport } from "./hostile.ts";

const executable = process.env.TANAFUDA_FIREFOX ?? "/usr/bin/firefox-esr";
const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

describe("the page in Firefox", () => {
  const folder = mkdtempSync(join(tmpdir(), "tanafuda-report-"));
  let firefox: Firefox | undefined;

  beforeAll(async () => {
    writeFileSync(join(folder, "report.html"), renderReport(makeReport(), { language: "en" }));
    writeFileSync(join(folder, "hostile.html"), renderReport(hostileReport()));
    if (existsSync(executable)) firefox = await openFirefox(executable);
  });
  afterAll(async () => {
    await firefox?.[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true });
  });

  async function open(file: string, skip: (reason: string) => never): Promise<Firefox> {
    if (!firefox) return skip(`there is no Firefox at ${executable}`);
    await firefox.open(pathToFileURL(join(folder, file)).href);
    return firefox;
  }

  it("switches language and theme, explains terms, draws the map", async ({ skip }) => {
    const page = await open("report.html", skip);
    const headline = `return document.querySelector("#headline").innerText.trim()`;
    expect(await page.run(headline)).toMatch(/^It works:/);
    await page.run(`document.getElementById("language-ja").click()`);
    expect(await page.run(headline)).toMatch(/^使えます。/);
    const paper = `return getComputedStyle(document.documentElement).backgroundColor`;
    await page.run(`document.getElementById("theme-light").click()`);
    const light = await page.run(paper);
    await page.run(`document.getElementById("theme-dark").click()`);
    expect(await page.run(paper)).not.toBe(light);
    await page.run(`document.querySelector(".gauge .term").click()`);
    expect(
      await page.run(`return document.querySelector("#term-ncc").matches(":popover-open")`),
    ).toBe(true);
    const drawn = await page.run(`const canvas = document.getElementById("map-canvas");
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      return data.filter((value, i) => i % 4 === 3 && value > 0).length`);
    expect(Number(drawn)).toBeGreaterThan(1000);
  });

  it.for(["light", "dark"])("has no fault that axe-core knows, %s", async (theme, { skip }) => {
    const page = await open("report.html", skip);
    await page.run(`document.getElementById("theme-${theme}").click()`);
    await page.run(`document.querySelectorAll("details").forEach((d) => { d.open = true; })`);
    const faults = await page.run(`${readFileSync(axe, "utf8")};
      return window.axe.run(document, { resultTypes: ["violations"] })
      .then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes[0].html))`);
    expect(faults).toEqual([]);
  });

  it("runs nothing that names of files and classes bring along", async ({ skip }) => {
    const page = await open("hostile.html", skip);
    // An open alert would refuse this script.
    expect(await page.run(`return document.body.textContent`)).toContain(
      "<img src=x onerror=alert(1)>.jpg",
    );
    expect(await page.run(`return document.querySelectorAll("img[onerror]").length`)).toBe(0);
  });
});
