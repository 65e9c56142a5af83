/** Sentences for the problems of the room `augment`: what was found, then the cure. */

export const augmentProblems = {} as const;
