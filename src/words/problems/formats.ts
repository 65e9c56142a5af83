/** Sentences for the problems of the room `formats`: what was found, then the cure. */

export const formatsProblems = {} as const;
