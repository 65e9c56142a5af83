/**
 * How many planted wrong labels `data check` names, and how far down its list: 5 % of the labels of
 * grocery-store and CIFAR-100 are changed to another class at random, and the list is held against
 * them. Wrong labels that were there before count as false alarms here.
 *
 * `npm run bench -- doubtful-labels [WORKSPACE REPRESENTATION]`: by looks, or by a representation's
 * features on the dataset it was trained on.
 */
import { mkdtempSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { resolve } from "node:path";
import { addData } from "../../src/app/add-data.ts";
import { openStoredPictures } from "../../src/app/dataset.ts";
import { openReadingDesk } from "../../src/app/desk.ts";
import { machineOf, openExecutor } from "../../src/app/executor.ts";
import { storedFeatures } from "../../src/app/subjects.ts";
import type { Work } from "../../src/app/work.ts";
import {
  fork,
  integer,
  type Key,
  keyFromSeed,
  permutation,
  systemClock,
} from "../../src/base/index.ts";
import type { LabelSet } from "../../src/formats/documents/index.ts";
import { doubtfulLabels, type Features, openLookFeatures } from "../../src/learn/check/index.ts";
import { thumbnail } from "../../src/learn/looks/index.ts";
import type { StoredDataset } from "../../src/registry/index.ts";
import type { BenchOptions } from "../harness/index.ts";

const share = 0.05;
const seeds = [0, 1, 2];

export async function doubtfulLabelsBench({ rest, cache }: BenchOptions): Promise<undefined> {
  const [place, reference] = rest;
  if (place !== undefined && reference !== undefined) {
    const work = workIn(place);
    const desk = openReadingDesk(work);
    const representation = desk.store.resolve(reference, work.cwd);
    const dataset = desk.store.dataset(representation.document.dataset.name);
    const { layer } = representation.document;
    const executor = await openExecutor(await machineOf({}, work.workspace), work);
    using pictures = openStoredPictures(desk.store, dataset.document);
    const task = { executor, pictures, desk };
    const found = await storedFeatures(representation, { taps: [layer], dataset }, task);
    await executor.dispose();
    report(`${dataset.document.name}, ${reference}`, dataset, found[layer]);
    return undefined;
  }
  const data = process.env.TANAFUDA_DATA ?? resolve(homedir(), ".cache/tanafuda-data");
  const workspace = cache ?? mkdtempSync(resolve(tmpdir(), "tanafuda-bench-"));
  for (const [name, folder] of [
    ["grocery-store", "grocery-store"],
    ["cifar-100", "cifar-100-binary"],
  ]) {
    const work = workIn(workspace);
    await addData({ path: resolve(data, folder), name }, work);
    const { store } = openReadingDesk(work);
    const dataset = store.dataset(name);
    using pictures = openStoredPictures(store, dataset.document);
    const looks = openLookFeatures(pictures.count);
    for (let i = 0; i < pictures.count; i++) {
      looks.add(i, thumbnail(pictures.read(i), pictures.size(i)));
    }
    report(`${name}, looks`, dataset, await looks.finish());
  }
  return undefined;
}

function report(name: string, { document }: StoredDataset, features: Features): void {
  for (const set of document.labelSets) {
    const rows = seeds.map((seed) => judge(set, features, fork(keyFromSeed(seed), "wrong")));
    const mean = (pick: (row: Judged) => number) =>
      rows.reduce((sum, row) => sum + pick(row), 0) / rows.length;
    const percent = (value: number) => `${(100 * value).toFixed(1)} %`;
    process.stdout.write(
      `${name}, ${set.name} (${set.classes.length} classes, ${rows[0].planted} planted): ` +
        `agreement ${percent(mean((row) => row.agreement))}; list of ${mean((row) => row.listed).toFixed(0)} ` +
        `finds ${percent(mean((row) => row.recall))} at precision ${percent(mean((row) => row.precision))}; ` +
        `first 50: ${percent(mean((row) => row.first))}; ` +
        `first ${rows[0].planted}: ${percent(mean((row) => row.asMany))}; by chance ${percent(share)}\n`,
    );
  }
}

interface Judged {
  readonly planted: number;
  readonly listed: number;
  readonly agreement: number;
  readonly recall: number;
  /** Of the whole list, of its first 50, and of as many as were planted. */
  readonly precision: number;
  readonly first: number;
  readonly asMany: number;
}

function judge(set: LabelSet, features: Features, key: Key): Judged {
  const labelled = [...set.codes.keys()].filter((i) => set.codes[i] >= 0);
  const drawn = permutation(key, labelled.length).subarray(0, Math.round(share * labelled.length));
  const wrong = new Set([...drawn].map((k) => labelled[k]));
  const count = set.classes.length;
  const codes = set.codes.map((code, i) =>
    wrong.has(i) ? (code + 1 + integer(fork(key, i), count - 1)) % count : code,
  );
  const [{ groups, agreement }] = doubtfulLabels([{ ...set, codes }], features);
  const hits = groups.map(({ items: [{ at }] }) => (wrong.has(at) ? 1 : 0));
  const within = (length: number) =>
    hits.slice(0, length).reduce<number>((sum, hit) => sum + hit, 0) /
    Math.max(1, Math.min(length, hits.length));
  const all = hits.reduce<number>((sum, hit) => sum + hit, 0);
  return {
    planted: wrong.size,
    listed: hits.length,
    agreement,
    recall: all / wrong.size,
    precision: within(hits.length),
    first: within(50),
    asMany: within(wrong.size),
  };
}

function workIn(place: string): Work {
  const workspace = resolve(place);
  return {
    workspace,
    cwd: workspace,
    emit: () => {},
    signal: new AbortController().signal,
    clock: systemClock,
    command: ["bench", "doubtful-labels"],
  };
}
