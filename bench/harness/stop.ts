/** Why a bench ends without a result: a sentence and an exit code, never a quiet omission. */

export type StopReason =
  | "usage"
  | "peer-missing"
  | "data-missing"
  | "wrong-answer"
  | "child-died"
  | "given-up";

export const exitCodes = {
  usage: 2,
  "peer-missing": 3,
  "data-missing": 4,
  "wrong-answer": 5,
  "child-died": 6,
  "given-up": 7,
} as const satisfies Record<StopReason, number>;

export class Stop extends Error {
  override readonly name = "Stop";
  readonly reason: StopReason;

  constructor(reason: StopReason, sentence: string) {
    super(sentence);
    this.reason = reason;
  }
}
