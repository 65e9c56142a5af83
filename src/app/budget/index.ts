/** Doorway of `app/budget`. */

export { budget } from "./budget.ts";
export { type LabelsAtHand, labelsAtHand, type Side } from "./labels-at-hand.ts";
export type { AskedGoal, BudgetOptions, BudgetResult, BudgetSubject } from "./options.ts";
