/** Sentences for the problems of the room `train`: what was found, then the cure. */

export const trainProblems = {} as const;
