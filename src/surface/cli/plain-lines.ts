/** Plain lines where no terminal listens: one when a phase starts, one an interval, one when it ends. */
import type { Clock } from "../../base/index.ts";
import { type Language, sentence } from "../../words/index.ts";
import { facts, type Origin, phaseName } from "./live-line.ts";
import { noticeText } from "./notice.ts";
import type { Renderer } from "./renderer.ts";

const intervalMilliseconds = 10_000;

export function plainLines(
  write: (line: string) => void,
  clock: Clock,
  language: Language,
): Renderer {
  let label: string | undefined;
  let origin: Origin | undefined;
  let last = 0;
  return {
    event(event) {
      switch (event.type) {
        case "phase":
          label = event.label;
          last = clock.monotonic();
          origin = undefined;
          write(`${phaseName(event.phase, label, language)} …`);
          return;
        case "progress": {
          const now = clock.monotonic();
          origin ??= { done: event.done, time: now };
          if (now - last < intervalMilliseconds) return;
          last = now;
          const told = facts(event, { origin, now }, language);
          write(`  ${phaseName(event.phase, label, language)}  ${told.join("  ")}`);
          return;
        }
        case "phase-end": {
          const phase = phaseName(event.phase, label, language);
          write(sentence("cli/done-in", { phase, seconds: event.seconds }, language));
          return;
        }
        case "notice":
          write(noticeText(event, language));
          return;
        case "metrics":
        case "result":
          return;
        default:
          event satisfies never;
      }
    },
    close() {},
  };
}
