/** Doorway of `learn/backbones`. */
export { type Backbone, encoder, type Features, features, type Tap } from "./backbone.ts";
export { backbone, families } from "./list.ts";
