/** Writes a pack aside and renames it to its digest; until then nothing of it can be seen. */
import { closeSync, mkdirSync, openSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { Problem, startDigest } from "../../base/index.ts";
import { asidePath, explainWriting, finishFolder, sweepAsides } from "../atomic-file/index.ts";
import { indexFile, pixelsFile, writeHead, writeRow } from "./layout.ts";

export interface PackWriter extends Disposable {
  /** Pictures so far. */
  readonly count: number;
  /** Appends one picture (H·W·3 bytes) and returns its position; `digest` is its source's. */
  add(pixels: Uint8Array, height: number, width: number, digest: string): number;
  /** Makes the pack visible as `<folder>/<digest>` and returns that digest. */
  finish(): string;
  /** Throws away what was written so far; after `finish` it does nothing. */
  abandon(): void;
}

const bufferedBytes = 1 << 20;

/** `folder` is where packs lie, each in a folder named by its digest. */
export function createPackWriter(
  folder: string,
  { resolution }: { resolution: number },
): PackWriter {
  const { aside, file } = explainWriting(folder, () => {
    mkdirSync(folder, { recursive: true });
    sweepAsides(folder);
    const aside = asidePath(folder);
    mkdirSync(aside);
    return { aside, file: openSync(join(aside, pixelsFile), "wx") };
  });
  const pixelsDigest = startDigest();
  const rows: Buffer[] = [];
  let waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  let open = true;

  const flush = () => {
    const bytes = Buffer.concat(waiting);
    waiting = [];
    waitingBytes = 0;
    pixelsDigest.update(bytes);
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
  };
  let fileOpen = true;
  const closeFile = () => {
    if (fileOpen) closeSync(file);
    fileOpen = false;
  };
  const abandon = () => {
    if (!open) return;
    open = false;
    closeFile();
    rmSync(aside, { recursive: true, force: true });
  };
  /** A writer that failed once leaves nothing behind. */
  const orAbandon = <T>(work: () => T): T => {
    if (!open) throw new Problem("formats/pack-writer-closed", { folder });
    try {
      return explainWriting(folder, work);
    } catch (cause) {
      abandon();
      throw cause;
    }
  };

  return {
    get count() {
      return rows.length;
    },
    add(pixels, height, width, digest) {
      return orAbandon(() => {
        if (pixels.length !== height * width * 3) {
          throw new Problem("formats/pack-picture-size", { bytes: pixels.length, height, width });
        }
        waiting.push(pixels.slice());
        waitingBytes += pixels.length;
        if (waitingBytes >= bufferedBytes) flush();
        return rows.push(writeRow({ height, width, digest })) - 1;
      });
    },
    finish() {
      return orAbandon(() => {
        flush();
        const index = Buffer.concat([writeHead(resolution, rows.length), ...rows]);
        writeFileSync(join(aside, indexFile), index);
        const digest = startDigest().update(index).update(pixelsDigest.digest()).digest("hex");
        closeFile();
        finishFolder(aside, join(folder, digest), "keep");
        open = false;
        return digest;
      });
    },
    abandon,
    [Symbol.dispose]: abandon,
  };
}
