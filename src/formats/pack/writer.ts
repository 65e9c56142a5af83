/** Writes a pack aside and renames it to its digest; until then nothing of it can be seen. */
import { closeSync, mkdirSync, openSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { Problem, startDigest } from "../../base/index.ts";
import { asidePath, explainWriting, finishFolder, sweepAsides } from "../atomic-file/index.ts";
import { indexFile, pixelsFile, rowBytes, writeHead, writeRow } from "./layout.ts";

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
  const rows = openRows();
  const waiting = Buffer.allocUnsafe(bufferedBytes);
  let waitingBytes = 0;
  let open = true;

  const put = (bytes: Uint8Array) => {
    pixelsDigest.update(bytes);
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
  };
  const flush = () => {
    put(waiting.subarray(0, waitingBytes));
    waitingBytes = 0;
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
      return rows.count();
    },
    add(pixels, height, width, digest) {
      return orAbandon(() => {
        if (pixels.length !== height * width * 3) {
          throw new Problem("formats/pack-picture-size", { bytes: pixels.length, height, width });
        }
        if (waitingBytes + pixels.length > bufferedBytes) flush();
        if (pixels.length > bufferedBytes) put(pixels);
        else {
          waiting.set(pixels, waitingBytes);
          waitingBytes += pixels.length;
        }
        return rows.add(writeRow({ height, width, digest }));
      });
    },
    finish() {
      return orAbandon(() => {
        flush();
        const index = Buffer.concat([writeHead(resolution, rows.count()), ...rows.parts()]);
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

/** Rows of the index, many in one piece of memory: one for each would weigh several times as much. */
function openRows() {
  const inPart = 4096;
  const parts: Buffer[] = [];
  let count = 0;
  return {
    count: () => count,
    /** The row's position. */
    add(row: Buffer): number {
      const at = count % inPart;
      if (at === 0) parts.push(Buffer.alloc(inPart * rowBytes));
      row.copy(parts[parts.length - 1], at * rowBytes);
      return count++;
    },
    parts(): Buffer[] {
      const last = count % inPart;
      return parts.map((part, i) =>
        i === parts.length - 1 && last > 0 ? part.subarray(0, last * rowBytes) : part,
      );
    },
  };
}
