/** Sentences for the problems of the room `registry`: what was found, then the cure. */

export const registryProblems = {} as const;
