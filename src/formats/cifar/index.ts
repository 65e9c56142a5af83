/** Doorway of the CIFAR binary form. */
export {
  type CifarFile,
  type CifarSet,
  cifarPixels,
  findCifar,
  readCifarRecords,
  side as cifarSide,
} from "./records.ts";
