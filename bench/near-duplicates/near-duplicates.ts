/**
 * How many planted near-duplicates `data check` finds, and how many of the pairs it names were
 * planted: on photos of grocery-store and on CIFAR-100, whose own near-duplicates between test and
 * training (about one test picture in ten: Barz, Denzler, J. Imaging 2020) are counted, too.
 *
 * `npm run bench -- near-duplicates [planted] [cifar-100] [speed]`; all three unless told.
 */
import {
  closeSync,
  copyFileSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { z } from "zod";
import { fork, keyFromSeed, permutation } from "../../src/base/index.ts";
import { decodePicture } from "../../src/formats/image/index.ts";
import {
  describeInto,
  emptyDescriptions,
  findNearDuplicates,
  type Pair,
  type PictureSource,
} from "../../src/learn/looks/index.ts";
import { groceryFolder, jpegFiles } from "../augment/pictures.ts";
import { type BenchOptions, startOurs } from "../harness/index.ts";
import { alterations } from "./plant.ts";

interface Held {
  readonly pixels: Uint8Array;
  readonly height: number;
  readonly width: number;
}

const [photos, small, copies] = [3000, 10_000, 100];
const record = 3074;

export async function nearDuplicatesBench({ rest, threads }: BenchOptions): Promise<undefined> {
  const asked = (part: string) => rest.length === 0 || rest.includes(part);
  if (asked("planted")) {
    await planted("grocery-store", await groceryPictures(), 64);
    await planted("CIFAR-100", await cifarPictures(), 32);
  }
  if (asked("cifar-100")) cifar();
  if (asked("speed")) await speed(threads);
  return undefined;
}

/** Plants copies of each kind, of originals drawn at random, and counts what is found. */
async function planted(name: string, originals: readonly Buffer[], side: number): Promise<void> {
  const key = keyFromSeed(1);
  const held: Held[] = [];
  for (const bytes of originals) held.push(await decodePicture(bytes, side));
  const source: { readonly original: number; readonly kind: string }[] = [];
  for (const { name: kind, apply } of alterations) {
    const drawn = permutation(fork(key, kind), originals.length).subarray(0, copies);
    for (const original of drawn) {
      const bytes = await apply(originals[original], fork(key, kind, original));
      held.push(await decodePicture(bytes, side));
      source.push({ original, kind });
    }
  }
  const { pairs, seconds } = search(held);
  const origin = (i: number) => (i < originals.length ? i : source[i - originals.length].original);
  // What the originals share among themselves is nobody's planting: it is left out of the count.
  const own = new Set(
    pairs.filter(({ outer, inner }) => Math.max(outer, inner) < originals.length).map(both),
  );
  const concerned = pairs.filter(({ outer, inner }) => Math.max(outer, inner) >= originals.length);
  const right = concerned.filter(({ outer, inner }) => origin(outer) === origin(inner));
  const through = concerned.filter(({ outer, inner }) => {
    const [a, b] = [origin(outer), origin(inner)].sort((x, y) => x - y);
    return a !== b && own.has(`${a} ${b}`);
  });
  const found = new Set(right.flatMap(({ outer, inner }) => [outer, inner]));
  say(
    `\n${name}: ${originals.length} pictures and ${source.length} planted, ${seconds.toFixed(0)} s`,
  );
  for (const { name: kind } of alterations) {
    const all = source.flatMap((copy, i) => (copy.kind === kind ? [originals.length + i] : []));
    const hits = all.filter((i) => found.has(i)).length;
    say(`  ${kind.padEnd(24)} recall ${((100 * hits) / all.length).toFixed(0).padStart(4)} %`);
  }
  const judged = concerned.length - through.length;
  say(`  precision ${((100 * right.length) / judged).toFixed(1)} % of ${judged} pairs with a copy`);
  say(`  pairs among the originals: ${own.size}`);
}

/** Test pictures of CIFAR-100 with a near-duplicate in training. */
function cifar(): void {
  const root = cifarFolder();
  const held = ["test.bin", "train.bin"].flatMap((file) => {
    const bytes = readFileSync(join(root, file));
    return Array.from({ length: bytes.length / record }, (_, i) => pictureOf(bytes, i));
  });
  const tests = 10_000;
  const { pairs, seconds } = search(held);
  const across = pairs.filter(({ outer, inner }) => outer < tests !== inner < tests);
  const leaked = new Set(across.map(({ outer, inner }) => Math.min(outer, inner)));
  const within = new Set(
    pairs
      .filter(({ outer, inner }) => outer < tests && inner < tests)
      .flatMap(({ outer, inner }) => [outer, inner]),
  );
  say(`\nCIFAR-100: ${held.length} pictures, ${seconds.toFixed(0)} s`);
  say(`  test pictures with a near-duplicate in training: ${leaked.size} of ${tests}`);
  say(`  test pictures with one among the test pictures: ${within.size}`);
}

/** A whole check of 100,000 pictures and of half as many: its time, and how memory grows. */
async function speed(threads: number): Promise<void> {
  const source = cifarFolder();
  const bytes = readFileSync(join(source, "train.bin"));
  const own = bytes.length / record;
  for (const count of [own, 2 * own]) {
    const folder = mkdtempSync(join(tmpdir(), "tanafuda-bench-"));
    for (const name of ["coarse_label_names.txt", "fine_label_names.txt"]) {
      copyFileSync(join(source, name), join(folder, name));
    }
    const file = openSync(join(folder, "train.bin"), "w");
    for (let i = 0; i < count; i++) {
      const one = Buffer.from(bytes.subarray((i % own) * record, ((i % own) + 1) * record));
      if (i >= own) one.set(rolled(one.subarray(2), 1 + (i % 7)), 2);
      writeSync(file, one);
    }
    closeSync(file);
    writeFileSync(join(folder, "test.bin"), "");
    const child = await startOurs("check");
    try {
      const { seconds, processor, pictures, peak } = await child.ask(
        "check",
        { folder, threads },
        z.object({
          seconds: z.number(),
          processor: z.number(),
          pictures: z.int(),
          peak: z.number(),
        }),
      );
      say(
        `${pictures} pictures, ${threads} threads: ${seconds.toFixed(0)} s (${processor.toFixed(0)} s ` +
          `of processor), ${(pictures / seconds).toFixed(0)}/s, peak ${(peak / 2 ** 20).toFixed(0)} MB`,
      );
    } finally {
      await child.close();
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

/** Each plane moved by some rows and columns, and planes exchanged: another picture of the kind. */
function rolled(planes: Uint8Array, by: number): Uint8Array {
  const moved = new Uint8Array(planes.length);
  for (let i = 0; i < planes.length; i++) {
    moved[i] = planes[(i + 1024 * by + 32 * 2 * by + 3 * by) % planes.length];
  }
  return moved;
}

function search(held: readonly Held[]): { pairs: Pair[]; seconds: number } {
  const source = {
    count: held.length,
    size: (i: number) => held[i],
    read: (i: number) => held[i].pixels,
  };
  const started = performance.now();
  const pairs = searchSource(source);
  return { pairs, seconds: (performance.now() - started) / 1000 };
}

function searchSource(source: PictureSource): Pair[] {
  const descriptions = emptyDescriptions(source.count);
  for (let i = 0; i < source.count; i++) {
    describeInto(descriptions, i, { pixels: source.read(i), ...source.size(i) });
  }
  const pairs: Pair[] = [];
  findNearDuplicates(source, descriptions, { onPair: (pair) => pairs.push(pair) });
  return pairs;
}

async function groceryPictures(): Promise<Buffer[]> {
  const files = jpegFiles(groceryFolder());
  const drawn = permutation(keyFromSeed(2), files.length).subarray(0, photos);
  return [...drawn].map((i) => readFileSync(files[i]));
}

async function cifarPictures(): Promise<Buffer[]> {
  const bytes = readFileSync(join(cifarFolder(), "train.bin"));
  const raw = { width: 32, height: 32, channels: 3 } as const;
  const pictures: Buffer[] = [];
  for (let i = 0; i < small; i++) {
    pictures.push(await sharp(pictureOf(bytes, i).pixels, { raw }).png().toBuffer());
  }
  return pictures;
}

function cifarFolder(): string {
  const root = process.env.TANAFUDA_DATA ?? join(homedir(), ".cache", "tanafuda-data");
  return join(root, "cifar-100-binary");
}

/** Two labels, then three planes. */
function pictureOf(bytes: Buffer, i: number): Held {
  const planes = bytes.subarray(i * record + 2, (i + 1) * record);
  const pixels = new Uint8Array(3 * 1024);
  for (let k = 0; k < 1024; k++) {
    for (let c = 0; c < 3; c++) pixels[3 * k + c] = planes[1024 * c + k];
  }
  return { pixels, height: 32, width: 32 };
}

function both({ outer, inner }: Pair): string {
  return `${Math.min(outer, inner)} ${Math.max(outer, inner)}`;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
