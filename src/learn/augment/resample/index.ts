/** Doorway of resampling: the loops that make a view, in WebAssembly. */
export { type Bands, type Boxed, type Finish, resample } from "./resample.ts";
