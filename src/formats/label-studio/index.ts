/** Doorway of Label Studio's task files: image classification by choices. */
export { type ReadTasks, readTasks, type TaskAnswer } from "./read.ts";
export { labelConfig, type TaskToWrite, writeTasks } from "./write.ts";
