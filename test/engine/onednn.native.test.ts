/** The oneDNN executor against the reference, on each version of the library that is here. */
import { describe, it } from "vitest";
import { onednnExecutor } from "../../src/engine/index.ts";
import { executorSuite } from "./executor-suite.ts";
import { libraries } from "./onednn/libraries.ts";

for (const { name, path, missing } of libraries) {
  describe(name, () => {
    if (path) {
      executorSuite("onednn", () =>
        onednnExecutor({ library: path, threads: 2, precision: "f32" }),
      );
    } else it("runs the suite", ({ skip }) => skip(missing));
  });
}
