/** Plain lines where no terminal listens: one when a phase starts, one an interval, one when it ends. */
import type { Clock } from "../../base/index.ts";
import { type Language, sentence } from "../../words/index.ts";
import { facts, phaseName } from "./live-line.ts";
import { noticeText } from "./notice.ts";
import type { Renderer } from "./renderer.ts";

const intervalMilliseconds = 10_000;

export function plainLines(
  write: (line: string) => void,
  clock: Clock,
  language: Language,
): Renderer {
  let label: string | undefined;
  let started = 0;
  let last = 0;
  return {
    event(event) {
      switch (event.type) {
        case "phase":
          label = event.label;
          started = last = clock.monotonic();
          write(`${phaseName(event.phase, label, language)} …`);
          return;
        case "progress": {
          const now = clock.monotonic();
          if (now - last < intervalMilliseconds) return;
          last = now;
          const told = facts(event, (now - started) / 1000, language);
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
