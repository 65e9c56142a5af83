/** Broken files through the readers they are for, one after another. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readParquetApart } from "../../src/app/job/read-parquet.ts";
import { readWorkbookApart } from "../../src/app/job/read-workbook.ts";
import { decodePicture } from "../../src/formats/image/index.ts";
import { readNpyMatrix } from "../../src/formats/npy/index.ts";
import { readSafetensors } from "../../src/formats/safetensors/index.ts";
import { readLabelList } from "../../src/learn/data/index.ts";
import { pictureBombs } from "./bombs.ts";
import { mutants, type Outcome, outcomeOf } from "./outcome.ts";
import { listSeeds, matrixSeeds, parquetSeeds, pictureSeeds, type Seed } from "./seeds.ts";
import { workbookBombs } from "./workbook-bombs.ts";

export async function readPictures(times: number, side?: number): Promise<Outcome[]> {
  const files = [...mutants(await pictureSeeds(), times), ...pictureBombs(side)];
  return await inOrder(files, ({ bytes }) => decodePicture(bytes, 64));
}

/** Workbooks are read as the product reads them, by a child where its folder is given. */
export async function readLists(times: number, jobs?: URL): Promise<Outcome[]> {
  const child = jobs && new URL("workbook-child.js", jobs);
  return await inFolder((path) => {
    const [books, texts] = [true, false].map((is) =>
      listSeeds().filter(({ name }) => /\.(xlsx?|ods)$/.test(name) === is),
    );
    // Each workbook starts a process.
    const files = [
      ...mutants(texts, times),
      ...mutants(books, child ? Math.ceil(times / 4) : times),
    ];
    const readWorkbook = (bytes: Uint8Array, file: string, sheet?: string) =>
      readWorkbookApart(bytes, file, sheet, { child });
    return inOrder(files, (file) => readLabelList(path(file), { readWorkbook }));
  });
}

export async function readWorkbookBombs(): Promise<Outcome[]> {
  return await inFolder((path) => inOrder(workbookBombs(), (file) => readLabelList(path(file))));
}

/** Some would never be read to their end: they need the built child, in the folder `jobs`. */
export async function readParquetFiles(times: number, jobs: URL): Promise<Outcome[]> {
  const options = { child: new URL("parquet-child.js", jobs), patience: 3_000 };
  return await inFolder((path) => {
    const files = mutants(parquetSeeds(), times);
    const selection = { id: "id", labels: ["kind"] };
    return inOrder(files, (file) => readParquetApart(path(file), selection, options));
  });
}

export async function readMatrices(times: number): Promise<Outcome[]> {
  return await inFolder((path) => {
    const files = mutants(matrixSeeds(), times);
    return inOrder(files, (file) => readMatrix(path(file)));
  });
}

function readMatrix(path: string): unknown {
  if (path.endsWith(".npy")) return readNpyMatrix(path);
  const file = readSafetensors(path);
  return file.names.map((name) => file.tensor(name));
}

async function inOrder(files: readonly Seed[], read: (file: Seed) => unknown): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const file of files) outcomes.push(await outcomeOf(file, read));
  return outcomes;
}

/** Lays each file in a temporary folder before it is read by its path. */
async function inFolder(
  work: (path: (file: Seed) => string, folder: string) => Promise<Outcome[]>,
): Promise<Outcome[]> {
  const folder = mkdtempSync(join(tmpdir(), "hostile-"));
  const path = ({ name, bytes }: Seed) => {
    writeFileSync(join(folder, name), bytes);
    return join(folder, name);
  };
  try {
    return await work(path, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
