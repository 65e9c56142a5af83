/** Measures representations, or matrices from elsewhere, and compares several in pairs. */
import { extname, resolve } from "node:path";
import { asJson, fork, keyFromSeed, Problem } from "../base/index.ts";
import { checkDocument, type MeasurementDocument } from "../formats/documents/index.ts";
import {
  type Comparison,
  comparePaired,
  type Measured,
  type Measurement,
} from "../learn/measure/index.ts";
import {
  type Representation,
  type RunFolder,
  readConfig,
  type StoredDataset,
} from "../registry/index.ts";
import { openDataset, openStoredPictures } from "./dataset.ts";
import { type Desk, openDesk } from "./desk.ts";
import { examplePicture } from "./example-picture.ts";
import { type ExecutorChoice, machineOf, openExecutor } from "./executor.ts";
import { codeFacts, hostFacts } from "./host.ts";
import { chooseLabelSets } from "./label-sets.ts";
import { measureMatrixFile } from "./measure-matrix-file.ts";
import { type MeasureTask, measureSubjects, type SubjectsMeasured } from "./measure-subjects.ts";
import { productOn } from "./product.ts";
import { type SeedSpread, seedSpreads } from "./seed-spread.ts";
import type { Work } from "./work.ts";

export type { Measurement };

export interface MeasureOptions extends ExecutorChoice {
  readonly representations: readonly string[];
  readonly labels?: readonly string[];
  /** Names of layers, or `all`. */
  readonly layers?: readonly string[];
  /** A dataset to measure on; by default the representation's own. */
  readonly data?: string;
  /** Labels of a matrix from elsewhere. */
  readonly list?: string;
  readonly seed?: number;
}

/** Numbers of one thing that was measured. */
export interface MeasuredColumn {
  readonly name: string;
  /** What it is: a representation, one of its controls, or a file. */
  readonly kind: "representation" | "control" | "file";
  readonly measurements: readonly Measurement[];
}

export interface LayerRow {
  readonly representation: string;
  readonly tap: string;
  readonly trained: readonly Measurement[];
  readonly untrained: readonly Measurement[];
}

export interface MeasureResult {
  readonly run: string;
  readonly dataset?: string;
  /** A picture of the dataset, to search with. */
  readonly example?: string;
  readonly columns: readonly MeasuredColumn[];
  readonly layers: readonly LayerRow[];
  /** Where representations differ in their seed alone. */
  readonly seeds: readonly SeedSpread[];
  readonly comparisons: readonly (Comparison & { readonly from: string; readonly to: string })[];
}

const matrixEndings = [".npy", ".parquet"];

export async function measure(options: MeasureOptions, work: Work): Promise<MeasureResult> {
  const { representations } = options;
  const seed = options.seed ?? readConfig(work.workspace).seed ?? 0;
  using desk = await openDesk(work);
  const executor = await openExecutor(await machineOf(options, work.workspace), work);
  try {
    await using products = productOn(executor);
    const tools = { desk, executor, seed, product: products.product };
    const files = representations.filter((name) => matrixEndings.includes(extname(name)));
    if (files.length === representations.length) {
      return await measureFiles(options, files, { ...tools });
    }
    return await measureStored(options, tools);
  } finally {
    await executor.dispose();
  }
}

interface Tools extends Pick<MeasureTask, "executor" | "seed" | "product"> {
  readonly desk: Desk;
}

async function measureStored(options: MeasureOptions, tools: Tools): Promise<MeasureResult> {
  const { desk } = tools;
  const found = options.representations.map((name) => desk.store.resolve(name, desk.work.cwd));
  const dataset = await datasetOf(options, found[0], desk);
  const labelSets = chooseLabelSets(dataset.document, options.labels);
  using pictures = openStoredPictures(desk.store, dataset.document);
  const run = openRun(options, { ...tools, dataset, found });
  const measured: { representation: Representation; of: SubjectsMeasured }[] = [];
  for (const representation of found) {
    const layers = layersOf(representation, options.layers);
    const task = { ...tools, pictures, dataset, labelSets, layers };
    measured.push({ representation, of: await measureSubjects(representation, task) });
  }
  const columns = measured.flatMap(({ representation, of }, i) => {
    const suffix = found.length > 1 ? ` (${representation.reference})` : "";
    const controls = (["untrained", "raw-pixels", "pca"] as const)
      .filter((name) => name === "untrained" || i === 0)
      .map((name) => ({
        name: name === "untrained" ? `${name}${suffix}` : name,
        kind: "control" as const,
        measurements: of.subjects[name].measurements,
      }));
    const { measurements } = of.subjects.trained;
    return [
      { name: representation.reference, kind: "representation" as const, measurements },
      ...controls,
    ];
  });
  const comparisons = [
    ...measured.flatMap(({ representation, of }) =>
      label(
        of.gains.untrained,
        `untrained (${representation.reference})`,
        representation.reference,
      ),
    ),
    ...compareAll(
      measured.map(({ representation, of }) => ({
        name: representation.reference,
        of: of.subjects.trained,
      })),
      tools.seed,
    ),
  ];
  const layers = measured.flatMap(({ representation, of }) =>
    of.layers.map((layer) => ({ representation: representation.reference, ...layer })),
  );
  const seeds = seedSpreads(measured);
  const about = { dataset: dataset.document.name, ...examplePicture(dataset.document) };
  const result = { run: run.id, ...about, columns, layers, seeds, comparisons };
  finish(run, { result, dataset, found, ...tools });
  return result;
}

