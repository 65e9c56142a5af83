/** What both sides of the parity bench train on and judge: pictures, labels, the whole recipe. */
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { digestBytes, fork, type Json, keyFromSeed } from "../../src/base/index.ts";
import { cifarPixels, cifarSide } from "../../src/formats/cifar/index.ts";
import {
  colourOperations,
  measureNormalize,
  simclrRecipe,
  vicregRecipe,
} from "../../src/learn/augment/index.ts";
import { backbone } from "../../src/learn/backbones/index.ts";
import type { LabelSet } from "../../src/learn/measure/index.ts";
import { type Method, method } from "../../src/learn/methods/index.ts";
import { cosineSchedule } from "../../src/learn/optim/index.ts";
import { type Choices, type Pictures, settle } from "../../src/learn/train/index.ts";
import { Stop } from "../harness/stop.ts";

export type MethodName = Method["name"];

export const trainingPictures = 20_000;
export const epochs = 10;
const batch = 256;
const [labelBytes, record] = [2, 2 + 3 * cifarSide ** 2];

export interface Subject {
  readonly train: Pictures;
  readonly test: Pictures;
  readonly labelSets: readonly LabelSet[];
  /** Of the bytes of both. */
  readonly digest: string;
}

/** Where the canonical binary files lie. */
export function dataFolder(): string {
  const root = process.env.TANAFUDA_DATA ?? join(homedir(), ".cache", "tanafuda-data");
  const folder = join(root, "cifar-100-binary");
  if (existsSync(join(folder, "train.bin")) && existsSync(join(folder, "test.bin"))) return folder;
  throw new Stop(
    "data-missing",
    `This bench needs CIFAR-100 as its authors publish it for C programs: train.bin and test.bin ` +
      `in ${folder}. Another place is named by TANAFUDA_DATA.`,
  );
}

/** The first 20,000 training pictures and all test pictures, in the order of the files. */
export function readSubject(): Subject {
  const folder = dataFolder();
  const read = (name: string) => readFileSync(join(folder, name));
  const train = read("train.bin").subarray(0, trainingPictures * record);
  const test = read("test.bin");
  const sets = [
    { name: "fine", at: 1, classes: 100 },
    { name: "coarse", at: 0, classes: 20 },
  ];
  return {
    train: picturesOf(train),
    test: picturesOf(test),
    labelSets: sets.map(({ name, at, classes }) => {
      const names = Array.from({ length: classes }, (_, i) => `${name}-${i}`);
      const of = (bytes: Uint8Array) => ({ classes: names, codes: codesOf(bytes, at) });
      return { name, train: of(train), test: of(test) };
    }),
    digest: digestBytes(Buffer.concat([train, test])),
  };
}

/** Ours, as a person who gives only method, backbone and epochs gets it. */
export function choicesFor(name: MethodName, seed: number, { train, digest }: Subject): Choices {
  const chosen = method(name);
  const normalize = measureNormalize(train, fork(keyFromSeed(0), "normalize"));
  const recipes = chosen.recipe === "simclr" ? simclrRecipe : vicregRecipe;
  return {
    backbone: backbone("res-2-64"),
    method: chosen,
    pictures: train,
    data: digest,
    recipes: recipes({ size: cifarSide, normalize }),
    seed,
    duration: { epochs },
    batch,
  };
}

/** Everything that decides the numbers, for the peer and for the name of what is kept. */
export function recipeOf(name: MethodName, subject: Subject) {
  const settings = settle(choicesFor(name, 0, subject));
  const steps = settings.stepsPerEpoch * epochs;
  return {
    method: { name, settings: settings.method.settings },
    backbone: settings.backbone.name,
    width: settings.backbone.width,
    projector: settings.projector,
    views: settings.recipes.views[0],
    colours: colourOperations,
    pictures: settings.pictures.count,
    data: subject.digest,
    batch,
    epochs,
    optimiser: { name: settings.optimiser.name, settings: settings.optimiser.settings },
    clip: settings.clip ?? null,
    schedule: { ...cosineSchedule(settings.rate, steps) },
  } satisfies Json;
}

function picturesOf(bytes: Uint8Array): Pictures {
  return {
    count: bytes.length / record,
    size: () => ({ height: cifarSide, width: cifarSide }),
    read: (i) => cifarPixels(bytes.subarray(i * record + labelBytes, (i + 1) * record)),
  };
}

function codesOf(bytes: Uint8Array, at: number): Int32Array {
  return Int32Array.from({ length: bytes.length / record }, (_, i) => bytes[i * record + at]);
}
