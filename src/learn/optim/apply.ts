/** One optimiser over all parameters, after clipping by the norm of all gradients together. */
import {
  add,
  constant,
  divide,
  minimum,
  multiply,
  sqrt,
  square,
  state,
  sum,
  type Tensor,
} from "../../engine/index.ts";
import type { ParameterSpec, StateSpec, Tree } from "../nn/index.ts";
import type { Optimiser } from "./optimiser.ts";

export interface Step {
  /** Pairs for a program's `updates`: parameters and slots with what they become. */
  readonly updates: readonly (readonly [Tensor, Tensor])[];
  /** ‖all gradients‖₂ before clipping. */
  readonly gradientNorm: Tensor;
}

export interface StepInputs {
  readonly values: Tree;
  readonly gradients: readonly Tensor[];
  readonly rate: Tensor;
  readonly scalars: Tree;
  /** Gradients longer than this are shortened to it; absent, they are left alone. */
  readonly clip?: number;
}

export function optimiserStep(
  optimiser: Optimiser,
  parameters: readonly ParameterSpec[],
  { values, gradients, rate, scalars, clip }: StepInputs,
): Step {
  const gradientNorm = globalNorm(gradients);
  const factor = clip === undefined ? undefined : clipFactor(gradientNorm, clip);
  const updates = parameters.flatMap((parameter, i) => {
    const slots = Object.fromEntries(
      optimiser.slots.map((slot) => [slot, state(slotName(slot, parameter), parameter.shape)]),
    );
    const gradient = factor ? multiply(gradients[i], factor) : gradients[i];
    const value = values[parameter.name];
    const next = optimiser.update(parameter, { value, gradient, slots, rate, scalars });
    return [
      [value, next.value] as const,
      ...optimiser.slots.map((slot) => [slots[slot], next.slots[slot]] as const),
    ];
  });
  return { updates, gradientNorm };
}

/** The state an optimiser adds to a program. */
export function slotSpecs(optimiser: Optimiser, parameters: readonly ParameterSpec[]): StateSpec[] {
  return parameters.flatMap((parameter) =>
    optimiser.slots.map((slot) => ({
      name: slotName(slot, parameter),
      shape: parameter.shape,
      start: 0,
    })),
  );
}

export function globalNorm(gradients: readonly Tensor[]): Tensor {
  const squares = gradients.map((gradient) => sum(square(gradient)));
  return sqrt(squares.reduce((total, one) => add(total, one), constant(0)));
}

/** min(1, limit / (norm + 1e-6)), as `torch.nn.utils.clip_grad_norm_`. */
function clipFactor(norm: Tensor, limit: number): Tensor {
  return minimum(1, divide(limit, add(norm, 1e-6)));
}

function slotName(slot: string, { name }: ParameterSpec): string {
  return `optimiser/${slot}/${name}`;
}
