/** Sentences for the problems of the room `data`: what was found, then the cure. */

export const dataProblems = {} as const;
