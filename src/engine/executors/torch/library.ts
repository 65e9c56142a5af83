/** PyTorch itself: loaded when first asked for, its version checked, its refusals as Problems. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { Problem } from "../../../base/index.ts";
import { bind, type Functions, type Handle, load } from "./ffi.ts";
import { checkVersion, type FoundTorch, libraryFile, mainLibrary } from "./find.ts";

export interface Library {
  readonly functions: Functions;
  readonly abiVersion: bigint;
  readonly version: string;
  readonly folder: string;
}

const opened = new Map<string, Library>();

/** One library in a process: a second one beside it would share its global tables. */
export function openLibrary({ folder, version }: FoundTorch): Library {
  const known = opened.get(folder);
  if (known) return known;
  const [other] = opened.keys();
  if (other !== undefined) {
    throw new Problem("engine/torch-unusable", { reason: "another", path: folder, found: other });
  }
  const functions = bound(folder);
  const abiVersion = functions.abiVersion();
  const numbers = [56n, 48n, 40n].map((shift) => Number((abiVersion >> shift) & 0xffn)).join(".");
  checkVersion(numbers, folder);
  functions.setGradients(false);
  const library = { functions, abiVersion, version: version ?? numbers, folder };
  opened.set(folder, library);
  return library;
}

function bound(folder: string): Functions {
  try {
    return bind(join(folder, mainLibrary));
  } catch (cause) {
    const found = cause instanceof Error ? cause.message : String(cause);
    const values = { reason: "notLoadable", path: folder, found };
    throw new Problem("engine/torch-unusable", values, { cause });
  }
}

/** The parts of the library that drive a kind of device; empty where the main library does. */
const parts: Readonly<Record<string, readonly string[]>> = {
  cuda: ["torch_cuda", "torch_hip"],
  xpu: ["torch_xpu"],
};

/** Loads what drives this kind of device; the reason why not, in the loader's words, if it cannot. */
export function loadPart({ folder }: Library, kind: string): string | undefined {
  const files = (parts[kind] ?? []).map((name) => join(folder, libraryFile(name)));
  const file = files.find(existsSync);
  if (file === undefined) return files.length > 0 ? `${libraryFile(parts[kind][0])} –` : undefined;
  try {
    load(file);
    return undefined;
  } catch (cause) {
    return cause instanceof Error ? cause.message : String(cause);
  }
}

/** What the library said of its last failure, on one line. */
export function wordsOf({ functions, version }: Library): string {
  const words = functions.words();
  if (words === null) return `PyTorch ${version} wrote its reason to standard error`;
  const [first = "–"] = words.trim().split("\n");
  return first;
}

/** Throws the library's words unless the status is success. */
export function check(library: Library, status: number): void {
  if (status === 0) return;
  throw new Problem("engine/library-refused", { library: "PyTorch", message: wordsOf(library) });
}

const made = new BigUint64Array(1);

/** What a function of the library writes to its last argument. */
export function make(library: Library, into: (made: BigUint64Array) => number): Handle {
  check(library, into(made));
  return made[0];
}
