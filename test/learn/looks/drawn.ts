/** Drawn scenes, and views of them: cropped, turned, mirrored, in other light. */
import { fork, keyFromSeed, uniform } from "../../../src/base/index.ts";

export const side = 48;

export interface Drawn {
  readonly pixels: Uint8Array;
  readonly height: number;
  readonly width: number;
}

/** Discs of random place, size and colour on a slope: a function of the plane, so it can be cropped. */
function scene(seed: number): (x: number, y: number, c: number) => number {
  const draws = uniform(fork(keyFromSeed(seed), "discs"), 14 * 6);
  return (x, y, c) => {
    let value = 90 + 60 * x * draws[c] + 40 * y * draws[3 + c];
    for (let k = 1; k < 14; k++) {
      const [u, v, radius, ...colour] = draws.subarray(6 * k, 6 * k + 6);
      if (Math.hypot(x - u, y - v) < 0.04 + 0.16 * radius) value = 255 * colour[c];
    }
    return value;
  };
}

export interface View {
  readonly window?: readonly [x: number, y: number, share: number];
  readonly turn?: number;
  readonly mirror?: boolean;
  readonly light?: number;
}

export function draw(
  seed: number,
  { window = [0, 0, 1], turn = 0, mirror = false, light = 1 }: View = {},
): Drawn {
  const at = scene(seed);
  const [left, top, share] = window;
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const pixels = new Uint8Array(3 * side * side);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const across = ((mirror ? side - 1 - column : column) + 0.5) / side - 0.5;
      const down = (row + 0.5) / side - 0.5;
      const x = left + share * (0.5 + cos * across - sin * down);
      const y = top + share * (0.5 + sin * across + cos * down);
      for (let c = 0; c < 3; c++) {
        pixels[3 * (row * side + column) + c] = Math.max(0, Math.min(255, light * at(x, y, c)));
      }
    }
  }
  return { pixels, height: side, width: side };
}
