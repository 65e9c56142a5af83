/** Paths in what a person reads. */
import { relative } from "node:path";

/** As seen from where the person stands, if that is shorter. */
export function seenFrom(cwd: string, path: string): string {
  const near = relative(cwd, path);
  return near !== "" && near.length < path.length ? near : path;
}
