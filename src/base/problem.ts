/**
 * What goes wrong, as a value: a stable code and the evidence. Surfaces turn it into a sentence in
 * the reader's language (`words`); below them nobody writes prose.
 */
import { type Code, codes } from "./codes.ts";

export type Evidence = Readonly<Record<string, string | number | boolean>>;

export class Problem extends Error {
  readonly code: Code;
  readonly values: Evidence;

  constructor(code: Code, values: Evidence = {}, options: { cause?: unknown } = {}) {
    super(`[${code}] ${JSON.stringify(values)}`, options);
    this.name = "Problem";
    this.code = code;
    this.values = values;
  }

  get exit(): number {
    return exitCodes[codes[this.code]];
  }
}

/** The one table of exit codes. */
export const exitCodes = {
  /** A defect of ours. */
  internal: 1,
  /** The command line or the configuration cannot be understood. */
  usage: 2,
  /** The data or a file given cannot be used. */
  input: 3,
  /** Something asked for does not exist, or exists already. */
  state: 4,
  /** Another process holds the workspace. */
  busy: 5,
  /** The machine lacks something: disk, memory, a library. */
  resource: 6,
  /** Training diverged or collapsed. */
  training: 7,
  /** Stopped by the user; a checkpoint was left. */
  interrupted: 130,
} as const;

export type ExitKind = keyof typeof exitCodes;
