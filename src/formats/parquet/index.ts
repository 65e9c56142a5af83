/** Doorway of Parquet: features in and out. */
export { type ParquetMatrix, type ParquetSelection, readParquetMatrix } from "./read.ts";
export { type FeaturesToStore, writeParquetFeatures } from "./write.ts";
