/** Every sentence by its id; the rooms' tables have disjoint prefixes. */
import { budget } from "./budget.ts";
import { check } from "./check.ts";
import { checkList } from "./check-list.ts";
import { cli } from "./cli.ts";
import { commands } from "./commands.ts";
import { heads } from "./heads.ts";
import { notices } from "./notices.ts";
import { page } from "./page.ts";
import { phases } from "./phases.ts";
import { problems } from "./problems.ts";
import { report } from "./report.ts";
import { reportChapters } from "./report-chapters.ts";
import { sheet } from "./sheet.ts";
import { start } from "./start.ts";
import { verdicts } from "./verdicts.ts";
import { views } from "./views.ts";

export const sentences = {
  ...notices,
  ...problems,
  ...phases,
  ...check,
  ...checkList,
  ...cli,
  ...commands,
  ...heads,
  ...report,
  ...start,
  ...sheet,
  ...page,
  ...reportChapters,
  ...verdicts,
  ...budget,
  ...views,
};

export type SentenceId = keyof typeof sentences;
