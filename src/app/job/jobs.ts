/** The jobs a child can run: use cases that touch native code, loaded only when asked for. */

export const jobs = {
  adapt: async () => (await import("../adapt/index.ts")).adapt,
  "add-data": async () => (await import("../add-data.ts")).addData,
  "await-pictures": async () => (await import("../await-pictures.ts")).awaitPictures,
  budget: async () => (await import("../budget/index.ts")).budget,
  "check-data": async () => (await import("../check-data.ts")).checkData,
  doctor: async () => (await import("../doctor.ts")).doctor,
  export: async () => (await import("../export/index.ts")).exportModel,
  "install-onednn": async () => (await import("../install-onednn.ts")).installOnednn,
  "follow-up": async () => (await import("../pilot/index.ts")).followUp,
  measure: async () => (await import("../measure.ts")).measure,
  pilot: async () => (await import("../pilot/index.ts")).pilot,
  predict: async () => (await import("../predict/index.ts")).predict,
  "probe-executor": async () => (await import("../probe-executor.ts")).probeExecutor,
  "probe-jpeg": async () => (await import("../probe-jpeg.ts")).probeJpeg,
  pretrain: async () => (await import("../pretrain.ts")).pretrain,
  search: async () => (await import("../search.ts")).search,
  select: async () => (await import("../select/index.ts")).select,
};

export type JobName = keyof typeof jobs;
type UseCase<K extends JobName> = Awaited<ReturnType<(typeof jobs)[K]>>;
export type JobOptions<K extends JobName> = Parameters<UseCase<K>>[0];
export type JobResult<K extends JobName> = Awaited<ReturnType<UseCase<K>>>;
