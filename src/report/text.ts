/** The page's small words: bilingual sentences, terms to tap, numbers with their full value. */
import type { Evidence } from "../base/index.ts";
import { type Html, html, oneLine, type Piece } from "../html/index.ts";
import {
  isSentenceId,
  languages,
  type SentenceId,
  sentence,
  sentenceOrId,
  type TermId,
  terms,
  type Wording,
} from "../words/index.ts";
import type { Estimate, Measured, MeasureName, Statistic, Subject } from "./model.ts";

/** A sentence in every language; the page shows one of them. */
export function say(id: SentenceId, values: Evidence = {}): Html {
  return both((language) => sentence(id, clean(values), language));
}

/** As `say`, for ids that come from a file. */
export function sayOrId(id: string, values: Evidence): Html {
  return isSentenceId(id) ? say(id, values) : html`${sentenceOrId(id, values, "en")}`;
}

export function wording(words: Wording): Html {
  return both((language) => words[language]);
}

/** A term's name as a button that opens its explanation. */
export function term(id: TermId, label: Piece = wording(terms[id].name)): Html {
  return html`<button type="button" class="term" popovertarget="term-${id}">${label}</button>`;
}

export type NumberKind = "percent" | "plain" | "count" | "points" | "tenth";

/** A number as a person reads it, carrying the number itself. */
export function number(value: number, kind: NumberKind): Html {
  return html`<data value="${value}">${written(value, kind)}</data>`;
}

/** `89.7–92.9%`: the unit once. */
export function range(low: number, high: number, kind: "percent" | "plain"): Html {
  const first = kind === "percent" ? written(low, kind).slice(0, -1) : written(low, kind);
  return html`<span class="range"><data value="${low}">${first}</data>–${number(high, kind)}</span>`;
}

export function written(value: number, kind: NumberKind): string {
  if (kind === "percent") return `${decimals1.format(100 * value)}%`;
  if (kind === "points") return signed1.format(100 * value);
  if (kind === "tenth") return decimals1.format(value);
  if (kind === "count") return whole.format(value);
  return Math.abs(value) >= 1000 ? whole.format(value) : significant.format(value);
}

export function kindOf(statistic: Statistic): "percent" | "plain" {
  return statistic === "value" ? "plain" : "percent";
}

/** `61.2%` with `58.9–63.4` beside it where an interval is known. */
export function estimate({ value, low, high }: Estimate, statistic: Statistic): Html {
  const kind = kindOf(statistic);
  const beside = low !== undefined && high !== undefined ? range(low, high, kind) : null;
  return html`<span class="value">${number(value, kind)}</span>${beside}`;
}

export const measureTerm: Readonly<Record<MeasureName, TermId>> = {
  ncc: "ncc",
  "ncc-shots": "ncc",
  knn: "knn",
  "linear-probe": "linear-probe",
  cdnv: "cdnv",
  "directional-cdnv": "directional-cdnv",
  "within-class-variance": "within-class-variance",
  "sample-ncc": "sample-ncc",
  rankme: "rankme",
};

/** Measures for which less is better. */
export const lowerIsBetter: ReadonlySet<MeasureName> = new Set([
  "cdnv",
  "directional-cdnv",
  "within-class-variance",
]);

export const subjectTerm: Readonly<Record<Subject, TermId>> = {
  trained: "representation",
  untrained: "untrained",
  "raw-pixels": "raw-pixels",
  pca: "pca",
  "permuted-labels": "permuted-labels",
  majority: "majority-baseline",
};

export function subjectName(subject: Subject): Html {
  return say(`report/subject-${subject}`);
}

export function measureName({ measure, count }: Pick<Measured, "measure" | "count">): Html {
  return say(`report/measure-${measure}`, { count: count ?? 0 });
}

/** Class names, label sets and paths: theirs, so shown as they are, on one line. */
export function name(text: string): Html {
  return html`<bdi>${oneLine(text)}</bdi>`;
}

function both(write: (language: (typeof languages)[number]) => string): Html {
  return html`${languages.map(
    (language) => html`<span class="${language}" lang="${language}">${write(language)}</span>`,
  )}`;
}

function clean(values: Evidence): Evidence {
  return Object.fromEntries(
    Object.entries(values).map(([key, v]) => [key, typeof v === "string" ? oneLine(v) : v]),
  );
}

const decimals1 = new Intl.NumberFormat("en", {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});
const signed1 = new Intl.NumberFormat("en", {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
  signDisplay: "exceptZero",
});
const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const significant = new Intl.NumberFormat("en", {
  minimumSignificantDigits: 3,
  maximumSignificantDigits: 3,
});
