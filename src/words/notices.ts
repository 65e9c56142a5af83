/** A sentence for every notice code; the compiler refuses a code without one. */
import type { NoticeCode } from "../base/index.ts";
import type { Wording } from "./language.ts";
import { appNotices } from "./notices/app.ts";
import { dataNotices } from "./notices/data.ts";
import { engineNotices } from "./notices/engine.ts";
import { measureNotices } from "./notices/measure.ts";
import { registryNotices } from "./notices/registry.ts";
import { trainNotices } from "./notices/train.ts";

export const notices = {
  ...dataNotices,
  ...engineNotices,
  ...trainNotices,
  ...measureNotices,
  ...registryNotices,
  ...appNotices,
} satisfies Record<NoticeCode, Wording>;
