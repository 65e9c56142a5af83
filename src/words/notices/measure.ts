/** Sentences for the notices of the room `measure`. */

export const measureNotices = {} as const;
