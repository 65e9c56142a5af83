/** Plain lines where no terminal listens: one when a phase starts, one an interval, one when it ends. */
import type { Clock } from "../../base/index.ts";
import { type Language, sentence } from "../../words/index.ts";
import { facts, type Origin, phaseName } from "./live-line.ts";
import { noticeText } from "./notice.ts";
import type { Renderer } from "./renderer.ts";

/** A line each ten seconds at first; the longer a phase lasts, the fewer. */
function intervalAfter(milliseconds: number): number {
  if (milliseconds < 60_000) return 10_000;
  return milliseconds < 600_000 ? 30_000 : 120_000;
}

export function plainLines(
  write: (line: string) => void,
  clock: Clock,
  language: Language,
): Renderer {
  let label: string | undefined;
  let origin: Origin | undefined;
  let began = 0;
  let last = 0;
  return {
    event(event) {
      switch (event.type) {
        case "phase":
          label = event.label;
          began = clock.monotonic();
          last = began;
          origin = undefined;
          write(`${phaseName(event.phase, label, language)} …`);
          return;
        case "progress": {
          const now = clock.monotonic();
          origin ??= { done: event.done, time: now };
          if (now - last < intervalAfter(last - began)) return;
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
