/** Every command, in the order in which help lists them. */
import type { Command } from "commander";
import type { Context } from "../context.ts";
import { adapt } from "./adapt.ts";
import { budget } from "./budget.ts";
import { completion } from "./completion.ts";
import { data } from "./data.ts";
import { doctor } from "./doctor.ts";
import { exportCommand } from "./export.ts";
import { init } from "./init.ts";
import { measure } from "./measure.ts";
import { pilot } from "./pilot.ts";
import { predict } from "./predict.ts";
import { pretrain } from "./pretrain.ts";
import { search } from "./search.ts";
import { select } from "./select.ts";

export const commands: readonly ((program: Command, context: Context) => void)[] = [
  pilot,
  data,
  pretrain,
  measure,
  search,
  select,
  budget,
  adapt,
  predict,
  exportCommand,
  init,
  doctor,
  completion,
];
