/** The language a workspace's file asks for; a file that cannot be read is told about elsewhere. */
import { Problem } from "../base/index.ts";
import { readConfig } from "../registry/index.ts";
import type { Language } from "../words/index.ts";

export function preferredLanguage(workspace: string): Language | undefined {
  try {
    return readConfig(workspace).lang;
  } catch (thrown) {
    if (thrown instanceof Problem) return undefined;
    throw thrown;
  }
}
