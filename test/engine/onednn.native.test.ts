/** The oneDNN executor against the reference. */
import { onednnExecutor } from "../../src/engine/index.ts";
import { executorSuite } from "./executor-suite.ts";

executorSuite("onednn", () =>
  onednnExecutor({
    library: "/usr/lib/x86_64-linux-gnu/libdnnl.so.2",
    threads: 2,
    precision: "f32",
  }),
);
