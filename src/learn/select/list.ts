/** The strategies there are, the default first. */
import { kCentre } from "./k-centre.ts";
import { maxHerding } from "./max-herding.ts";
import { probCover } from "./prob-cover.ts";
import { randomChoice } from "./random.ts";
import type { Strategy, StrategyName } from "./selection.ts";
import { typiclust } from "./typiclust.ts";

export const strategies: Readonly<Record<StrategyName, Strategy>> = {
  "max-herding": maxHerding,
  typiclust,
  "prob-cover": probCover,
  "k-centre": kCentre,
  random: randomChoice,
};
