/** What decodes small JPEG files here: a native library that is found and tried, or the one in WebAssembly. */
import { type ExaminedTurbojpeg, examineTurbojpeg } from "../formats/image/index.ts";

/** Throws a Problem where a library was named that cannot be used. */
export async function probeJpeg(_options: object): Promise<ExaminedTurbojpeg> {
  return examineTurbojpeg();
}
