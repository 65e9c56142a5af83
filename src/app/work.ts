/** What every use case is given besides its options. */
import type { Clock, Emit } from "../base/index.ts";

export interface Work {
  /** The workspace's root folder. */
  readonly workspace: string;
  /** Where the command was given: relative paths start here. */
  readonly cwd: string;
  readonly emit: Emit;
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** The command line, for the record. */
  readonly command: readonly string[];
}
