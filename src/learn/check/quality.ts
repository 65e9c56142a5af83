/** What a picture's pixels say about it alone: brightness, white area, contrast, sharpness. */
import { brightness, contrast } from "../looks/index.ts";

export interface Quality {
  /** Mean grey value, 0 to 255. */
  readonly brightness: number;
  /** Standard deviation of grey values over a coarse grid. */
  readonly contrast: number;
  /** Share of pixels that are white in all three colours. */
  readonly white: number;
  /** 0 (soft) to about 4 (a one-pixel edge of full contrast). */
  readonly sharpness: number;
}

/** From here on a colour counts as clipped. */
const clipped = 250;

/** `grid` is the picture's fingerprint. */
export function qualityOf(
  pixels: Uint8Array,
  { height, width }: { readonly height: number; readonly width: number },
  grid: Uint8Array,
): Quality {
  const grey = new Float32Array(height * width);
  let white = 0;
  for (let i = 0, at = 0; i < grey.length; i++, at += 3) {
    const r = pixels[at];
    const g = pixels[at + 1];
    const b = pixels[at + 2];
    grey[i] = 0.299 * r + 0.587 * g + 0.114 * b;
    if (r >= clipped && g >= clipped && b >= clipped) white++;
  }
  return {
    brightness: brightness(grid),
    contrast: contrast(grid),
    white: white / grey.length,
    sharpness: sharpness(grey, { height, width }),
  };
}

/**
 * The strongest edges' second differences over the range of grey values: the 98th percentile of the
 * absolute Laplacian (4 neighbours) ÷ the range between the 1st and 99th percentile. A smooth
 * product on a plain ground keeps its sharp outline; what is out of focus has no sharp edge at all.
 * The usual variance of the Laplacian (Pech-Pacheco et al., ICPR 2000) would blame plain pictures.
 */
export function sharpness(
  grey: Float32Array,
  { height, width }: { readonly height: number; readonly width: number },
): number {
  if (height < 3 || width < 3) return 0;
  const edges = new Uint32Array(1024);
  const levels = new Uint32Array(256);
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x;
      const around = grey[at - 1] + grey[at + 1] + grey[at - width] + grey[at + width];
      // To the nearest whole number: all values are at least 0.
      edges[Math.min(1023, (Math.abs(4 * grey[at] - around) + 0.5) | 0)]++;
      levels[(grey[at] + 0.5) | 0]++;
    }
  }
  const total = (height - 2) * (width - 2);
  const range = percentile(levels, 0.99 * total) - percentile(levels, 0.01 * total);
  return range < 1 ? 0 : percentile(edges, 0.98 * total) / range;
}

/** The first bin up to which at least so many lie. */
function percentile(histogram: Uint32Array, least: number): number {
  let seen = 0;
  for (let bin = 0; bin < histogram.length; bin++) {
    seen += histogram[bin];
    if (seen >= least) return bin;
  }
  return histogram.length - 1;
}
