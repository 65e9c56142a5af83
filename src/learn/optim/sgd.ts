/** Stochastic gradient descent with momentum, in PyTorch's convention. */
import { add, multiply, subtract } from "../../engine/index.ts";
import type { Optimiser } from "./optimiser.ts";

/**
 * As `torch.optim.SGD` (dampening 0, no Nesterov): g ← g + decay·w; b ← momentum·b + g;
 * w ← w - rate·b. The rate multiplies the momentum too, unlike Sutskever et al. 2013. Biases and
 * norms do not decay.
 */
export function sgd({ momentum = 0.9, weightDecay = 5e-4 } = {}): Optimiser {
  return {
    name: "sgd",
    settings: { momentum, weightDecay },
    slots: ["momentum"],
    scalars: () => ({}),
    update({ role }, { value, gradient, slots, rate }) {
      const decayed = role === "weight" ? add(gradient, multiply(value, weightDecay)) : gradient;
      const moved = add(multiply(slots.momentum, momentum), decayed);
      return { value: subtract(value, multiply(moved, rate)), slots: { momentum: moved } };
    },
  };
}
