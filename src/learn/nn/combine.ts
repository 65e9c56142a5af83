/** Layers made of layers. State updates and taps are threaded here and nowhere else. */
import { add, type Shape, type Tensor } from "../../engine/index.ts";
import type { Applied, Layer, Tree } from "./layer.ts";

/** A layer without parameters. */
export function pure(compute: (x: Tensor) => Tensor): Layer {
  return {
    parameters: [],
    state: [],
    apply: (_, x) => ({ y: compute(x), updates: {}, taps: {} }),
  };
}

export function sequence(layers: readonly Layer[]): Layer {
  return {
    ...arraysOf(layers),
    apply: (tree, x, mode) =>
      layers.reduce<Applied>(
        (before, layer) => {
          const after = layer.apply(tree, before.y, mode);
          return { y: after.y, ...merged(before, after) };
        },
        { y: x, updates: {}, taps: {} },
      ),
  };
}

/** shortcut(x) + body(x); without a shortcut, x itself. */
export function residual(body: Layer, shortcut: Layer = sequence([])): Layer {
  return {
    ...arraysOf([body, shortcut]),
    apply(tree, x, mode) {
      const [main, side] = [body.apply(tree, x, mode), shortcut.apply(tree, x, mode)];
      return { y: add(main.y, side.y), ...merged(main, side) };
    },
  };
}

/** The layer with `prefix/` before its names, of taps too. */
export function within(prefix: string, layer: Layer): Layer {
  const long = (name: string) => `${prefix}/${name}`;
  const lengthen = (tree: Tree) =>
    Object.fromEntries(Object.entries(tree).map(([name, tensor]) => [long(name), tensor]));
  return {
    parameters: layer.parameters.map((spec) => ({ ...spec, name: long(spec.name) })),
    state: layer.state.map((spec) => ({ ...spec, name: long(spec.name) })),
    apply(tree, x, mode) {
      const names = [...layer.parameters, ...layer.state].map(({ name }) => name);
      const inner = Object.fromEntries(names.map((name) => [name, tree[long(name)]]));
      const { y, updates, taps } = layer.apply(inner, x, mode);
      return { y, updates: lengthen(updates), taps: lengthen(taps) };
    },
  };
}

/** Names this place of a sequence so that it can be measured. */
export function tap(name: string): Layer {
  return {
    parameters: [],
    state: [],
    apply: (_, x) => ({ y: x, updates: {}, taps: { [name]: x } }),
  };
}

/** How many numbers a layer's parameters have. */
export function parameterCount({ parameters }: Pick<Layer, "parameters">): number {
  const size = (shape: Shape) => shape.reduce((product, side) => product * side, 1);
  return parameters.reduce((total, { shape }) => total + size(shape), 0);
}

function arraysOf(layers: readonly Layer[]): Pick<Layer, "parameters" | "state"> {
  return {
    parameters: layers.flatMap((layer) => layer.parameters),
    state: layers.flatMap((layer) => layer.state),
  };
}

function merged(left: Applied, right: Applied): Pick<Applied, "updates" | "taps"> {
  return {
    updates: { ...left.updates, ...right.updates },
    taps: { ...left.taps, ...right.taps },
  };
}
