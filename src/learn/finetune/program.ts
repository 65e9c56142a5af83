/**
 * One step of fine-tuning: views → encoder → frame → linear head → weighted cross-entropy → AdamW.
 * Batch norm keeps the running statistics it has (a batch of few labels would give worse ones) unless the
 * recipe says otherwise; its scales and shifts move. In the frame features are (y - means) · scale, so that one learning rate suits
 * encoder and head, and the head begins where the frozen one ended (Kumar et al., ICLR 2022: fine-tuning
 * from a random head distorts features).
 */
import {
  add,
  constant,
  gradient,
  logSoftmax,
  matmul,
  multiply,
  narrowed,
  negate,
  type ProgramSpec,
  parameter,
  placeholder,
  subtract,
  sum,
} from "../../engine/index.ts";
import { type Backbone, encoder, features } from "../backbones/index.ts";
import type { Frame } from "../measure/index.ts";
import {
  evaluation,
  type ParameterSpec,
  placeholders,
  type Tree,
  training,
  zeros,
} from "../nn/index.ts";
import { adamw, optimiserStep } from "../optim/index.ts";
import type { FineTuneRecipe, Scope } from "./recipe.ts";

export const headNames = { weight: "head/weight", bias: "head/bias" } as const;

export interface FineTuneShape {
  readonly backbone: Backbone;
  readonly layer: string;
  readonly size: number;
  readonly classes: number;
  readonly frame: Pick<Frame, "means" | "scale">;
  readonly recipe: FineTuneRecipe;
}

/**
 * Inputs: `views` [batch, 3, size, size], `targets` [batch, classes] whose entries are a row's weight at
 * its class (all weights of a batch in sum 1), `rate`, and AdamW's scalars.
 */
export function fineTuneProgram(shape: FineTuneShape): ProgramSpec {
  const { backbone, layer, size, classes, frame, recipe } = shape;
  const { batch, scope, weightDecay, statistics = "kept" } = recipe;
  const body = encoder(backbone);
  const tree = placeholders(body);
  const seen = features(
    backbone,
    tree,
    placeholder("views", [batch, 3, size, size]),
    statistics === "kept" ? evaluation : training,
  );
  const read: Tree = narrowed({ ...seen.updates, y: seen.taps[layer] });
  const { y, ...running } = read;
  const [, width] = y.shape;
  const head: ParameterSpec[] = [
    { name: headNames.weight, shape: [width, classes], initialise: zeros, role: "weight" },
    { name: headNames.bias, shape: [classes], initialise: zeros, role: "bias" },
  ];
  const values = {
    ...tree,
    ...Object.fromEntries(head.map(({ name, shape: own }) => [name, parameter(name, own)])),
  };
  const framed = multiply(subtract(y, constant([...frame.means], [1, width])), frame.scale);
  const logits = add(matmul(framed, values[headNames.weight]), values[headNames.bias]);
  const targets = placeholder("targets", [batch, classes]);
  const loss = negate(sum(multiply(logSoftmax(logits), targets)));
  const moving = [...movingParameters(backbone, scope), ...head];
  const optimiser = adamw({ weightDecay });
  const scalars = Object.keys(optimiser.scalars(0)).map((name) => [name, placeholder(name, [])]);
  const { updates } = optimiserStep(optimiser, moving, {
    values,
    gradients: gradient(
      loss,
      moving.map(({ name }) => values[name]),
    ),
    rate: placeholder("rate", []),
    scalars: Object.fromEntries(scalars),
  });
  const learned = Object.entries(running).map(([name, next]) => [tree[name], next] as const);
  return { outputs: { loss }, updates: [...updates, ...learned] };
}

/** Of the last block and what comes after it, or all. */
export function movingParameters(backbone: Backbone, scope: Scope): readonly ParameterSpec[] {
  const { parameters } = encoder(backbone);
  if (scope === "all") return parameters;
  const names = backbone.taps.map(({ name }) => name);
  const last = names.findLastIndex((name) => /block\d+$/.test(name));
  const prefixes = names.slice(Math.max(0, last)).map((name) => `backbone/${name}/`);
  return parameters.filter(({ name }) => prefixes.some((prefix) => name.startsWith(prefix)));
}
