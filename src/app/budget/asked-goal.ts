/** The goal that was asked for, or why it makes no sense. */
import { Problem } from "../../base/index.ts";
import type { Goal } from "../../learn/forecast/index.ts";
import { nearest } from "../../registry/index.ts";
import type { AskedGoal, BudgetOptions } from "./options.ts";

export function askedGoal(options: BudgetOptions): AskedGoal {
  const { target, missed, falseAlarm, measure = "accuracy" } = options;
  const named = options.class === undefined ? {} : { class: options.class };
  if (missed !== undefined) {
    if (target !== undefined || options.measure !== undefined) {
      throw new Problem("app/goals-both", { target: target ?? measure });
    }
    if (falseAlarm === undefined) throw new Problem("app/false-alarm-missing", { missed });
    requireClass(options, "--missed");
    requireLoose(missed);
    return { kind: "missed", ...named, allowed: missed, falseAlarm };
  }
  if (falseAlarm !== undefined) throw new Problem("app/missed-missing", { falseAlarm });
  if (target === undefined) throw new Problem("app/goal-missing");
  if (measure === "recall") requireClass(options, "--measure recall");
  else if (options.class !== undefined) {
    throw new Problem("app/class-unasked", { class: options.class, measure });
  }
  requireLoose(1 - target);
  return { kind: measure, ...named, allowed: 1 - target };
}

function requireClass({ class: name }: BudgetOptions, option: string): void {
  if (name === undefined) throw new Problem("app/class-missing", { option });
}

/** An error of 0 cannot be shown on any number of items. */
function requireLoose(allowed: number): void {
  if (allowed <= 1e-9) throw new Problem("app/goal-perfect");
}

/** With the class's number among those that the labels have. */
export function numberedGoal(asked: AskedGoal, classes: readonly string[], labelSet: string): Goal {
  const { kind, allowed } = asked;
  if (kind === "accuracy" || kind === "balanced") return { kind, atLeast: 1 - allowed };
  const name = asked.class ?? "";
  const number = classes.indexOf(name);
  if (number < 0) {
    const values = { class: name, labelSet, nearest: nearest(name, classes) };
    throw new Problem("app/goal-class-unknown", {
      ...values,
      known: classes.slice(0, 20).join(", "),
    });
  }
  if (kind === "recall") return { kind, class: number, atLeast: 1 - allowed };
  return { kind, class: number, atMost: allowed, falseAlarm: asked.falseAlarm ?? 0 };
}
