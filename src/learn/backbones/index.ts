/** Doorway of `learn/backbones`. */
export { type Backbone, encoder, features } from "./backbone.ts";
export { backbone } from "./list.ts";
