/** Doorway of `learn/methods`. */
export { method, methods } from "./list.ts";
export type { Method } from "./method.ts";
export { simclr } from "./simclr.ts";
export { vicreg } from "./vicreg.ts";
