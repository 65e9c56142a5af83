import { findTorch, torchExecutor } from "../../src/engine/index.ts";
import { executorSuite } from "./executor-suite.ts";

const library = await findTorch();
executorSuite("torch", () => torchExecutor({ library, threads: 2 }));
