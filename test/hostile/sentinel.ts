/** Everything in a folder, by content: to see that nothing in it was touched. */
import { lstatSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { digestBytes } from "../../src/base/index.ts";

/** Path → size, time and digest; links are not followed. */
export function snapshot(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
  return Object.fromEntries(
    names.map((name) => {
      const path = join(folder, name);
      const found = lstatSync(path);
      if (found.isSymbolicLink()) return [name, `link to ${readlinkSync(path)}`];
      if (!found.isFile()) return [name, found.isDirectory() ? "folder" : "other"];
      return [name, `${found.size} ${found.mtimeMs} ${digestBytes(readFileSync(path))}`];
    }),
  );
}
