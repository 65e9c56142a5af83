/**
 * Small plain JPEG files are read ahead: by this thread, which has time left, and others beside it. Each
 * decodes as `decodePicture` would, so that a pack's bytes do not depend on whether or how many there are.
 */
import { Worker } from "node:worker_threads";
import { Problem } from "../../base/index.ts";
import { chooseTurbojpeg, compileDecoder, smallJpeg } from "../../formats/image/index.ts";
import { inOrder } from "./in-order.ts";
import type { ReadMessage } from "./picture-reader.ts";
import { type ReadAnswer, type SmallPicture, unpackAnswer } from "./read-answer.ts";
import { openBatchReader, type ReaderSetting, type ReadJob } from "./read-batch.ts";
import type { FoundFile } from "./scan.ts";

export interface PictureReaders extends AsyncDisposable {
  /** Told while files are looked for how many there are so far: threads start meanwhile. */
  expect(files: number): void;
  /**
   * Every file in its order, in stretches: many with a picture that was read ahead, or one without. Going
   * on to a next one by itself costs more than handling it.
   */
  readAhead(files: readonly FoundFile[]): AsyncGenerator<readonly ReadAhead[]>;
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

export interface ReaderOptions extends Omit<ReaderSetting, "turbojpeg"> {
  /** Pictures decoded at once. */
  readonly concurrency: number;
  /** Threads that read, this one among them; with 0 nothing is read ahead. As is worth it unless told. */
  readonly count?: number | undefined;
  /** The built reader, where it does not lie beside this module. */
  readonly module?: URL | undefined;
}

/** Making ready for fewer files costs more than it saves. */
const worthReaders = 256;
/** What one message holds at most; so few bytes of files that their pixels stay few, too. */
const batch = { files: 32, bytes: 1 << 18 } as const;
/** One in a thread's hands, one waiting for it. */
const batchesPerThread = 2;

export function openPictureReaders({ module, ...options }: ReaderOptions): PictureReaders {
  const { root, resolution, concurrency } = options;
  let started: Readers | undefined;
  const expect = (files: number) => {
    const count = options.count ?? worthReading(files, concurrency);
    if (count > 0) started ??= startReaders({ root, resolution }, count, module);
  };
  return {
    expect,
    async *readAhead(files) {
      expect(files.length);
      if (started) yield* started.readAhead(files);
      else for (const file of files) yield [{ file }];
    },
    async [Symbol.asyncDispose]() {
      await started?.[Symbol.asyncDispose]();
    },
  };
}

/** As many as pictures may be read at once; this thread alone where it runs from TypeScript sources. */
function worthReading(files: number, concurrency: number): number {
  if (files < worthReaders) return 0;
  return import.meta.url.endsWith(".ts") ? 1 : concurrency;
}

type Readers = Omit<PictureReaders, "expect">;

function startReaders(
  given: Omit<ReaderSetting, "turbojpeg">,
  count: number,
  module: URL | undefined,
): Readers {
  const setting = { ...given, turbojpeg: chooseTurbojpeg() };
  const threads = openThreads(count - 1, setting, module);
  const own = openBatchReader(setting);
  const spare: ArrayBuffer[] = [];
  let asked = 0;
  const answerTo = (paths: readonly string[]): ReadAnswer | Promise<ReadAnswer> => {
    const job = { id: asked++, paths: paths.join("\0"), memory: spare.pop() };
    return threads.ask(job) ?? own.read(job);
  };
  const read = async (files: readonly FoundFile[]): Promise<ReadAhead[]> => {
    const fit = files.filter(isSmallJpeg);
    if (fit.length === 0) return files.map((file) => ({ file }));
    const answer = await answerTo(fit.map(({ path }) => path));
    const found = unpackAnswer(answer);
    const last = files[files.length - 1];
    const giveBack = () => spare.push(answer.memory);
    let at = 0;
    return files.map((file) => ({
      file,
      small: file === fit[at] ? found[at++] : undefined,
      giveBack: file === last ? giveBack : undefined,
    }));
  };
  return {
    async *readAhead(files) {
      const atOnce = batchesPerThread * threads.count + 1;
      for await (const some of inOrder(batches(files), atOnce, read)) yield* stretches(some);
    },
    async [Symbol.asyncDispose]() {
      own[Symbol.dispose]();
      await threads[Symbol.asyncDispose]();
    },
  };
}

interface Threads extends AsyncDisposable {
  readonly count: number;
  /** Undefined where all have enough to do. Throws, or rejects, once a thread has stopped. */
  ask(job: ReadJob): Promise<ReadAnswer> | undefined;
}

function openThreads(
  count: number,
  setting: ReaderSetting,
  module = new URL("./picture-reader.js", import.meta.url),
): Threads {
  const threads = Array.from({ length: count }, () => {
    // It closes what it opens; keeping a list of that is for threads that are stopped.
    const worker = new Worker(module, { workerData: setting, trackUnmanagedFds: false });
    const ended = new Promise((resolve) => worker.once("exit", resolve));
    return { worker, ended, busy: 0 };
  });
  if (count > 0 && setting.turbojpeg === undefined) compileDecoder();
  const waiting = new Map<number, Waiting>();
  let stopped: Problem | undefined;
  const stop = (message: string, cause?: unknown) => {
    stopped ??= new Problem("data/reader-stopped", { message }, { cause });
    for (const { reject } of waiting.values()) reject(stopped);
    waiting.clear();
  };
  for (const thread of threads) {
    thread.worker.on("message", (answer: ReadAnswer) => {
      thread.busy--;
      waiting.get(answer.id)?.resolve(answer);
      waiting.delete(answer.id);
    });
    thread.worker.on("error", (cause) => stop(cause instanceof Error ? cause.message : "?", cause));
    thread.worker.on("exit", (code) => stop(`exit ${code}`));
  }
  return {
    count,
    ask(job) {
      if (stopped) throw stopped;
      const free =
        threads.find(({ busy }) => busy === 0) ??
        threads.find(({ busy }) => busy < batchesPerThread);
      if (free === undefined) return undefined;
      free.busy++;
      return new Promise((resolve, reject) => {
        waiting.set(job.id, { resolve, reject });
        free.worker.postMessage(job, job.memory ? [job.memory] : []);
      });
    },
    async [Symbol.asyncDispose]() {
      // Asked to end, not ended: what a thread holds of native code it gives back itself.
      const end: ReadMessage = undefined;
      for (const { worker } of threads) worker.postMessage(end);
      await Promise.all(threads.map(({ ended }) => ended));
    },
  };
}

function* stretches(files: readonly ReadAhead[]): Generator<readonly ReadAhead[]> {
  let start = 0;
  for (let at = 0; at < files.length; at++) {
    if (files[at].small) continue;
    if (at > start) yield files.slice(start, at);
    yield [files[at]];
    start = at + 1;
  }
  if (start < files.length) yield files.slice(start);
}

interface Waiting {
  readonly resolve: (answer: ReadAnswer) => void;
  readonly reject: (cause: unknown) => void;
}

function isSmallJpeg({ path, bytes }: FoundFile): boolean {
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
