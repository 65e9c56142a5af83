/** Files that are either there whole or not at all: written aside, made to last, then renamed. */
import { closeSync, fsyncSync, mkdirSync, openSync, rmSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { asidePath } from "./aside.ts";
import { type Existing, placeFile } from "./place.ts";
import { explainWriting, writeProblem } from "./write-problem.ts";

export interface AtomicOptions {
  readonly existing?: Existing;
  /** Where the unfinished file lies, on the same disk; beside its goal unless told. */
  readonly aside?: string;
}

/** A file being written; it does not exist under its name before `finish`. */
export interface AtomicFile extends Disposable {
  write(bytes: Uint8Array): void;
  /** Names the file; false if `existing: "keep"` kept what was there. */
  finish(): boolean;
  /** Leaves nothing behind; also what leaving the scope without `finish` does. */
  abandon(): void;
}

/** Writes a whole file in one step; the folder it lies in is made where it is missing. */
export function writeFileAtomically(
  path: string,
  contents: string | Uint8Array | readonly Uint8Array[],
  options: AtomicOptions = {},
): boolean {
  using file = startFile(path, options);
  if (typeof contents === "string") file.write(Buffer.from(contents));
  else if (contents instanceof Uint8Array) file.write(contents);
  else for (const part of contents) file.write(part);
  return file.finish();
}

/** Starts a file that is written in parts. */
export function startFile(
  path: string,
  { existing = "replace", aside = dirname(path) }: AtomicOptions = {},
): AtomicFile {
  const [unfinished, descriptor] = explainWriting(path, () => {
    mkdirSync(dirname(path), { recursive: true });
    mkdirSync(aside, { recursive: true });
    const unfinished = asidePath(aside);
    return [unfinished, openSync(unfinished, "wx")] as const;
  });
  let open = true;
  const close = () => {
    if (open) closeSync(descriptor);
    open = false;
  };
  const abandon = () => {
    if (!open) return;
    close();
    rmSync(unfinished, { force: true });
  };
  const attempt = <T>(step: () => T): T => {
    try {
      return step();
    } catch (error) {
      // What was written goes first, so that the free space told is what the user has.
      close();
      rmSync(unfinished, { force: true });
      throw writeProblem(path, error);
    }
  };
  return {
    write: (bytes) => attempt(() => writeAll(descriptor, bytes)),
    finish: () =>
      attempt(() => {
        fsyncSync(descriptor);
        close();
        return placeFile(unfinished, path, existing);
      }),
    abandon,
    [Symbol.dispose]: abandon,
  };
}

/** One `write` call may take less than it was given. */
export function writeAll(descriptor: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.byteLength; ) {
    done += writeSync(descriptor, bytes, done, bytes.byteLength - done);
  }
}
