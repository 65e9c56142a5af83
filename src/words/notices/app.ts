/** Sentences for the notices of the room `app`. */

export const appNotices = {} as const;
