/**
 * Bundles the UMAP of `embedding-atlas` (MIT; WebAssembly inlined) into `vendor/umap.js`, so that
 * the published package does not drag in the user-interface peers of that package. Does nothing
 * when the bundle of the installed version is there.
 */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

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

function firstLine(path) {
  try {
    return readFileSync(path, "utf8").split("\n", 1)[0];
  } catch {
    return undefined;
  }
}

/** The package declares its licence and carries no text of it; this is the text of that licence. */
function licenceText() {
  if (license !== "MIT") throw new Error(`embedding-atlas ${version} is now under ${license}`);
  return `umap.js is bundled from the npm package embedding-atlas ${version}
(${repository.url}), which declares the MIT License:

Copyright (c) Apple Inc.; package author ${author.name}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and
associated documentation files (the "Software"), to deal in the Software without restriction,
including without limitation the rights to use, copy, modify, merge, publish, distribute,
sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or
substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT
NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND
NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM,
DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT
OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
`;
}
