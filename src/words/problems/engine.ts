/** Sentences for the problems of the room `engine`: what was found, then the cure. */

export const engineProblems = {} as const;
