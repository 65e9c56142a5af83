/** Doorway of assembly: loops over vectors of numbers, as WebAssembly. */
export { type Arena, openArena, openSharedArena, type SharedArena } from "./arena.ts";
export {
  type Code,
  count,
  four,
  int,
  integer,
  type Local,
  plus,
  type Routine,
  routine,
  times,
  two,
  walk,
} from "./assembler.ts";
export { weightedSum } from "./weighted-sum.ts";
