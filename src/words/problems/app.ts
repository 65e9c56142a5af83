/** Sentences for the problems of the room `app`: what was found, then the cure. */

export const appProblems = {} as const;
