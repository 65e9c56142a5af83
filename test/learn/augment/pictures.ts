/** Small pictures of several shapes, from keys. */
import { fork, keyFromSeed, uniform } from "../../../src/base/index.ts";

export function noisePictures(count: number) {
  const key = keyFromSeed(99);
  const size = (index: number) => ({ height: 8 + (index % 5), width: 8 + (index % 3) });
  const pixels = Array.from({ length: count }, (_, i) => {
    const { height, width } = size(i);
    return Uint8Array.from(uniform(fork(key, i), 3 * height * width), (u) => 256 * u);
  });
  return { count, size, read: (index: number) => pixels[index] };
}
