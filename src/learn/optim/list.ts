/** Every optimiser there is. To add one: its file, then a row here. */
import { adamw } from "./adamw.ts";
import { lars } from "./lars.ts";
import type { Optimiser } from "./optimiser.ts";
import { sgd } from "./sgd.ts";

export const optimisers: Readonly<
  Record<Optimiser["name"], (settings?: { weightDecay?: number }) => Optimiser>
> = { sgd, adamw, lars };
