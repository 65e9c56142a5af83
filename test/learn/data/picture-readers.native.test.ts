/** Threads need JavaScript: what they run is compiled aside first, then held against this thread. */
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import sharp from "sharp";
import ts from "typescript";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { digestJson, systemClock } from "../../../src/base/index.ts";
import { createPackWriter, openPack } from "../../../src/formats/pack/index.ts";
import { detectSource, type IngestOptions, ingest } from "../../../src/learn/data/index.ts";
import { noTurbojpeg, turbojpeg } from "../../formats/image/turbojpeg-library.ts";

const repository = fileURLToPath(new URL("../../../", import.meta.url));
let root = "";
let built = "";
let pictures = "";

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "tanafuda-readers-"));
  built = join(root, "built");
  mkdirSync(built);
  writeFileSync(join(built, "package.json"), `{ "type": "module" }`);
  symlinkSync(join(repository, "node_modules"), join(built, "node_modules"));
  for (const room of [
    "base",
    "base/assembly",
    "pixels",
    "formats/image",
    "formats/image/turbojpeg",
    "learn/data",
    "learn/looks",
  ]) {
    mkdirSync(join(built, room), { recursive: true });
    for (const name of readdirSync(join(repository, "src", room))) {
      if (!name.endsWith(".ts")) continue;
      const source = readFileSync(join(repository, "src", room, name), "utf8");
      const { outputText } = ts.transpileModule(source, {
        compilerOptions: {
          module: ts.ModuleKind.ESNext,
          target: ts.ScriptTarget.ES2022,
          rewriteRelativeImportExtensions: true,
          verbatimModuleSyntax: true,
        },
      });
      writeFileSync(join(built, room, name.replace(/\.ts$/, ".js")), outputText);
    }
  }
  pictures = join(root, "pictures");
  mkdirSync(pictures);
  for (let n = 0; n < 90; n++) await writePicture(n);
  writeFileSync(join(pictures, "empty.jpg"), "");
  writeFileSync(join(pictures, "50b.jpg"), "no picture");
  writeFileSync(join(pictures, "51b.jpg"), readFileSync(join(pictures, "51.jpg")).subarray(0, 900));
  // Equal bytes under another name: stored once.
  writeFileSync(join(pictures, "7again.jpg"), readFileSync(join(pictures, "7.jpg")));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Every fifth is a PNG, every seventh has Exif: those are for the thread that ingests. */
async function writePicture(n: number) {
  const [width, height] = [40 + n, 64];
  const pixels = Buffer.alloc(3 * width * height);
  for (let i = 0; i < pixels.length; i++) pixels[i] = 128 + 100 * Math.sin((i * (n + 3)) / 997);
  const picture = sharp(pixels, { raw: { width, height, channels: 3 } });
  if (n % 7 === 0) picture.withExif({ IFD0: { Artist: "x" } });
  const made = n % 5 === 0 ? picture.png() : picture.jpeg();
  await made.toFile(join(pictures, `${n}.${n % 5 === 0 ? "png" : "jpg"}`));
}

async function take(place: string, readers: IngestOptions["readers"]) {
  const packs = join(root, place);
  const { version } = await ingest(detectSource(pictures), {
    name: "parts",
    resolution: 16,
    createPack: (given) => createPackWriter(packs, given),
    openPack: (digest) => openPack(join(packs, digest)),
    clock: systemClock,
    concurrency: 2,
    readers,
  });
  return version;
}
const reader = () => pathToFileURL(join(built, "learn/data/picture-reader.js"));

const withoutNative = { TANAFUDA_TURBOJPEG: "off" };

test("one, two and five threads make the version and the pack that reading one by one makes", async () => {
  const alone = await take("alone", { count: 0 });
  expect([alone.items.id.length, alone.rejected.length]).toEqual([91, 3]);
  for (const count of [1, 2, 5]) {
    const version = await take(`threads-${count}`, { count, module: reader() });
    expect(digestJson({ ...version, created: undefined })).toBe(
      digestJson({ ...alone, created: undefined }),
    );
  }
});

test("by native code and by WebAssembly the same", async ({ skip }) => {
  skip(turbojpeg === undefined, noTurbojpeg);
  const readers = { count: 2, module: reader() };
  const made: string[] = [];
  for (const environment of [{ TANAFUDA_TURBOJPEG: turbojpeg }, withoutNative]) {
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    const { packs, items } = await take(`decoder-${made.length}`, readers);
    made.push(digestJson({ packs, items }));
    vi.unstubAllEnvs();
  }
  expect(made[0]).toBe(made[1]);
});

test("a library that was named and is none is told of before anything is read", async () => {
  vi.stubEnv("TANAFUDA_TURBOJPEG", join(pictures, "1.jpg"));
  const taken = take("unusable", { count: 2, module: reader() });
  await expect(taken).rejects.toMatchObject({ code: "formats/jpeg-library-unusable" });
  vi.unstubAllEnvs();
});

test("a thread that dies is a problem of its own", async () => {
  const dying = join(root, "dying.mjs");
  writeFileSync(
    dying,
    `import { parentPort } from "node:worker_threads";
     parentPort.on("message", () => { throw new Error("out of memory"); });`,
  );
  const taken = take("dying", { count: 2, module: pathToFileURL(dying) });
  await expect(taken).rejects.toMatchObject({ code: "data/reader-stopped" });
});

test("a thread without its module is told of, too", async () => {
  const missing = pathToFileURL(join(root, "missing.js"));
  const taken = take("missing", { count: 2, module: missing });
  await expect(taken).rejects.toMatchObject({ code: "data/reader-stopped" });
});
