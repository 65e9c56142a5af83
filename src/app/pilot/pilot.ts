/**
 * All of it in one go: take in, look, train, measure, report. The report is there after the first
 * look and is rewritten after each stage; stages that were finished before are not done again.
 */
import { dirname, join } from "node:path";
import { type Emit, Problem } from "../../base/index.ts";
import type { Executor } from "../../engine/index.ts";
import type { Report } from "../../report/index.ts";
import { openStoredPictures } from "../dataset.ts";
import { type Desk, openDesk } from "../desk.ts";
import { examplePicture } from "../example-picture.ts";
import { openExecutor } from "../executor.ts";
import { isWorkspace } from "../find-workspace.ts";
import { gatherReport } from "../gather/index.ts";
import { requirePath } from "../near-paths.ts";
import { productOn } from "../product.ts";
import { finishFailed, requireVariety } from "../train-representation.ts";
import type { Work } from "../work.ts";
import { type Begun, begin } from "./begin.ts";
import { firstLook } from "./look.ts";
import { measuredPart } from "./measure.ts";
import { type PilotOptions, type PilotReport, type PilotResult, pageOptions } from "./options.ts";
import { openPage } from "./page.ts";
import type { Gathering, Parts } from "./parts.ts";
import { keepReport, keptReport } from "./stages.ts";
import { measuringSeconds, openTimeLeft, trainingSeconds } from "./time-left.ts";
import { trainedBy, trainedPart } from "./train.ts";

export async function pilot(options: PilotOptions, work: Work): Promise<PilotResult> {
  if (!isWorkspace(work.workspace)) {
    requirePath(options.data, { cwd: work.cwd, datasets: [] });
    const values = { path: work.workspace };
    work.emit({ type: "notice", level: "info", code: "app/workspace-begun", values });
  }
  using desk = await openDesk(work);
  const begun = await begin(options, desk);
  if ("finished" in begun) {
    const { dataset, finished, report, out } = begun;
    const page = openPage(out, pageOptions(options), work);
    page.write(report);
    const values = { run: finished.id };
    work.emit({ type: "notice", level: "info", code: "app/nothing-new", values });
    const part = trainedBy(finished, desk.store)?.part;
    return reported(report, { run: finished.id, training: part?.id ?? "", dataset, page });
  }
  const { run } = begun;
  const executor = await openExecutor(begun.stored.machine, work);
  try {
    const result = await carryOut(options, { ...begun, desk, executor });
    run.finish(
      result.outcome === "interrupted"
        ? { state: "interrupted", steps: result.step }
        : {
            state: "finished",
            results: { representation: result.representation, training: result.training },
          },
    );
    return result;
  } catch (thrown) {
    const stopped = work.signal.aborted;
    finishFailed(
      run,
      thrown instanceof Problem ? thrown : undefined,
      stopped ? "interrupted" : "failed",
    );
    throw thrown;
  } finally {
    await executor.dispose();
  }
}

interface Opened extends Begun {
  readonly desk: Desk;
  readonly executor: Executor;
}

async function carryOut(options: PilotOptions, opened: Opened): Promise<PilotResult> {
  const { desk, dataset, run, stored, executor } = opened;
  const { work } = desk;
  const { document } = dataset;
  requireVariety(dataset);
  const page = openPage(stored.out, pageOptions(options), work);
  const kept = keptReport(run);
  if (kept) {
    page.write(kept);
    const part = trainedBy(run, desk.store)?.part;
    return reported(kept, { run: run.id, training: part?.id ?? "", dataset, page });
  }
  using pictures = openStoredPictures(desk.store, document);
  await using products = productOn(executor);
  const left = openTimeLeft(work.clock, {
    training: trainingSeconds(stored.training),
    measuring: measuringSeconds(document.items.id.length),
    tell: page.retell,
  });
  const emit: Emit = (event) => {
    work.emit(event);
    left.event(event);
  };
  const heard = { ...opened, desk: { ...desk, work: { ...work, emit } } };
  const gather = gathering(heard, { pictures, product: products.product, left: left.seconds });
  const parts: Parts = { ...heard, pictures, product: products.product, page, gather };
  const seen = await firstLook(parts);
  const trained = await trainedPart(parts, options);
  if ("step" in trained) return { outcome: "interrupted", run: run.id, step: trained.step };
  left.endTraining();
  const report = await measuredPart(trained, seen, parts);
  keepReport(run, report);
  page.write(report);
  return reported(report, { run: run.id, training: trained.part.id, dataset, page });
}

/** One that gathers what the stages know into the report. */
export function gathering(
  {
    desk,
    dataset,
    run,
    stored,
  }: Pick<Opened, "desk" | "dataset" | "stored"> & {
    readonly run: { readonly id: string };
  },
  given: Pick<Parts, "pictures" | "product"> & { readonly left: () => number | undefined },
): Parts["gather"] {
  const { work } = desk;
  const { left, ...tools } = given;
  return async (stage: Gathering) => {
    // Not afterwards: what was gathered is kept, and the next stage stops.
    work.signal.throwIfAborted();
    const started = work.clock.monotonic();
    work.emit({ type: "phase", phase: "map" });
    const seconds = left();
    const report = await gatherReport({
      run: run.id,
      created: work.clock.now(),
      title: dataset.document.name,
      dataset,
      options: stored.training,
      ...tools,
      ...stage,
      ...(seconds !== undefined && { timeLeft: seconds }),
    });
    const took = (work.clock.monotonic() - started) / 1000;
    work.emit({ type: "phase-end", phase: "map", seconds: took });
    return report;
  };
}

interface Where extends Pick<Parts, "dataset" | "page"> {
  readonly run: string;
  readonly training: string;
}

export function reported(report: Report, { run, training, dataset, page }: Where): PilotReport {
  return {
    outcome: "reported",
    run,
    training,
    dataset: dataset.document.name,
    representation: report.run.trained?.representation ?? "",
    report: page.path,
    ...(report.labelling && {
      labelling: {
        page: join(dirname(page.path), report.labelling.page),
        saves: report.labelling.saves,
      },
    }),
    ...examplePicture(dataset.document),
    counts: { total: report.data.items, evaluation: report.data.evaluation },
    verdict: report.verdict.headline,
    measures: report.measures,
    headlineSets: report.verdict.headlineMeasures.flatMap(({ labelSet }) => labelSet ?? []),
  };
}
