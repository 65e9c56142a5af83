/** Doorway of the engine. */
export type { Executor, Program, Values } from "./executors/executor.ts";
export * from "./graph/index.ts";
