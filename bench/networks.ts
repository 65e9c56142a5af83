/** The networks that are timed: the product's own training step and encoder, on views that are drawn. */
import { fork, type Key, keyFromSeed, normal, uniform } from "../src/base/index.ts";
import { narrowed, type ProgramSpec, placeholder, sizeOf } from "../src/engine/index.ts";
import { simclrRecipe } from "../src/learn/augment/index.ts";
import { backbone, encoder, features } from "../src/learn/backbones/index.ts";
import { simclr } from "../src/learn/methods/index.ts";
import {
  evaluation,
  initialValues,
  type Layer,
  placeholders,
  type ValueTree,
} from "../src/learn/nn/index.ts";
import { sgd } from "../src/learn/optim/index.ts";
import { settle } from "../src/learn/train/index.ts";
import { trainingProgram } from "../src/learn/train/program.ts";
import { startingValues } from "../src/learn/train/session.ts";

const seed = 11;
const key = keyFromSeed(seed);
const rate = 0.03;

/** A program with everything that it needs to run. */
export interface Timed {
  readonly spec: ProgramSpec;
  /** What it starts from, the optimiser's and norms' state too. */
  readonly owned: ValueTree;
  readonly inputs: Readonly<Record<string, Float32Array>>;
  /** Names in `owned` that a peer is given, in the order of its own modules. */
  readonly shared: readonly string[];
}

/** Projector 2048–128, temperature 0.5, SGD with momentum 0.9 and decay 5e-4. */
export function simclrStep(name: string, views: number, size = 32): Timed {
  const settings = settle({
    backbone: backbone(name, { size }),
    method: simclr({ temperature: 0.5 }),
    pictures: drawnAs(views / 2, size),
    data: "drawn",
    recipes: simclrRecipe({ size }),
    seed,
    duration: { epochs: 1 },
    batch: views / 2,
    projector: [2048, 128],
    optimiser: sgd(),
    rate,
    clip: "none",
  });
  const { spec, parameters } = trainingProgram(settings);
  const scalars = { rate, ...settings.method.scalars };
  return {
    spec,
    owned: startingValues(settings),
    inputs: {
      views: normalNumbers(fork(key, "views"), [views, 3, size, size]),
      ...Object.fromEntries(Object.entries(scalars).map(([name, x]) => [name, Float32Array.of(x)])),
    },
    shared: parameters.map(({ name }) => name),
  };
}

/** Pictures to features with running statistics, as an encoder is used when it is trained. */
export function embedding(name: string, count: number, size = 32): Timed {
  const network = backbone(name, { size });
  const body = encoder(network);
  const pictures = placeholder("pictures", [count, 3, size, size]);
  const found = features(network, placeholders(body), pictures, evaluation);
  return {
    spec: { outputs: narrowed({ features: found.y }) },
    owned: { ...initialValues(body, key), ...drawnStatistics(body) },
    inputs: { pictures: normalNumbers(fork(key, "pictures"), pictures.shape) },
    shared: normByNorm(body),
  };
}

/** A step is given its views, so nobody reads these. */
function drawnAs(count: number, size: number) {
  return {
    count,
    size: () => ({ height: size, width: size }),
    read: (): Uint8Array => {
      throw new Error("views are drawn, not made of pictures");
    },
  };
}

/** No identity: what folds a batch norm away must do it right. */
function drawnStatistics({ state }: Layer): ValueTree {
  return Object.fromEntries(
    state.map(({ name, shape, start }) => {
      const count = sizeOf(shape);
      const values =
        start === 0
          ? Float32Array.from(normal(fork(key, name), count), (x) => 0.1 * x)
          : Float32Array.from(uniform(fork(key, name), count), (x) => 0.5 + x);
      return [name, values];
    }),
  );
}

/** A norm's running statistics follow its own scale and shift. */
function normByNorm({ parameters, state }: Layer): string[] {
  const folder = (name: string) => name.slice(0, name.lastIndexOf("/"));
  return parameters.flatMap(({ name }) => {
    const own = name.endsWith("/shift") ? state.filter((s) => folder(s.name) === folder(name)) : [];
    return [name, ...own.map((s) => s.name)];
  });
}

function normalNumbers(key: Key, shape: readonly number[]): Float32Array {
  return Float32Array.from(normal(key, sizeOf(shape)));
}
