/** The thread behind `openPictureReaders`: files' names in, small plain JPEG pictures out. */
import { parentPort, workerData } from "node:worker_threads";
import { openBatchReader, type ReadJob } from "./read-batch.ts";

/** Undefined ends the thread. */
export type ReadMessage = ReadJob | undefined;

const reader = openBatchReader(workerData);

parentPort?.on("message", (message: ReadMessage) => {
  if (message !== undefined) {
    const answer = reader.read(message);
    parentPort?.postMessage(answer, [answer.memory]);
    return;
  }
  reader[Symbol.dispose]();
  parentPort?.close();
});
