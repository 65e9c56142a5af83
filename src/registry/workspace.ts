/** `tanafuda.yaml`: what a workspace prefers. Keys are named as the options; options win. */
import { join } from "node:path";
import { isNode, LineCounter, parseDocument } from "yaml";
import { z } from "zod";
import { Problem } from "../base/index.ts";
import { writeFileAtomically } from "../formats/atomic-file/index.ts";
import { readText } from "./stored.ts";

export const configName = "tanafuda.yaml";

const positive = z.number().positive();

const probability = z.number().min(0).max(1);

/** How views differ from what the method draws; see the options of the same names. */
const views = {
  crop: z.tuple([z.number().gt(0).max(1), z.number().gt(0).max(1)]).optional(),
  flip: z.enum(["horizontal", "vertical", "both", "none"]).optional(),
  turns: z.enum(["quarter", "none"]).optional(),
  colour: z.number().min(0).max(5).optional(),
  hue: z.number().min(0).max(0.5).optional(),
  grayscale: probability.optional(),
  blur: probability.optional(),
  solarize: probability.optional(),
};
const presets = [
  "small-defects",
  "colour-matters",
  "fixed-orientation",
  "any-orientation",
] as const;

/** A section whose keys are all comments is there, but empty. */
const section = <T extends z.ZodType>(schema: T) => z.preprocess((value) => value ?? {}, schema);

const config = z.strictObject({
  lang: z.enum(["en", "ja"]).optional(),
  executor: z.enum(["onednn", "ort", "torch", "reference"]).optional(),
  threads: z.int().min(1).optional(),
  precision: z.enum(["auto", "f32", "bf16"]).optional(),
  device: z.string().min(1).optional(),
  seed: z.int().min(0).optional(),
  out: z.string().min(1).optional(),
  data: section(
    z.strictObject({
      resolution: z.int().min(8).optional(),
      group: z.string().min(1).optional(),
      share: z.number().gt(0).lt(1).optional(),
      background: z
        .string()
        .regex(/^#[0-9a-f]{6}$/i, { error: "expected a colour such as #808080" })
        .optional(),
    }),
  ),
  pretrain: section(
    z
      .strictObject({
        method: z.enum(["simclr", "vicreg"]).optional(),
        backbone: z.string().min(1).optional(),
        size: z.int().min(8).optional(),
        epochs: positive.optional(),
        minutes: positive.optional(),
        batch: z.int().min(2).optional(),
        "learning-rate": positive.optional(),
        optimizer: z.enum(["sgd", "adamw", "lars"]).optional(),
        temperature: positive.optional(),
        projector: z.array(z.int().min(1)).min(1).optional(),
        augment: z.array(z.enum(presets)).optional(),
        ...views,
        "second-view": z.strictObject(views).optional(),
      })
      .refine(({ epochs, minutes }) => epochs === undefined || minutes === undefined, {
        error: "epochs and minutes exclude each other",
        path: ["minutes"],
      }),
  ),
});

export type WorkspaceConfig = z.infer<typeof config>;

/** The workspace's preferences; none where there is no file. */
export function readConfig(workspace: string): WorkspaceConfig {
  const file = join(workspace, configName);
  return parseConfig(readText(file) ?? "", file);
}

/** Data only: nothing in the file is executed, and tags that ask for it are refused. */
export function parseConfig(text: string, file: string): WorkspaceConfig {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false });
  const refuse = (offset: number | undefined, path: string, found: string, cause: unknown) => {
    const line = offset === undefined ? "" : String(lineCounter.linePos(offset).line);
    const place = [line && `${file}:${line}`, path].filter(Boolean).join(" ") || file;
    return new Problem("registry/config-invalid", { file, place, found }, { cause });
  };
  const [error] = [...document.errors, ...document.warnings];
  if (error !== undefined) throw refuse(error.pos[0], "", error.message, error);
  const parsed = config.safeParse(document.toJS() ?? {});
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const unknown = issue.code === "unrecognized_keys" ? issue.keys.slice(0, 1) : [];
  const path = [...issue.path, ...unknown];
  const node = path.length === 0 ? document.contents : document.getIn(path, true);
  const offset = isNode(node) ? node.range?.[0] : undefined;
  throw refuse(offset, path.join("."), issue.message, parsed.error);
}

/** Every key with an example. The comment of a key is what the option of that name is for. */
const example = [
  ["lang", "ja"],
  ["executor", "ort"],
  ["threads", "2"],
  ["precision", "auto"],
  ["device", "cpu"],
  ["seed", "0"],
  ["out", "tanafuda-report"],
  ["data.resolution", "64"],
  ["data.group", "folder"],
  ["data.share", "0.2"],
  ["data.background", '"#ffffff"'],
  ["pretrain.method", "vicreg"],
  ["pretrain.backbone", "res-2-64"],
  ["pretrain.size", "32"],
  ["pretrain.epochs", "100"],
  ["pretrain.minutes", "30"],
  ["pretrain.batch", "256"],
  ["pretrain.learning-rate", "0.3"],
  ["pretrain.optimizer", "sgd"],
  ["pretrain.temperature", "0.5"],
  ["pretrain.projector", "[512, 128]"],
  ["pretrain.augment", "[small-defects, any-orientation]"],
  ["pretrain.crop", "[0.5, 1]"],
  ["pretrain.flip", "both"],
  ["pretrain.turns", "quarter"],
  ["pretrain.colour", "0.5"],
  ["pretrain.hue", "0.05"],
  ["pretrain.grayscale", "0.1"],
  ["pretrain.blur", "0.5"],
  ["pretrain.solarize", "0.1"],
  ["pretrain.second-view", "{ blur: 0.1, solarize: 0.2 }"],
] as const satisfies readonly (readonly [string, string])[];

type LastPart<Path extends string> = Path extends `${string}.${infer Rest}` ? Rest : Path;

/** `lang`, `resolution`, … : the options that may be set in the file. */
export type ConfigKey = LastPart<(typeof example)[number][0]>;

/** A file in which every key stands as a comment, explained in the reader's words. */
export function configTemplate(explain: (key: ConfigKey) => string, heading = ""): string {
  const lines = heading === "" ? [] : [...heading.split("\n").map((line) => `# ${line}`), ""];
  let section = "";
  for (const [path, value] of example) {
    const [parent, key] = path.includes(".") ? path.split(".") : ["", path];
    if (parent !== section) lines.push("", `${parent}:`);
    section = parent;
    const indent = parent === "" ? "" : "  ";
    lines.push(`${indent}# ${explain(key as ConfigKey)}`, `${indent}# ${key}: ${value}`);
  }
  return `${lines.join("\n")}\n`;
}

/** Writes the file of a new workspace; one that is there already is refused, never replaced. */
export function writeConfig(workspace: string, text: string): string {
  const file = join(workspace, configName);
  writeFileAtomically(file, text, { existing: "refuse" });
  return file;
}
