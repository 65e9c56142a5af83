/** A sentence for every problem code; the compiler refuses a code without one. */
import type { Code } from "../base/index.ts";
import type { Wording } from "./language.ts";
import { appProblems } from "./problems/app.ts";
import { augmentProblems } from "./problems/augment.ts";
import { budgetProblems } from "./problems/budget.ts";
import { dataProblems } from "./problems/data.ts";
import { engineProblems } from "./problems/engine.ts";
import { forecastProblems } from "./problems/forecast.ts";
import { formatsProblems } from "./problems/formats.ts";
import { headsProblems } from "./problems/heads.ts";
import { measureProblems } from "./problems/measure.ts";
import { registryProblems } from "./problems/registry.ts";
import { selectProblems } from "./problems/select.ts";
import { trainProblems } from "./problems/train.ts";
import { usageProblems } from "./problems/usage.ts";

export const problems = {
  ...usageProblems,
  ...formatsProblems,
  ...dataProblems,
  ...augmentProblems,
  ...engineProblems,
  ...trainProblems,
  ...measureProblems,
  ...forecastProblems,
  ...headsProblems,
  ...selectProblems,
  ...registryProblems,
  ...appProblems,
  ...budgetProblems,
} satisfies Record<Code, Wording>;
