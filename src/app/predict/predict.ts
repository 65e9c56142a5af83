/** Puts a stored head to pictures: a stream in, a prediction each out, and one bad file stops nothing. */
import { closeSync, existsSync, openSync, writeSync } from "node:fs";
import { resolve } from "node:path";
import { asJson, digestBytes, type Event, type Json, Problem } from "../../base/index.ts";
import type { Embedder } from "../../learn/train/index.ts";
import { centred, createEmbedder, embeddingBatch } from "../../learn/train/index.ts";
import type { Head, Representation, Store } from "../../registry/index.ts";
import { openReadingDesk } from "../desk.ts";
import { machineOf, openExecutor } from "../executor.ts";
import { productOn } from "../product.ts";
import { readFileBytes } from "../read-file.ts";
import { openHead } from "../stored-head.ts";
import { encoderOf } from "../subjects.ts";
import type { Work } from "../work.ts";
import { openAnswers } from "./answers.ts";
import { csvHead, csvLine, unreadLine } from "./lines.ts";
import type { Prediction, PredictOptions, PredictResult, Unread } from "./options.ts";
import { pictureBatches, type ReadPicture } from "./source.ts";

const atOnce = 64;
const neighboursNamed = 3;

/** Each prediction is a result event of the kind `prediction`, each file without one an `unread`. */
export async function predict(options: PredictOptions, work: Work): Promise<PredictResult> {
  const { emit, signal, clock, cwd } = work;
  if (options.files.length === 0 && options.watch === undefined) {
    throw new Problem("app/nothing-to-predict", { head: options.head });
  }
  const { store } = openReadingDesk(work);
  const head = store.head(options.head);
  const representation = encoderFor(head, store);
  using out = openOut(options, cwd);
  const executor = await openExecutor(await machineOf(options, work.workspace), work);
  try {
    const { backbone, values, size, normalize } = encoderOf(representation);
    const { layer, pictures: form } = head.document;
    const batch = Math.min(atOnce, embeddingBatch(backbone, { size }));
    await using embedder = await createEmbedder({ executor, backbone, size, taps: [layer], batch });
    await embedder.load(values);
    await using products = productOn(executor);
    const { product } = products;
    const { neighbours = neighboursNamed } = options;
    const answers = openAnswers(openHead(head, product), { neighbours, product });
    const counts = { predicted: 0, unread: 0, withheld: 0, unlike: 0, alarms: 0 };
    const started = clock.monotonic();
    emit({ type: "phase", phase: "predict" });
    const batches = pictureBatches({
      ...{ cwd, files: options.files, watch: options.watch, form, batch, clock, signal },
      quietMilliseconds: options.quietMilliseconds,
      onUnread(file) {
        counts.unread++;
        out?.writeUnread(file);
        emit(resultOf("unread", file));
      },
    });
    for await (const some of batches) {
      if (some.length > 0) {
        const features = await featuresOf(some, embedder, { layer, size, normalize });
        const paths = some.map(({ path }) => path);
        for (const one of await answers(paths, features)) {
          counts.predicted++;
          if (one.answer === "withheld") counts.withheld++;
          if (one.unlike?.is) counts.unlike++;
          if (one.alarm) counts.alarms++;
          out?.write(one);
          emit(resultOf("prediction", one));
        }
      }
      if (signal.aborted && options.watch === undefined) signal.throwIfAborted();
      emit({ type: "progress", phase: "predict", done: counts.predicted });
    }
    emit({ type: "phase-end", phase: "predict", seconds: (clock.monotonic() - started) / 1000 });
    const { reference } = representation;
    return {
      head: head.reference,
      representation: reference,
      ...counts,
      ...(out && { out: out.path }),
    };
  } finally {
    await executor.dispose();
  }
}

/** The encoder that the head was fitted on, bit for bit. */
export function encoderFor({ document, reference }: Head, store: Store): Representation {
  const { name, version, digest } = document.representation;
  const wanted = `${name}@${version}`;
  const found = store.representations().find((one) => one.reference === wanted);
  if (!found)
    throw new Problem("app/head-without-encoder", { head: reference, representation: wanted });
  if (digestBytes(readFileBytes(found.weights)) === digest) return found;
  throw new Problem("app/encoder-changed", { head: reference, representation: wanted });
}

async function featuresOf(
  some: readonly ReadPicture[],
  embedder: Embedder,
  { layer, ...form }: { readonly layer: string } & Parameters<typeof centred>[1],
) {
  const pictures = {
    count: some.length,
    size: (i: number) => some[i],
    read: (i: number) => some[i].pixels,
  };
  return (await embedder.embed(centred(pictures, form)))[layer];
}

interface Out extends Disposable {
  readonly path: string;
  write(prediction: Prediction): void;
  writeUnread(file: Unread): void;
}

/** Lines are there as they come, so that what was done is kept whatever happens. */
function openOut(
  { out, overwrite, language = "en" }: PredictOptions,
  cwd: string,
): Out | undefined {
  if (out === undefined) return undefined;
  const path = resolve(cwd, out);
  if (existsSync(path) && !overwrite) throw new Problem("app/list-exists", { path });
  const isJson = path.endsWith(".jsonl");
  let file: number;
  try {
    file = openSync(path, "w");
  } catch (cause) {
    const reason = cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);
    throw new Problem("registry/not-writable", { path, reason }, { cause });
  }
  if (!isJson) writeSync(file, csvHead);
  return {
    path,
    write: (one) => {
      writeSync(
        file,
        isJson ? `${JSON.stringify({ ...one, state: "predicted" })}\n` : csvLine(one),
      );
    },
    writeUnread: (one) => {
      const line = { ...one, state: "unread" };
      writeSync(file, isJson ? `${JSON.stringify(line)}\n` : unreadLine(one, language));
    },
    [Symbol.dispose]: () => closeSync(file),
  };
}

function resultOf(kind: "prediction" | "unread", value: Prediction | Unread): Event {
  const plain: Json = asJson(value);
  return { type: "result", kind, value: plain };
}
