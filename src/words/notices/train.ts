/** Sentences for the notices of the room `train`. */

export const trainNotices = {} as const;
