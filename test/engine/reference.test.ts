/** The reference executor keeps the contract that all executors keep. */
import { referenceExecutor } from "../../src/engine/index.ts";
import { executorSuite } from "./executor-suite.ts";

executorSuite("reference", referenceExecutor);
