/** Sentences for the notices of the room `registry`. */

export const registryNotices = {} as const;
