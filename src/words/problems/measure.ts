/** Sentences for the problems of the room `measure`: what was found, then the cure. */

export const measureProblems = {} as const;
