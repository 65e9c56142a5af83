/** The report where a person finds it: rewritten as the work goes on, and never half a page. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { Problem } from "../../base/index.ts";
import type { Volume } from "../../decide/index.ts";
import { writeFileAtomically } from "../../formats/atomic-file/index.ts";
import { type Report, renderReport, withoutPictures } from "../../report/index.ts";
import type { Language } from "../../words/index.ts";
import { atVolume } from "../gather/index.ts";
import { prepareFolder } from "../output-folder.ts";
import { readFileBytes } from "../read-file.ts";
import type { Work } from "../work.ts";

const pageName = "report.html";
const copyName = "report-without-pictures.html";
const numbersName = "report.json";

export interface Page {
  readonly path: string;
  readonly language: Language;
  /** Says where it is when it is there for the first time and more is to come. */
  write(report: Report): void;
  /** The last report again with the seconds that are left now, without a word amid other work. */
  retell(timeLeft: number): void;
}

export interface PageOptions {
  readonly language: Language;
  /** What the reader said of a day's work. */
  readonly volume?: Volume;
  /** False: beside the page a copy without pictures, file names and places, to be handed on. */
  readonly pictures?: boolean;
}

export function openPage(folder: string, options: PageOptions, { emit, clock }: Work): Page {
  const { language, volume, pictures = true } = options;
  const path = join(folder, pageName);
  let isTold = false;
  let last: Report | undefined;
  const rewrite = (gathered: Report) => {
    last = gathered;
    const report = atVolume(gathered, volume);
    const html = renderReport(report, { language });
    const json = `${JSON.stringify(report)}\n`;
    writeFileAtomically(join(folder, numbersName), json, { existing: "replace" });
    writeFileAtomically(path, html, { existing: "replace" });
    if (pictures) return;
    const copy = renderReport(withoutPictures(report), { language });
    writeFileAtomically(join(folder, copyName), copy, { existing: "replace" });
  };
  return {
    path,
    language,
    retell(timeLeft) {
      if (last && last.stage !== "measured") rewrite({ ...last, timeLeft });
    },
    write(report) {
      const started = clock.monotonic();
      emit({ type: "phase", phase: "report" });
      rewrite(report);
      const seconds = (clock.monotonic() - started) / 1000;
      emit({ type: "phase-end", phase: "report", seconds });
      if (isTold || report.stage === "measured") return;
      isTold = true;
      emit({ type: "notice", level: "info", code: "app/report-begun", values: { path } });
    },
  };
}

/** Refused where something lies that is no report of this dataset, unless asked to replace it. */
export function prepareOutput(
  folder: string,
  { dataset, overwrite = false }: { readonly dataset: string; readonly overwrite?: boolean },
): void {
  const path = join(folder, pageName);
  if (existsSync(path) && !overwrite && datasetOf(folder) !== dataset) {
    throw new Problem("app/output-exists", { path });
  }
  prepareFolder(folder);
}

const ours = z.object({
  product: z.object({ name: z.literal("tanafuda") }),
  data: z.object({ dataset: z.string() }),
});

/** The dataset that the report in a folder is about; undefined where there is no report of ours. */
function datasetOf(folder: string): string | undefined {
  const file = join(folder, numbersName);
  if (!existsSync(file)) return undefined;
  try {
    const found = ours.safeParse(JSON.parse(Buffer.from(readFileBytes(file)).toString("utf8")));
    return found.success ? found.data.data.dataset : undefined;
  } catch {
    return undefined;
  }
}
