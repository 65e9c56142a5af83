/** The case table: total over the ops, so that a new op owes its cases. */
import type { CaseTable } from "./case.ts";
import { windows } from "./convolution.ts";
import { elementwise } from "./elementwise.ts";
import { leaves } from "./leaves.ts";
import { movements } from "./movement.ts";
import { normalisations } from "./normalisation.ts";
import { reductions } from "./reductions.ts";

export const caseTable: CaseTable = {
  ...leaves,
  ...elementwise,
  ...reductions,
  ...movements,
  ...windows,
  ...normalisations,
};

export { asList, type Case, drawInputs, type OpCases } from "./case.ts";
