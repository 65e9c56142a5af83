/** Nearest class centre: scores x · mu_c - ‖mu_c‖² / 2, which order classes as -‖x - mu_c‖² does. */
import { classMeans } from "../measure/index.ts";
import { type HeadKind, linearScorer } from "./head.ts";

export const nccHead: HeadKind = {
  name: "ncc",
  settings: [0],
  async fit({ features, codes, classes }, settings, fitting) {
    const { columns } = features;
    const centres = classMeans(features, codes, classes);
    const bias = new Float64Array(classes);
    for (let q = 0; q < centres.length; q++) {
      bias[Math.floor(q / columns)] -= centres[q] ** 2 / 2;
    }
    return settings.map(() => linearScorer(Float32Array.from(centres), bias, fitting));
  },
};
