/** Opens the library at a path and picks the version's way of speaking. */
import { Problem } from "../../../base/index.ts";
import { bytesAt, type ForeignLibrary, loadLibrary } from "./ffi.ts";
import type { Library } from "./library.ts";
import { version2 } from "./version2.ts";

/** Throws `engine/library-missing` for a file that is no oneDNN, or one that cannot be used. */
export function openLibrary(path: string): Library {
  quietThreads();
  try {
    const native = loadLibrary(path);
    const [major, minor, patch] = versionOf(native);
    const version = `${major}.${minor}.${patch}`;
    if (major === 2) return version2(native, { version, path });
    throw new Error(`version ${version} is neither 2 nor 3`);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new Problem(
      "engine/library-missing",
      { library: `oneDNN (${path})`, message },
      { cause },
    );
  }
}

/**
 * Threads that wait for the next primitive turn in circles. For long, that takes the core from whoever
 * prepares views; OpenMP reads this once, when it is loaded.
 */
function quietThreads(): void {
  process.env.GOMP_SPINCOUNT ??= "20000";
}

function versionOf(native: ForeignLibrary): number[] {
  const found = native.func("dnnl_version", "void *", [])();
  if (typeof found !== "bigint" || found === 0n) throw new Error("dnnl_version gave nothing");
  const bytes = Buffer.from(bytesAt(found, 12));
  return [0, 4, 8].map((at) => bytes.readInt32LE(at));
}
