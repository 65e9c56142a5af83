/**
 * Threads that read small plain JPEG files ahead. Each decodes as `decodePicture` would, so that a
 * pack's bytes do not depend on whether or how many there are.
 */
import { Worker } from "node:worker_threads";
import { Problem } from "../../base/index.ts";
import { compileDecoder, smallJpeg } from "../../formats/image/index.ts";
import { inOrder } from "./in-order.ts";
import type { ReaderSetting, ReadJob } from "./picture-reader.ts";
import { type ReadAnswer, type SmallPicture, unpackAnswer } from "./read-answer.ts";
import type { FoundFile } from "./scan.ts";

export interface PictureReaders extends AsyncDisposable {
  /** Every file in its order, with its picture where a thread has one. */
  readAhead(files: readonly FoundFile[]): AsyncGenerator<ReadAhead>;
}

export interface ReadAhead {
  readonly file: FoundFile;
  readonly small?: SmallPicture | undefined;
  /**
   * Comes with the last file of a batch, for when its pictures and those of the files before it are
   * stored: their memory is then written over.
   */
  readonly giveBack?: (() => void) | undefined;
}

export interface ReaderOptions extends ReaderSetting {
  readonly count: number;
  /** The built reader, where it does not lie beside this module. */
  readonly module?: URL;
}

/** Starting threads for fewer files costs more than they save. */
const worthThreads = 256;
/** What one message holds at most; so few bytes of files that their pixels stay few, too. */
const batch = { files: 32, bytes: 1 << 18 } as const;

/** As many as pictures may be read at once; none where this runs from TypeScript sources. */
export function defaultReaders(files: number, concurrency: number): number {
  return import.meta.url.endsWith(".ts") || files < worthThreads ? 0 : concurrency;
}

export function openPictureReaders({
  count,
  module = new URL("./picture-reader.js", import.meta.url),
  ...setting
}: ReaderOptions): PictureReaders {
  const workers = Array.from({ length: count }, () => new Worker(module, { workerData: setting }));
  if (count > 0) compileDecoder();
  const waiting = new Map<number, Waiting>();
  let stopped: Problem | undefined;
  const stop = (message: string, cause?: unknown) => {
    stopped ??= new Problem("data/reader-stopped", { message }, { cause });
    for (const { reject } of waiting.values()) reject(stopped);
    waiting.clear();
  };
  for (const worker of workers) {
    worker.on("message", (answer: ReadAnswer) => {
      waiting.get(answer.id)?.resolve(answer);
      waiting.delete(answer.id);
    });
    worker.on("error", (cause) => stop(cause instanceof Error ? cause.message : "?", cause));
    worker.on("exit", (code) => stop(`exit ${code}`));
  }
  let asked = 0;
  const spare: ArrayBuffer[] = [];
  const ask = (paths: readonly string[]): Promise<ReadAnswer> => {
    if (stopped) throw stopped;
    const id = asked++;
    const memory = spare.pop();
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      const job: ReadJob = { id, paths: paths.join("\0"), memory };
      workers[id % count].postMessage(job, memory ? [memory] : []);
    });
  };
  const read = async (files: readonly FoundFile[]): Promise<ReadAhead[]> => {
    const fit = files.filter(isForThreads);
    if (fit.length === 0) return files.map((file) => ({ file }));
    const answer = await ask(fit.map(({ path }) => path));
    const found = unpackAnswer(answer);
    const pictures = new Map(fit.map((file, i) => [file, found[i]]));
    const last = files[files.length - 1];
    const giveBack = () => spare.push(answer.memory);
    return files.map((file) => ({
      file,
      small: pictures.get(file),
      giveBack: file === last ? giveBack : undefined,
    }));
  };
  return {
    async *readAhead(files) {
      if (count === 0) for (const file of files) yield { file };
      // One batch in each thread's hands, one waiting for it.
      else for await (const some of inOrder(batches(files), 2 * count, read)) yield* some;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

interface Waiting {
  readonly resolve: (answer: ReadAnswer) => void;
  readonly reject: (cause: unknown) => void;
}

function isForThreads({ path, bytes }: FoundFile): boolean {
  return bytes > 0 && bytes <= smallJpeg.bytes && /\.jpe?g$/i.test(path);
}

function* batches(files: readonly FoundFile[]): Generator<readonly FoundFile[]> {
  let some: FoundFile[] = [];
  let bytes = 0;
  for (const file of files) {
    if (some.length === batch.files || (some.length > 0 && bytes + file.bytes > batch.bytes)) {
      yield some;
      [some, bytes] = [[], 0];
    }
    some.push(file);
    bytes += file.bytes;
  }
  if (some.length > 0) yield some;
}
