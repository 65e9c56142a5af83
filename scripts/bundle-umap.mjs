/**
 * Bundles the UMAP of `embedding-atlas` (MIT; WebAssembly inlined) into `vendor/umap.js`, so that
 * the published package does not drag in the user-interface peers of that package. Does nothing
 * when the bundle of the installed version is there.
 */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { firstLine, mitLicence } from "./bundled.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const source = `${root}node_modules/embedding-atlas/`;
const target = `${root}vendor/`;
const { version, license, author, repository } = JSON.parse(
  readFileSync(`${source}package.json`, "utf8"),
);
const banner = `/* embedding-atlas ${version} (${license}), its UMAP alone; see umap.LICENSE.txt */`;

if (firstLine(`${target}umap.js`) !== banner) {
  const { build } = await import("rolldown");
  const aside = `${target}umap.${process.pid}.js`;
  await build({
    input: `${source}dist/umap.js`,
    platform: "node",
    logLevel: "warn",
    output: { file: aside, format: "esm", banner, codeSplitting: false },
  });
  mkdirSync(target, { recursive: true });
  writeFileSync(`${target}umap.LICENSE.txt`, licenceText());
  renameSync(aside, `${target}umap.js`);
  rmSync(`${aside}.map`, { force: true });
}

function licenceText() {
  const taken = "umap.js is bundled";
  const [from, holder] = [repository.url, "Apple Inc."];
  return mitLicence({ taken, name: "embedding-atlas", version, license, from, holder, author });
}
