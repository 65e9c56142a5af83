/** A folder of JPEG into a pack, beside Pillow in a loader; and what memory does as items grow. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { groceryFolder, jpegFiles } from "../augment/pictures.ts";
import {
  type BenchOptions,
  type BenchReport,
  type Check,
  type Child,
  type Contestant,
  race,
  readMachine,
  requirePeer,
  Stop,
  startOurs,
  startPeer,
} from "../harness/index.ts";

const resolution = 64;
const target = 1.5;
/** Mean difference of bytes: both filters are right, and not the same. */
const tolerance = 4;
const peers = [
  { name: "Pillow", draft: false },
  { name: "Pillow, draft", draft: true },
] as const;
const anything = z.object({});
const packed = z.object({ seconds: z.number(), pictures: z.int(), peak: z.number().optional() });

/** `ingest grow` also generates ten times the items, and holds the peaks of memory side by side. */
export async function ingestBench({
  threads,
  rounds = 5,
  rest,
}: BenchOptions): Promise<BenchReport> {
  const machine = readMachine();
  const folder = groceryFolder();
  await requirePeer("ingest");
  const aside = mkdtempSync(join(tmpdir(), "tanafuda-bench-"));
  const children: Child[] = [await startOurs("ingest", { name: "ours" })];
  for (const { name } of peers) children.push(await startPeer("ingest", { name }));
  const [ours, ...others] = children;
  const task = { folder, resolution, threads };
  const files = peers.map((_, i) => join(aside, `peer-${i}.bin`));
  try {
    const checks: Check[] = [];
    for (const [i, { name, draft }] of peers.entries()) {
      await others[i].ask("prepare", { ...task, draft }, anything);
      await others[i].ask("pack", { file: files[i] }, packed);
      checks.push(await comparison(ours, { ...task, file: files[i] }, name));
    }
    const contestants = children.map((child, i): Contestant => {
      const asked = i === 0 ? task : { file: files[i - 1] };
      const measure = async () => {
        const { seconds, pictures } = await child.ask("pack", asked, packed);
        return pictures / seconds;
      };
      return { name: child.name, ours: i === 0, measure };
    });
    const standing = await race({
      name: "grocery-store",
      work: `JPEG into a pack of shorter side ${resolution}, ${threads} threads or processes`,
      unit: "pictures/s",
      better: "higher",
      target,
      rounds,
      contestants,
    });
    const versions = Object.assign({}, ...children.map((child) => child.versions));
    const notes = rest.includes("grow") ? [await growth(folder, aside, threads)] : [];
    return { bench: "ingest", machine, versions, checks, races: [standing], notes };
  } finally {
    for (const child of children) await child.close();
    rmSync(aside, { recursive: true, force: true });
  }
}

async function comparison(
  ours: Child,
  task: Readonly<Record<string, string | number>>,
  name: string,
): Promise<Check> {
  const schema = z.object({ bytes: z.int(), theirs: z.int(), difference: z.number() });
  const { bytes, theirs, difference } = await ours.ask("compare", task, schema);
  const check = { name: `pictures, ours and ${name}, levels`, found: difference, limit: tolerance };
  if (bytes === theirs && difference <= tolerance) return check;
  throw new Stop(
    "wrong-answer",
    `${name} has ${theirs} bytes of pictures and ours ${bytes}; they differ by ${difference} levels.`,
  );
}

/** Each file ten times, told apart by bytes behind its end; peaks of fresh processes. */
async function growth(folder: string, aside: string, threads: number): Promise<string> {
  const grown = join(aside, "grown");
  for (const [i, file] of jpegFiles(folder).entries()) {
    const bytes = readFileSync(file);
    mkdirSync(join(grown, String(i % 100)), { recursive: true });
    for (let copy = 0; copy < 10; copy++) {
      const tail = Buffer.from(`#${copy}`);
      writeFileSync(join(grown, String(i % 100), `${i}-${copy}.jpg`), Buffer.concat([bytes, tail]));
    }
  }
  const peaks: string[] = [];
  for (const source of [folder, grown]) {
    const child = await startOurs("ingest", { name: "ours" });
    const task = { folder: source, resolution, threads };
    const { pictures, peak = 0 } = await child.ask("pack", task, packed);
    await child.close();
    peaks.push(`${pictures} pictures ${(peak / 2 ** 20).toFixed(0)} MB`);
  }
  return `peak resident memory: ${peaks.join(", ")}`;
}
