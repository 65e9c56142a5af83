/** A head as a page that classifies pictures in a browser: what goes into it, and what came out. */
import { readFileSync } from "node:fs";
import { type ClassifierPage, type Runtime, renderPage } from "../../page/index.ts";
import type { Head } from "../../registry/index.ts";
import type { Language } from "../../words/index.ts";
import { codeFacts } from "../host.ts";
import { type ExportSubject, formOf } from "./subject.ts";

/** Transparent pictures lie on white unless the dataset says otherwise. */
const white = "#ffffff";

export function pageOf(
  subject: ExportSubject,
  { document }: Head,
  { model, language }: { readonly model: Uint8Array; readonly language: Language },
): string {
  const { abstention, sets, labelSet, classes } = document;
  const page: ClassifierPage = {
    product: { name: "tanafuda", version: codeFacts().version },
    reference: subject.reference,
    labelSet: labelSet.name,
    classes,
    background: formOf(subject).background ?? white,
    ...(abstention && { confidence: abstention.confidence }),
    ...(sets && { thresholds: sets.thresholds }),
    model,
    runtime: browserRuntime(),
  };
  return renderPage(page, { language });
}

/** The model that lies in a page. */
export function modelIn(page: string): Buffer {
  const found = /<script type="text\/plain" id="model">([A-Za-z0-9+/=]*)<\/script>/.exec(page);
  return Buffer.from(found?.[1] ?? "", "base64");
}

/** From `vendor/`, which `scripts/bundle-ort-web.mjs` fills. */
function browserRuntime(): Runtime {
  const at = (name: string) => new URL(`../../../vendor/${name}`, import.meta.url);
  return {
    script: readFileSync(at("ort-web.js"), "utf8"),
    wasm: readFileSync(at("ort-web.wasm.gz")),
  };
}
