/** The oneDNN libraries that tests run on: the one found, and a second one of the other version. */
import { findOnednn, processorFeatures } from "../../../src/engine/index.ts";

export interface TestLibrary {
  readonly name: "version 2" | "version 3";
  readonly path: string | undefined;
  /** Why tests on it are skipped, and what to do about that. */
  readonly missing: string;
}

const cures = {
  2: "apt install libdnnl2 or tanafuda doctor --install onednn",
  3: "apt install libdnnl3.6",
} as const;

/**
 * `TANAFUDA_ONEDNN_2` and `TANAFUDA_ONEDNN_3` name libraries for tests alone; what `findOnednn` gives
 * is taken for the version that its name says.
 */
export const libraries: readonly TestLibrary[] = ([2, 3] as const).map((major) => ({
  name: `version ${major}`,
  path: process.env[`TANAFUDA_ONEDNN_${major}`] ?? found(major),
  missing: `no oneDNN ${major} here: ${cures[major]}, or set TANAFUDA_ONEDNN_${major} to its libdnnl.so.${major}`,
}));

/** oneDNN has Winograd's convolutions for vectors of 512 bits alone. */
export const hasWinograd = processorFeatures()?.includes("avx512f") ?? false;
export const noWinograd = "this processor has no AVX-512, so oneDNN has no Winograd here";

export const available = libraries.filter(
  (one): one is TestLibrary & { path: string } => one.path !== undefined,
);

function found(major: 2 | 3): string | undefined {
  const library = findOnednn();
  return library && new RegExp(`libdnnl\\.(so\\.)?${major}`).test(library.path)
    ? library.path
    : undefined;
}
