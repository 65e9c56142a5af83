/**
 * Copies what a page needs of `onnxruntime-web` (MIT) into `vendor/`: its script for WebAssembly as one
 * module that sets `globalThis.ort`, and the WebAssembly itself, gzipped. The package is 140 MB, so it
 * is installed for development alone. Does nothing when the files of the installed version are there.
 */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { firstLine, mitLicence } from "./bundled.mjs";

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

function licenceText() {
  const taken = "ort-web.js and ort-web.wasm.gz are taken";
  const [from, holder] = ["https://github.com/microsoft/onnxruntime", "Microsoft Corporation"];
  return mitLicence({ taken, name: "onnxruntime-web", version, license, from, holder, author });
}
