/** Doorway of resampling: the loops that make a view, in WebAssembly. */
export { type Bands, type Bounds, type Boxed, resample, type Stages } from "./resample.ts";
