/** The training program: views → backbone → projector → objective → gradients → next weights. */
import {
  gradient,
  l2Normalise,
  mean,
  multiply,
  narrowed,
  type ProgramSpec,
  placeholder,
  slice,
  sqrt,
  type Tensor,
  variance,
} from "../../engine/index.ts";
import { drawNumbers } from "../augment/index.ts";
import { encoder, features } from "../backbones/index.ts";
import {
  type Layer,
  type ParameterSpec,
  placeholders,
  type StateSpec,
  type Tree,
  training,
  within,
} from "../nn/index.ts";
import { globalNorm, optimiserStep, slotSpecs } from "../optim/index.ts";
import { largestSides } from "./picture-batch.ts";
import type { Settings } from "./settings.ts";
import { viewsOf } from "./views-graph.ts";

export interface TrainingProgram {
  readonly spec: ProgramSpec;
  readonly parameters: readonly ParameterSpec[];
  /** Running statistics. */
  readonly statistics: readonly StateSpec[];
  /** What the optimiser keeps. */
  readonly slots: readonly StateSpec[];
}

/** Encoder and projector: what is initialised, trained and kept. */
export function networkOf({ backbone, method, projector }: Settings): {
  encoder: Layer;
  projector: Layer;
} {
  return {
    encoder: encoder(backbone),
    projector: within("projector", method.projector(backbone.width, projector)),
  };
}

/**
 * Inputs: `views` [2 · batch, 3, size, size] (all first views, then all second ones) or, where the
 * step makes them, `pictures` and `draws`; `rate`, and the scalars of method and optimiser. Both views pass as one batch, so batch norm's statistics are over
 * both (as in google-research/simclr; solo-learn and lightly pass them one by one).
 */
export function trainingProgram(settings: Settings): TrainingProgram {
  const forward = forwardPass(settings);
  const { network, tree, terms } = forward;
  const gradients = gradientsOf(forward);
  const { optimiser, clip } = settings;
  const step = optimiserStep(optimiser, network.parameters, {
    values: tree,
    gradients,
    rate: placeholder("rate", []),
    scalars: scalarInputs(optimiser.scalars(0)),
    ...(clip !== undefined && { clip }),
  });
  const statistics = Object.entries(forward.updates).map(
    ([name, next]) => [tree[name], next] as const,
  );
  return {
    spec: {
      outputs: {
        loss: terms.loss,
        invariance: terms.invariance,
        regularisation: terms.regularisation,
        ...terms.parts,
        gradientNorm: step.gradientNorm,
        deviation: deviationGauge(forward.first),
        projections: forward.first,
      },
      updates: [...step.updates, ...statistics],
    },
    parameters: network.parameters,
    statistics: network.state,
    slots: slotSpecs(optimiser, network.parameters),
  };
}

/** The same step in growing parts, so that their differences are the parts' times. */
export function profilePrograms(settings: Settings): {
  forward: ProgramSpec;
  backward: ProgramSpec;
} {
  const pass = forwardPass(settings);
  const { loss } = pass.terms;
  return {
    forward: { outputs: { loss } },
    backward: { outputs: { loss, gradientNorm: globalNorm(gradientsOf(pass)) } },
  };
}

interface ForwardPass {
  readonly network: Pick<Layer, "parameters" | "state">;
  readonly tree: Tree;
  readonly updates: Tree;
  readonly first: Tensor;
  readonly terms: ReturnType<Settings["method"]["objective"]>;
}

function forwardPass(settings: Settings): ForwardPass {
  const { backbone, method, batch } = settings;
  const { encoder: body, projector } = networkOf(settings);
  const tree = { ...placeholders(body), ...placeholders(projector) };
  const views = viewsInput(settings);
  const seen = features(backbone, tree, views, training);
  const { y, ...updates } = narrowed({ ...seen.updates, y: seen.y });
  const projected = projector.apply(tree, y, training);
  const [, width] = projected.y.shape;
  const first = slice(projected.y, [0, 0], [batch, width]);
  const second = slice(projected.y, [batch, 0], [2 * batch, width]);
  return {
    network: {
      parameters: [...body.parameters, ...projector.parameters],
      state: [...body.state, ...projector.state],
    },
    tree,
    updates: { ...updates, ...projected.updates },
    first,
    terms: method.objective(first, second, scalarInputs(method.scalars)),
  };
}

function viewsInput({ augment, recipes, pictures, batch, size }: Settings): Tensor {
  if (augment === "host") return placeholder("views", [2 * batch, 3, size, size]);
  const { height, width } = largestSides(pictures);
  return viewsOf(recipes.views, {
    pictures: placeholder("pictures", [batch, height, 3 * width]),
    draws: placeholder("draws", [2 * batch, drawNumbers.count]),
  });
}

function gradientsOf({ network, tree, terms }: ForwardPass): Tensor[] {
  return gradient(
    terms.loss,
    network.parameters.map(({ name }) => tree[name]),
  );
}

function scalarInputs(scalars: Readonly<Record<string, number>>): Tree {
  return Object.fromEntries(Object.keys(scalars).map((name) => [name, placeholder(name, [])]));
}

/**
 * Mean over dimensions of the deviation of l2-normalised outputs, times √d: about 1 when they spread
 * evenly over the sphere, 0 when all are equal (Chen, He, SimSiam, CVPR 2021, §4.1).
 */
function deviationGauge(z: Tensor): Tensor {
  const deviations = sqrt(variance(l2Normalise(z), [0]));
  return multiply(mean(deviations), Math.sqrt(z.shape[1]));
}
