/** Test layers by what they need: pure (no native code), native (ONNX Runtime, sharp), browser, slow. */
import { defineConfig } from "vitest/config";

const layers = {
  pure: ["test/**/*.test.ts"],
  native: ["test/**/*.native.test.ts"],
  browser: ["test/**/*.browser.test.ts"],
  slow: ["test/**/*.slow.test.ts"],
};
const named = [...layers.native, ...layers.browser, ...layers.slow];

export default defineConfig({
  test: {
    env: { TZ: "UTC", LANG: "C.UTF-8" },
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    reporters: ["default", "./test/closing-line.ts"],
    projects: Object.entries(layers).map(([name, include]) => ({
      extends: true,
      test: { name, include, exclude: name === "pure" ? named : [] },
    })),
  },
});
