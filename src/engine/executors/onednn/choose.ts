/** How one of several ways is chosen: from a plan, from what was measured before, or by measuring now. */

export interface Way {
  /** What the plan and the tuning file say: "winograd f32". */
  readonly name: string;
  /** Milliseconds of one run, the best of a few. */
  measure(): number;
}

export interface Choose {
  /** The name of the way to take, one of `ways`; `key` is the op with its shapes. */
  (key: string, ways: readonly Way[]): string;
}
