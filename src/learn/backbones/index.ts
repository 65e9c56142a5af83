/** Doorway of `learn/backbones`. */
export { type Backbone, encoder, features, requireSide } from "./backbone.ts";
export { backbone } from "./list.ts";