async function measureFiles(
  { list, representations, labels }: MeasureOptions,
  files: readonly string[],
  { desk, seed, product }: Tools,
): Promise<MeasureResult> {
  const { work, writer } = desk;
  const measured: { name: string; of: Measured }[] = [];
  for (const name of files) {
    const path = resolve(work.cwd, name);
    const listed = list === undefined ? undefined : resolve(work.cwd, list);
    const choice = { ...(listed && { list: listed }), ...(labels && { labels }), seed, product };
    measured.push({ name, of: await measureMatrixFile(path, choice) });
  }
  const run = writer.createRun({
    kind: "measure",
    command: [...work.command],
    seeds: [seed],
    configuration: { representations: [...representations], list: list ?? null },
    datasets: [],
    representations: [],
    code: codeFacts(),
    host: hostFacts(),
  });
  const columns = measured.map(({ name, of }) => ({
    name,
    kind: "file" as const,
    measurements: of.measurements,
  }));
  const comparisons = compareAll(measured, seed);
  const result = { run: run.id, columns, layers: [], seeds: [], comparisons };
  run.keep("measurements.json", asJson(result));
  run.finish({ state: "finished" });
  return result;
}

/** The first against each of the others, item by item. */
function compareAll(measured: readonly { name: string; of: Measured }[], seed: number) {
  const [first, ...others] = measured;
  const key = fork(keyFromSeed(seed), "compare");
  return others.flatMap(({ name, of }) =>
    label(comparePaired(first.of, of, { key }), first.name, name),
  );
}

function label(comparisons: readonly Comparison[], from: string, to: string) {
  return comparisons.map((comparison) => ({ ...comparison, from, to }));
}

async function datasetOf(
  { data, representations }: MeasureOptions,
  { document }: Representation,
  desk: Desk,
): Promise<StoredDataset> {
  if (data !== undefined) return await openDataset(data, {}, desk);
  const own = desk.store.datasetNames().includes(document.dataset.name);
  if (own) return desk.store.dataset(document.dataset.name);
  throw new Problem("app/dataset-gone", {
    representation: representations[0],
    dataset: document.dataset.name,
  });
}

function layersOf({ document }: Representation, asked: readonly string[] = []): readonly string[] {
  const known = document.layers.map(({ name }) => name);
  if (asked.length === 1 && asked[0] === "all") return known;
  const unknown = asked.find((name) => !known.includes(name));
  if (unknown === undefined) return asked;
  const { name } = document;
  throw new Problem("app/layer-unknown", {
    representation: name,
    layer: unknown,
    known: known.join(", "),
  });
}

function openRun(
  { representations, labels, layers }: MeasureOptions,
  { desk, seed, dataset, found }: Measuring,
): RunFolder {
  return desk.writer.createRun({
    kind: "measure",
    command: [...desk.work.command],
    seeds: [seed],
    configuration: {
      representations: [...representations],
      labels: labels ? [...labels] : null,
      layers: layers ? [...layers] : null,
    },
    datasets: [{ name: dataset.document.name, version: dataset.version }],
    representations: found.map(({ document }) => ({
      name: document.name,
      version: document.version,
    })),
    code: codeFacts(),
    host: hostFacts(),
  });
}

interface Measuring extends Tools {
  readonly dataset: StoredDataset;
  readonly found: readonly Representation[];
}

interface Finishing extends Measuring {
  readonly result: MeasureResult;
}

function finish(run: RunFolder, { result, dataset, found, seed, desk }: Finishing): void {
  for (const [i, { name, kind, measurements }] of result.columns.entries()) {
    const document: MeasurementDocument = checkDocument(
      "measurement",
      {
        format: 1,
        created: desk.work.clock.now().toISOString(),
        run: run.id,
        subject: { kind, name },
        seed,
        dataset: { name: dataset.document.name, version: dataset.version },
        values: measurements.map(({ interval, items, details, control, ...rest }) => ({
          ...rest,
          layer: found[0].document.layer,
          count: items,
          ...(interval && { interval: [interval.low, interval.high] }),
          ...((details || control) && { settings: { ...details, ...(control && { control }) } }),
        })),
      },
      name,
    );
    run.keepDocument("measurement", `measurement-${i + 1}.json`, document);
  }
  run.finish({ state: "finished" });
}
