/** Doorway of `learn/objectives`: tensors in, scalars out. */
export { ntXent } from "./nt-xent.ts";
export type { Terms } from "./terms.ts";
export { type VicregWeights, vicreg, vicregWeights } from "./vicreg.ts";
