/** AdamW: Adam with decay apart from the gradient. */
import { add, divide, multiply, sqrt, square, subtract } from "../../engine/index.ts";
import type { Optimiser } from "./optimiser.ts";

/**
 * Loshchilov, Hutter, ICLR 2019, as `torch.optim.AdamW`: w ← w - rate·decay·w; m ← β₁m + (1-β₁)g;
 * v ← β₂v + (1-β₂)g²; w ← w - rate·(m/c₁) / (√(v/c₂) + ε), cᵢ = 1 - βᵢ^(step + 1). Biases and norms
 * do not decay.
 */
export function adamw({
  beta1 = 0.9,
  beta2 = 0.999,
  epsilon = 1e-8,
  weightDecay = 0.01,
} = {}): Optimiser {
  return {
    name: "adamw",
    settings: { beta1, beta2, epsilon, weightDecay },
    slots: ["first", "second"],
    scalars: (step) => ({
      correction1: 1 - beta1 ** (step + 1),
      correction2: 1 - beta2 ** (step + 1),
    }),
    update({ role }, { value, gradient, slots, rate, scalars }) {
      const first = add(multiply(slots.first, beta1), multiply(gradient, 1 - beta1));
      const second = add(multiply(slots.second, beta2), multiply(square(gradient), 1 - beta2));
      const scale = add(sqrt(divide(second, scalars.correction2)), epsilon);
      const move = divide(divide(first, scalars.correction1), scale);
      const whole = role === "weight" ? add(move, multiply(value, weightDecay)) : move;
      return { value: subtract(value, multiply(whole, rate)), slots: { first, second } };
    },
  };
}
