/** A picture to search with: one that was set aside, where it lies in its folder. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { DatasetVersion } from "../formats/documents/index.ts";

/** None where the source is no folder, or is gone. */
export function examplePicture({ source, items }: DatasetVersion): { readonly example?: string } {
  if (source.kind !== "folder") return {};
  const at = Math.max(0, items.split.indexOf("evaluation"));
  const example = join(source.path, items.path[at]);
  return existsSync(example) ? { example } : {};
}
