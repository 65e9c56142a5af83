/** Doorway of `learn/backbones`. */
export { type Backbone, encoder, features, requireSide } from "./backbone.ts";
export { backbone, backboneNames } from "./list.ts";
