/** The flat list that a program is: primitives of the library, loops of ours, and copies. */

import type { Address } from "./ffi.ts";
import type { Held, Storage } from "./held.ts";
import type { Description, RoleName } from "./library.ts";

/** What memory a form lies in once the arena is laid out. */
export interface Place {
  address(held: Held): Address;
  floats(held: Held): Float32Array;
  integers(held: Held): Int32Array;
}

export type Argument = readonly [role: RoleName | number, held: Held];

interface Common {
  /** The graph's node, for plans and errors. */
  readonly label: string;
  readonly reads: readonly Storage[];
  readonly writes: readonly Storage[];
}

export interface PrimitiveStep extends Common {
  readonly kind: "primitive";
  readonly description: Description;
  readonly given: readonly Argument[];
  /** Whether running it again is cheap beside keeping what it makes: a pass over memory. */
  readonly repeatable?: boolean;
}

export interface HostStep extends Common {
  readonly kind: "host";
  /** Binds the step to its memory; the result runs it. */
  readonly bind: (place: Place) => () => void;
}

export type Step = PrimitiveStep | HostStep;
