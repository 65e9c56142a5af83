/** Sentences for the notices of the room `engine`. */

export const engineNotices = {} as const;
