/**
 * The package's own doorway: the pieces that the command line is made of, for those who build on
 * them. `engine` has graphs, gradients and executors; `measure` judges any matrix.
 */
export * as base from "./base/index.ts";
export * as engine from "./engine/index.ts";
export * as augment from "./learn/augment/index.ts";
export * as backbones from "./learn/backbones/index.ts";
export * as data from "./learn/data/index.ts";
export * as forecast from "./learn/forecast/index.ts";
export * as heads from "./learn/heads/index.ts";
export * as measure from "./learn/measure/index.ts";
export * as methods from "./learn/methods/index.ts";
export * as nn from "./learn/nn/index.ts";
export * as objectives from "./learn/objectives/index.ts";
export * as optim from "./learn/optim/index.ts";
export * as select from "./learn/select/index.ts";
export * as train from "./learn/train/index.ts";
export * as registry from "./registry/index.ts";
export * as report from "./report/index.ts";
