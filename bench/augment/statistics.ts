/** What many views look like, in three numbers that do not ask which draw made which view. */
import { z } from "zod";

export const lookSchema = z.object({ mean: z.number(), deviation: z.number(), detail: z.number() });
export type Look = z.infer<typeof lookSchema>;

/** Mean and deviation of all numbers, and the mean difference of neighbours in a row. */
export function lookOf(views: Float32Array, side: number): Look {
  let [sum, squares, steps] = [0, 0, 0];
  for (let i = 0; i < views.length; i++) {
    sum += views[i];
    squares += views[i] ** 2;
    if (i % side > 0) steps += Math.abs(views[i] - views[i - 1]);
  }
  const mean = sum / views.length;
  return {
    mean,
    deviation: Math.sqrt(squares / views.length - mean ** 2),
    detail: steps / ((views.length / side) * (side - 1)),
  };
}
