/** What every stage of a pilot has before it. */
import type { Executor } from "../../engine/index.ts";
import type { Pictures } from "../../learn/data/index.ts";
import type { Product } from "../../learn/measure/index.ts";
import type { Report } from "../../report/index.ts";
import type { Desk } from "../desk.ts";
import type { ReportTask } from "../gather/index.ts";
import type { Begun } from "./begin.ts";
import type { Page } from "./page.ts";

/** What a stage adds to what every report of the pilot says. */
export type Gathering = Pick<
  ReportTask,
  "findings" | "untrained" | "trained" | "measured" | "sample" | "labelling" | "previous"
>;

export interface Parts extends Begun {
  readonly desk: Desk;
  readonly executor: Executor;
  /** Of the whole dataset. */
  readonly pictures: Pictures;
  readonly product: Product;
  readonly page: Page;
  /** Gathers the report, with the time that is left. */
  gather(stage: Gathering): Promise<Report>;
}
