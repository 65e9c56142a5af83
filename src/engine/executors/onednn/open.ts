/** Opens the library at a path, tries it, and picks the version's way of speaking. */
import { statSync } from "node:fs";
import { Problem } from "../../../base/index.ts";
import { bytesAt, type Foreign, type ForeignLibrary, loadLibrary } from "./ffi.ts";
import type { Library } from "./library.ts";
import { version2 } from "./version2.ts";
import { version3 } from "./version3.ts";

type Fault = "absent" | "unreadable" | "foreign" | "version" | "descriptors" | "threads";

/** Throws `engine/library-missing` for a file that is no oneDNN, or one that cannot be used. */
export function openLibrary(path: string): Library {
  quietThreads();
  const refuse = (what: Fault, message: string, cause?: unknown) =>
    new Problem(
      "engine/library-missing",
      { library: `oneDNN (${path})`, what, message },
      { cause },
    );
  if (path.includes("/") && !statSync(path, { throwIfNoEntry: false })) throw refuse("absent", "");
  const native = attempt(
    () => loadLibrary(path),
    (message, cause) => refuse("unreadable", message, cause),
  );
  const versionOf = attempt(
    () => native.func("dnnl_version", "void *", []),
    (message, cause) => refuse("foreign", message, cause),
  );
  const [major, version] = versionFrom(versionOf);
  if (major !== 2 && major !== 3) throw refuse("version", version);
  const library = attempt(
    () => spoken(native, { major, version, path }),
    (message, cause) => refuse("descriptors", `${version}: ${message}`, cause),
  );
  if (!fits(library)) throw refuse("descriptors", version);
  attempt(
    () => library.setThreads(1),
    (message, cause) => refuse("threads", message, cause),
  );
  return library;
}

function spoken(
  native: ForeignLibrary,
  { major, ...rest }: { readonly major: 2 | 3; readonly version: string; readonly path: string },
): Library {
  return major === 2 ? version2(native, rest) : version3(native, rest);
}

/**
 * Whether descriptors lie as this version's header says: a layout that the library chose is read back
 * with its sizes, type and bytes. A library of another minor version could differ in any of them.
 */
function fits(library: Library): boolean {
  const [x, weight, y] = [
    [2, 3, 5, 7],
    [11, 3, 1, 1],
    [2, 11, 5, 7],
  ] as const;
  const window = { strides: [1, 1], dilations: [0, 0], before: [0, 0], after: [0, 0] };
  return library.scope(() => {
    const any = (dims: readonly number[]) => library.anyLayout(dims, "f32");
    const description = library.convolution({ x: any(x), weight: any(weight), y: any(y) }, window, {
      algorithm: "direct",
    });
    if (!description) return false;
    const { dims, type, bytes } = description.layout("destination");
    library.destroyDescriptions([description]);
    const least = 4 * y.reduce((product, size) => product * size, 1);
    // Blocks of at most 64 channels pad 11 channels to no more than 64.
    return (
      dims.join() === y.join() && type === "f32" && bytes >= least && bytes <= (least * 64) / 11
    );
  });
}

function attempt<T>(use: () => T, refusal: (message: string, cause: unknown) => Problem): T {
  try {
    return use();
  } catch (cause) {
    throw refusal(cause instanceof Error ? cause.message : String(cause), cause);
  }
}

/**
 * Threads that wait for the next primitive turn in circles. Where the machine has nothing else to do,
 * how long makes no difference; beside other work it takes the core from whoever has use for it (beside
 * two busy processes on two cores, 100 small programs took 1.5 times as long). OpenMP reads this once,
 * when it is loaded.
 */
function quietThreads(): void {
  process.env.GOMP_SPINCOUNT ??= "20000";
}

function versionFrom(ask: Foreign): [major: number, version: string] {
  const found = ask();
  if (typeof found !== "bigint" || found === 0n) return [0, "0"];
  const bytes = Buffer.from(bytesAt(found, 12));
  const numbers = [0, 4, 8].map((at) => bytes.readInt32LE(at));
  return [numbers[0], numbers.join(".")];
}
