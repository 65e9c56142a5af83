/** Doorway of `app/budget`. */
export { budget } from "./budget.ts";
export type { AskedGoal, BudgetOptions, BudgetResult, BudgetSubject } from "./options.ts";
