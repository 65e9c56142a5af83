/** How long a pilot still takes, told in its report and never a promise. */
import { trainingDefaults } from "../training-choices.ts";

/** Embedding and measuring on two cores of a usual PC, measured on 5,421 pictures. */
const secondsAfterTraining = { first: 20, each: 0.008 } as const;

/** Seconds of training, where the asked duration says it. */
export function trainingSeconds({
  epochs,
  minutes,
}: {
  readonly epochs?: number;
  readonly minutes?: number;
}): number | undefined {
  return epochs === undefined ? 60 * (minutes ?? trainingDefaults.minutes) : undefined;
}

export function measuringSeconds(pictures: number): number {
  return secondsAfterTraining.first + secondsAfterTraining.each * pictures;
}
