/** Doorway of pictures: any file that holds one becomes uint8 RGB at a working resolution. */

export { dayTaken } from "./day-taken.ts";
export {
  type Decoded,
  decodePicture,
  decodeSmallJpeg,
  decodeWhole,
  highestSample,
  resizePixels,
} from "./decode.ts";
export { type Decoding, whiteFor } from "./decoding.ts";
export { type EncodedKind, encodePicture, pictureUri } from "./encode.ts";
export { endsLikePicture, kindBytes, type PictureKind, pictureKind } from "./kind.ts";
export { pictureLimits } from "./limits.ts";
export { smallJpeg } from "./small-jpeg.ts";
export { type TiffPage, tiffPages } from "./tiff.ts";
export {
  chooseTurbojpeg,
  compileDecoder,
  type Examined as ExaminedTurbojpeg,
  examineTurbojpeg,
  openIfEqual,
} from "./turbojpeg/index.ts";
