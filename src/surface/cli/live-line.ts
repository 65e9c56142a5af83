/** One live line on a terminal: phase, done/total, rate, time left and the best number there is. */
import stringWidth from "string-width";
import type { Clock, Event } from "../../base/index.ts";
import { type Language, sentence } from "../../words/index.ts";
import { noticeText } from "./notice.ts";
import type { Renderer } from "./renderer.ts";

interface Screen {
  readonly columns?: number;
  write(text: string): unknown;
}

/** Draws at most ten times a second; what is worth keeping is printed above the line. */
export function liveLine(screen: Screen, clock: Clock, language: Language): Renderer {
  let label: string | undefined;
  let started = 0;
  let drawn = Number.NEGATIVE_INFINITY;
  let shown = false;

  const clear = () => {
    if (shown) screen.write("\r\x1b[2K");
    shown = false;
  };
  const print = (text: string) => {
    clear();
    screen.write(`${text}\n`);
  };
  const draw = (text: string) => {
    clear();
    screen.write(shortened(text, (screen.columns ?? 80) - 1));
    shown = true;
  };

  return {
    event(event) {
      switch (event.type) {
        case "phase":
          label = event.label;
          started = clock.monotonic();
          drawn = Number.NEGATIVE_INFINITY;
          draw(phaseName(event.phase, label, language));
          return;
        case "progress": {
          if (clock.monotonic() - drawn < 100) return;
          drawn = clock.monotonic();
          const seconds = (drawn - started) / 1000;
          draw(
            [phaseName(event.phase, label, language), ...facts(event, seconds, language)].join(
              "  ",
            ),
          );
          return;
        }
        case "phase-end":
          print(
            sentence(
              "cli/done-in",
              { phase: phaseName(event.phase, label, language), seconds: event.seconds },
              language,
            ),
          );
          return;
        case "notice":
          print(noticeText(event, language));
          return;
        case "metrics":
        case "result":
          return;
        default:
          event satisfies never;
      }
    },
    close: clear,
  };
}

export function phaseName(
  phase: Extract<Event, { type: "phase" }>["phase"],
  label: string | undefined,
  language: Language,
): string {
  const name = sentence(`phase/${phase}`, {}, language);
  return label ? `${name} (${label})` : name;
}

/** `120/1000`, rate, time left and the best number, as far as they are known. */
export function facts(
  event: Extract<Event, { type: "progress" }>,
  seconds: number,
  language: Language,
): string[] {
  const { done, total, best } = event;
  const rate = seconds > 0.5 ? done / seconds : 0;
  const left = total !== undefined && rate > 0 ? (total - done) / rate : undefined;
  return [
    total === undefined ? `${done}` : `${done}/${total}`,
    ...(rate > 0 ? [sentence("cli/rate", { rate }, language)] : []),
    ...(left === undefined ? [] : [sentence("cli/eta", { time: duration(left) }, language)]),
    ...(best ? [`${best.name} ${best.value.toFixed(3)}`] : []),
  ];
}

/** `1:05:09` or `5:09`. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const two = (value: number) => String(value).padStart(2, "0");
  const [hours, minutes, rest] = [
    Math.floor(whole / 3600),
    Math.floor(whole / 60) % 60,
    whole % 60,
  ];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

function shortened(text: string, columns: number): string {
  let kept = text;
  while (stringWidth(kept) > columns) kept = kept.slice(0, -1);
  return kept;
}
