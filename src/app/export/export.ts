/** Writes a representation or a head for use elsewhere, and holds the file against the product. */
import { readFileSync, rmSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { asidePath, writeFileAtomically } from "../../formats/atomic-file/index.ts";
import type { Language } from "../../words/index.ts";
import { openStoredPictures } from "../dataset.ts";
import { openReadingDesk, type ReadingDesk } from "../desk.ts";
import { type ExecutorChoice, machineOf, openExecutor } from "../executor.ts";
import { codeFacts } from "../host.ts";
import { fittedOf } from "../stored-head.ts";
import { encoderOf } from "../subjects.ts";
import type { Work } from "../work.ts";
import { layerOf, metadataOf } from "./describe.ts";
import { onnxModel } from "./onnx-model.ts";
import { modelIn, pageOf } from "./page.ts";
import { type ExportSubject, exportSubject, formOf } from "./subject.ts";
import { type ExportFormat, exportTarget, fileNameFor, formatOf, type Target } from "./target.ts";
import { exportTasks, setToExport, type TasksWritten } from "./tasks.ts";
import { type Comparison, compareModel, differenceBounds } from "./verify.ts";
import { compareWeights, type WeightsRead, weightFile } from "./weights.ts";

export interface ExportOptions extends ExecutorChoice {
  /** A representation or a head; for Label Studio a dataset. */
  readonly what: string;
  readonly to?: string;
  readonly out?: string;
  readonly overwrite?: boolean;
  /** For Label Studio: the label set. */
  readonly labels?: string;
  /** What a page opens in. */
  readonly language?: Language;
}

export interface ExportResult {
  readonly to: ExportFormat;
  readonly reference: string;
  /** Left out for Label Studio. */
  readonly representation?: string;
  readonly dataset: string;
  readonly file: string;
  readonly bytes: number;
  /** With a head: what the probabilities are of. */
  readonly classes?: readonly string[];
  readonly comparison?: Comparison & { readonly bounds: typeof differenceBounds };
  readonly weights?: WeightsRead;
  readonly tasks?: TasksWritten;
}

export async function exportModel(options: ExportOptions, work: Work): Promise<ExportResult> {
  const to = formatOf(options.to, options.out);
  const desk = openReadingDesk(work);
  if (to === "label-studio") return await exportLabels(options, desk);
  const subject = exportSubject(desk.store, options.what, {
    cwd: work.cwd,
    needsHead: to === "page",
  });
  const target = exportTarget(options.out ?? fileNameFor(subject.reference, to), {
    cwd: work.cwd,
    overwrite: options.overwrite,
  });
  const checked = await written(to, { subject, target, desk, options });
  return {
    to,
    reference: subject.reference,
    representation: subject.representation.reference,
    dataset: subject.dataset.document.name,
    file: target.file,
    bytes: statSync(target.file).size,
    ...(subject.head && { classes: subject.head.document.classes }),
    ...checked,
  };
}

async function exportLabels(
  { what, labels, out, overwrite }: ExportOptions,
  { store, work }: ReadingDesk,
): Promise<ExportResult> {
  const { document } = store.dataset(what);
  const set = setToExport(document, labels);
  const name = out ?? fileNameFor(`${document.name}-${set.name}`, "label-studio");
  const target = exportTarget(name, { cwd: work.cwd, overwrite });
  const tasks = await exportTasks(document, set, target);
  const bytes = statSync(target.file).size;
  const { name: dataset } = document;
  return { to: "label-studio", reference: dataset, dataset, file: target.file, bytes, tasks };
}

interface Writing {
  readonly subject: ExportSubject;
  readonly target: Target;
  readonly desk: ReadingDesk;
  readonly options: ExportOptions;
}

async function written(
  to: Exclude<ExportFormat, "label-studio">,
  { subject, target, desk, options }: Writing,
): Promise<Pick<ExportResult, "comparison" | "weights">> {
  switch (to) {
    case "safetensors": {
      const check = async (aside: string) => compareWeights(aside, subject);
      return { weights: await target.write(weightFile(subject), check) };
    }
    case "onnx": {
      const bytes = modelBytes(subject);
      const check = (aside: string) => compared(aside, subject, { desk, options });
      return { comparison: await target.write(bytes, check) };
    }
    case "page": {
      const { head } = subject;
      if (head === undefined) throw new Error("a page was asked for without a head");
      const { language = "en" } = options;
      const page = pageOf(subject, head, { model: modelBytes(subject), language });
      const check = (aside: string) =>
        withModelOf(aside, (model) => compared(model, subject, { desk, options }));
      return { comparison: await target.write(page, check) };
    }
    default:
      return to satisfies never;
  }
}

export function modelBytes(subject: ExportSubject): Uint8Array<ArrayBuffer> {
  const { representation, head, reference } = subject;
  const of = head ? `; class of “${head.document.labelSet.name}”` : "";
  return onnxModel({
    encoder: encoderOf(representation),
    layer: layerOf(representation, head),
    resolution: formOf(subject).resolution,
    ...(head && { head: { ...fittedOf(head), classes: head.document.classes } }),
    version: codeFacts().version,
    description: `${reference}: uint8 RGB pictures [batch, height, width, 3] to embedding${of}`,
    metadata: metadataOf(subject),
  });
}

/** Hands the model that lies in a page to `work`, as a file. */
async function withModelOf<T>(page: string, work: (model: string) => Promise<T>): Promise<T> {
  const file = asidePath(dirname(page));
  try {
    writeFileAtomically(file, modelIn(readFileSync(page, "utf8")));
    return await work(file);
  } finally {
    rmSync(file, { force: true });
  }
}

/** In float32 unless told otherwise, for that is what the model computes in. */
async function compared(
  file: string,
  subject: ExportSubject,
  { desk, options }: Pick<Writing, "desk" | "options">,
): Promise<NonNullable<ExportResult["comparison"]>> {
  const { work, store } = desk;
  const asked = await machineOf(options, work.workspace);
  const isFree = options.precision === undefined && asked.executor !== "reference";
  const machine = isFree
    ? await machineOf({ ...options, precision: "f32" }, work.workspace)
    : asked;
  const executor = await openExecutor(machine, work);
  try {
    using pictures = openStoredPictures(store, subject.dataset.document);
    const encoder = encoderOf(subject.representation);
    const comparing = { subject, encoder, executor, pictures, desk };
    return { ...(await compareModel(file, comparing)), bounds: differenceBounds };
  } finally {
    await executor.dispose();
  }
}
