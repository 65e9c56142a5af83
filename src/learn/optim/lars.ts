/** LARS: momentum with a learning rate for each array, for large batches. */
import {
  add,
  divide,
  greater,
  multiply,
  select,
  sqrt,
  square,
  subtract,
  sum,
  type Tensor,
} from "../../engine/index.ts";
import type { Optimiser } from "./optimiser.ts";

/**
 * You, Gitman, Ginsburg 2017, as in facebookresearch/vicreg (main_vicreg.py): g ← g + decay·w;
 * g ← g · eta·‖w‖/‖g‖ (1 where a norm is 0); b ← momentum·b + g; w ← w - rate·b. Biases and norms
 * have neither decay nor a rate of their own. solo-learn's eta of 0.02 comes with a clipped rate.
 */
export function lars({ momentum = 0.9, weightDecay = 1e-6, eta = 1e-3 } = {}): Optimiser {
  return {
    name: "lars",
    settings: { momentum, weightDecay, eta },
    slots: ["momentum"],
    scalars: () => ({}),
    update({ role }, { value, gradient, slots, rate }) {
      const adapted = role === "weight" ? adapt(value, gradient) : gradient;
      const moved = add(multiply(slots.momentum, momentum), adapted);
      return { value: subtract(value, multiply(moved, rate)), slots: { momentum: moved } };
    },
  };

  function adapt(value: Tensor, gradient: Tensor): Tensor {
    const decayed = add(gradient, multiply(value, weightDecay));
    const [ofWeight, ofGradient] = [norm(value), norm(decayed)];
    const bothPositive = multiply(greater(ofWeight, 0), greater(ofGradient, 0));
    const divisor = select(bothPositive, ofGradient, 1);
    const trust = select(bothPositive, multiply(divide(ofWeight, divisor), eta), 1);
    return multiply(decayed, trust);
  }
}

function norm(x: Tensor): Tensor {
  return sqrt(sum(square(x)));
}
