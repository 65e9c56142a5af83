/**
 * Copies what a page needs of `onnxruntime-web` (MIT) into `vendor/`: its script for WebAssembly as one
 * module that sets `globalThis.ort`, and the WebAssembly itself, gzipped. The package is 140 MB, so it
 * is installed for development alone. Does nothing when the files of the installed version are there.
 */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const root = fileURLToPath(new URL("..", import.meta.url));
const source = `${root}node_modules/onnxruntime-web/`;
const target = `${root}vendor/`;
const { version, license, author } = JSON.parse(readFileSync(`${source}package.json`, "utf8"));
const banner = `/* onnxruntime-web ${version} (${license}), for WebAssembly alone; see ort-web.LICENSE.txt */`;

if (firstLine(`${target}ort-web.js`) !== banner) {
  const { build } = await import("rolldown");
  mkdirSync(target, { recursive: true });
  const aside = `${target}ort-web.${process.pid}`;
  writeFileSync(`${aside}.entry.mjs`, entry());
  await build({
    input: `${aside}.entry.mjs`,
    platform: "browser",
    logLevel: "silent",
    output: { file: `${aside}.js`, format: "esm", codeSplitting: false, minify: true },
  });
  const binary = readFileSync(`${source}dist/ort-wasm-simd-threaded.wasm`);
  writeFileSync(`${target}ort-web.wasm.gz`, gzipSync(binary, { level: 9 }));
  writeFileSync(`${target}ort-web.LICENSE.txt`, licenceText());
  // Minifying drops a banner of rolldown's own.
  writeFileSync(`${aside}.js`, `${banner}\n${readFileSync(`${aside}.js`, "utf8")}`);
  renameSync(`${aside}.js`, `${target}ort-web.js`);
  for (const ending of ["entry.mjs", "js.map"]) rmSync(`${aside}.${ending}`, { force: true });
}

function entry() {
  return `import * as ort from ${JSON.stringify(`${source}dist/ort.wasm.bundle.min.mjs`)};
globalThis.ort = ort;
`;
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
  if (license !== "MIT") throw new Error(`onnxruntime-web ${version} is now under ${license}`);
  return `ort-web.js and ort-web.wasm.gz are taken from the npm package onnxruntime-web ${version}
(https://github.com/microsoft/onnxruntime), which declares the MIT License:

Copyright (c) Microsoft Corporation; package author ${author.name ?? author}

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
