/** What a call is refused with: the problem's code, or whatever else it threw. */
import { Problem } from "../src/base/index.ts";

export function problemOf(call: () => unknown): Problem {
  try {
    call();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

export function codeOf(call: () => unknown): string {
  return problemOf(call).code;
}
