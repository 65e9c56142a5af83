/**
 * Pairs of pictures that show nearly the same: equal but for compression or exposure, cropped,
 * mirrored, turned a little. Each picture asks, whole and in windows, plain and mirrored, for whole
 * pictures like it; what the cells name is laid over it and measured. Pictures are read twice and
 * never all held: beside 224 bytes each, memory does not grow with their number.
 */
import { keyFromSeed } from "../../base/index.ts";
import { align, type Likeness, type Relief, relief } from "./alignment.ts";
import { openCells } from "./cells.ts";
import {
  describe,
  describer,
  descriptorLength,
  mirrored,
  type Window,
  wholePicture,
} from "./descriptor.ts";
import { type Thumbnail, thumbnail } from "./thumbnail.ts";

/** Where pictures come from: H·W·3 bytes, uint8 RGB. */
export interface PictureSource {
  readonly count: number;
  size(index: number): { height: number; width: number };
  read(index: number): Uint8Array;
}

export interface Pair {
  /** The picture that holds the other, then the other. */
  readonly outer: number;
  readonly inner: number;
  readonly isMirrored: boolean;
  /** Of details, 0 to 1. */
  readonly likeness: number;
}

export const pairRule = {
  /** Likeness of descriptors from which on a pair is laid over one another. */
  candidate: 0.8,
  /** The most candidates of one picture that are. */
  most: 6,
  /** Cells that a query looks into. */
  probes: 4,
  /** What counts: details, brightness and colour have to agree. */
  detail: 0.78,
  /** In a mirror every symmetric thing on a plain ground is like its kind: more has to agree. */
  mirrored: 0.85,
  luma: 0.8,
  colour: 0.88,
} as const;

/** Shares of the sides: 0.9 in the middle and the corners, 0.82 on a grid of 3 × 3. */
const windows: readonly Window[] = [
  wholePicture,
  ...grid(0.9, [0, 0.1]),
  { x: 0.05, y: 0.05, width: 0.9, height: 0.9 },
  ...grid(0.81, [0, 0.095, 0.19]),
];

export interface NearDuplicateOptions {
  /** Pictures that are copies of an earlier one, known already. */
  readonly leftOut?: Uint8Array;
  /** The first picture that asks; those before are only found. */
  readonly from?: number;
  /** Every `parts`-th picture asks, from `part` on; all do unless told. */
  readonly part?: number;
  readonly parts?: number;
  readonly onPair: (pair: Pair) => void;
  /** How many have asked. */
  readonly onProgress?: (done: number) => void;
}

/** What a first look at all pictures leaves for the search. */
export interface Descriptions {
  readonly vectors: Float32Array;
  /** 1 where a picture has too little in it to be told from others. */
  readonly plain: Uint8Array;
}

export function emptyDescriptions(count: number): Descriptions {
  // Shared, so that threads need no copy.
  const bytes = (length: number) => new SharedArrayBuffer(length);
  return {
    vectors: new Float32Array(bytes(4 * count * descriptorLength)),
    plain: new Uint8Array(bytes(count)),
  };
}

/** The first look at picture `i`; returns it as a thumbnail. */
export function describeInto(
  { vectors, plain }: Descriptions,
  i: number,
  picture: { readonly pixels: Uint8Array; readonly height: number; readonly width: number },
): Thumbnail {
  const small = thumbnail(picture.pixels, picture);
  const told = describe(small, wholePicture, { into: vectors, at: i * descriptorLength });
  plain[i] = told ? 0 : 1;
  return small;
}

export function findNearDuplicates(
  pictures: PictureSource,
  { vectors, plain }: Descriptions,
  { leftOut, from = 0, part = 0, parts = 1, onPair, onProgress }: NearDuplicateOptions,
): void {
  const out = plain.map((is, i) => is | (leftOut?.[i] ?? 0));
  const cells = openCells(vectors, { length: descriptorLength, key: keyFromSeed(0), leftOut: out });
  const query = new Float32Array(descriptorLength);
  const mirror = new Float32Array(descriptorLength);
  for (let i = from + part, asked = 0; i < pictures.count; i += parts) {
    onProgress?.(asked++);
    if (out[i]) continue;
    const small = thumbnail(pictures.read(i), pictures.size(i));
    const describeWindow = describer(small);
    const found = new Map<number, Candidate>();
    for (const window of windows) {
      if (!describeWindow(window, { into: query, at: 0 })) continue;
      for (const isMirrored of [false, true]) {
        cells.search(isMirrored ? mirrored(query, mirror) : query, {
          probes: pairRule.probes,
          least: pairRule.candidate,
          visit: (j, similarity) => {
            // Whole pictures meet from both sides; once is enough.
            if (j === i || (window === wholePicture && j > i)) return;
            const before = found.get(j);
            if (before && before.similarity >= similarity) return;
            found.set(j, { j, similarity, window, isMirrored });
          },
        });
      }
    }
    judge(i, small, [...found.values()]);
  }

  function judge(i: number, small: Thumbnail, candidates: Candidate[]): void {
    let outer: Relief | undefined;
    candidates.sort((a, b) => b.similarity - a.similarity || a.j - b.j);
    for (const { j, window, isMirrored } of candidates.slice(0, pairRule.most)) {
      outer ??= relief(small);
      const inner = relief(thumbnail(pictures.read(j), pictures.size(j)));
      const likeness = align(outer, inner, { window, isMirrored });
      if (!isAlike(likeness, isMirrored)) continue;
      onPair({ outer: i, inner: j, isMirrored, likeness: Math.min(1, likeness.detail) });
    }
  }
}

function isAlike({ detail, luma, colour }: Likeness, isMirrored: boolean): boolean {
  const least = isMirrored ? pairRule.mirrored : pairRule.detail;
  return detail >= least && luma >= pairRule.luma && colour >= pairRule.colour;
}

interface Candidate {
  readonly j: number;
  readonly similarity: number;
  readonly window: Window;
  readonly isMirrored: boolean;
}

function grid(share: number, starts: readonly number[]): Window[] {
  return starts.flatMap((y) => starts.map((x) => ({ x, y, width: share, height: share })));
}
