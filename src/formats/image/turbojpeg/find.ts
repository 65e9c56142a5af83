/** Where a native libjpeg-turbo with the TurboJPEG interface is: the file that was named, else the system's. */
import { statSync } from "node:fs";
import { join } from "node:path";
import { libraryFolders, Problem } from "../../../base/index.ts";

export interface FoundTurbojpeg {
  readonly path: string;
  readonly from: "environment" | "system";
}

export interface TurbojpegPlaces {
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly systemFolders?: readonly string[];
}

/** Homebrew also keeps it in a folder of its own. */
const standardFolders: readonly string[] = [
  ...libraryFolders,
  ...(process.platform === "darwin" ? ["/opt/homebrew/opt/jpeg-turbo/lib"] : []),
];

/** The interface's number is 0, in releases 1 to 3. */
const fileNames = ["libturbojpeg.so.0", "libturbojpeg.0.dylib", "libturbojpeg.dylib"];

/**
 * "off" where `TANAFUDA_TURBOJPEG` says so, undefined where there is none. What is named and not there
 * is a Problem `formats/jpeg-library-unusable`, never passed by.
 */
export function findTurbojpeg({
  environment = process.env,
  systemFolders = standardFolders,
}: TurbojpegPlaces = {}): FoundTurbojpeg | "off" | undefined {
  const wanted = environment.TANAFUDA_TURBOJPEG;
  if (wanted === "off") return "off";
  if (wanted) {
    if (!isFile(wanted)) {
      const values = { path: wanted, what: "absent", message: "" };
      throw new Problem("formats/jpeg-library-unusable", values);
    }
    return { path: wanted, from: "environment" };
  }
  for (const folder of systemFolders) {
    const path = fileNames.map((name) => join(folder, name)).find(isFile);
    if (path !== undefined) return { path, from: "system" };
  }
  return undefined;
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
