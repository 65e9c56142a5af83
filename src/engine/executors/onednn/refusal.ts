/** What the library would not do, in its own words and with what they were about. */
import { Problem } from "../../../base/index.ts";
import type { Library } from "./library.ts";

/** `about` names the node with its shapes, and the kernel where one was chosen. */
export function refusal(
  { version }: Pick<Library, "version">,
  about: string,
  cause: unknown,
): Problem {
  if (cause instanceof Problem) return cause;
  const message = cause instanceof Error ? cause.message : String(cause);
  const values = { library: `oneDNN ${version}`, message: `${about}: ${message}` };
  return new Problem("engine/library-refused", values, { cause });
}
