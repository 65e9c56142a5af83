/** Writes a pack aside and renames it to its digest; until then nothing of it can be seen. */
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { Problem, startDigest } from "../../base/index.ts";
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
  const aside = guarded(folder, () => {
    mkdirSync(folder, { recursive: true });
    sweepAside(folder);
    return mkdtempSync(join(folder, `${asidePrefix}${process.pid}-`));
  });
  const file = guarded(folder, () => openSync(join(aside, pixelsFile), "wx"));
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
  const abandon = () => {
    if (!open) return;
    open = false;
    closeSync(file);
    rmSync(aside, { recursive: true, force: true });
  };
  /** A writer that failed once leaves nothing behind. */
  const orAbandon = <T>(work: () => T): T => {
    if (!open) throw new Problem("formats/pack-writer-closed", { folder });
    try {
      return guarded(folder, work);
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
        fsyncSync(file);
        const index = Buffer.concat([writeHead(resolution, rows.length), ...rows]);
        writeFileSync(join(aside, indexFile), index, { flush: true });
        const digest = startDigest().update(index).update(pixelsDigest.digest()).digest("hex");
        const home = join(folder, digest);
        open = false;
        closeSync(file);
        if (existsSync(home)) rmSync(aside, { recursive: true });
        else renameSync(aside, home);
        return digest;
      });
    },
    abandon,
    [Symbol.dispose]: abandon,
  };
}

const asidePrefix = ".aside-";

/** What killed processes left behind. A folder of a living process is its own business. */
function sweepAside(folder: string): void {
  for (const name of readdirSync(folder)) {
    const pid = Number(/^\.aside-(\d+)-/.exec(name)?.[1]);
    if (pid > 0 && !isAlive(pid)) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return errorCode(cause) === "EPERM";
  }
}

function guarded<T>(folder: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    const code = errorCode(cause);
    if (code === "ENOSPC" || code === "EDQUOT") {
      throw new Problem("formats/pack-disk-full", { folder }, { cause });
    }
    if (code === "EACCES" || code === "EROFS" || code === "EPERM") {
      throw new Problem("formats/pack-not-writable", { folder, found: code }, { cause });
    }
    throw cause;
  }
}

function errorCode(cause: unknown): unknown {
  return cause instanceof Error && "code" in cause ? cause.code : undefined;
}
