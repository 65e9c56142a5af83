/** One live line on a terminal: phase, done/total, rate, time left and the best number there is. */
import stringWidth from "string-width";
import type { Clock, Event } from "../../base/index.ts";
import { type Language, type SentenceId, sentence } from "../../words/index.ts";
import { noticeText } from "./notice.ts";
import type { Renderer } from "./renderer.ts";

export interface Screen {
  readonly columns?: number;
  write(text: string): unknown;
}

type Progress = Extract<Event, { type: "progress" }>;

/** Draws at most ten times a second; what is worth keeping is printed above the line. */
export function liveLine(screen: Screen, clock: Clock, language: Language): Renderer {
  let label: string | undefined;
  let origin: Origin | undefined;
  let drawn = Number.NEGATIVE_INFINITY;
  let line = "";

  const clear = () => {
    if (line !== "") screen.write("\r\x1b[2K");
    line = "";
  };
  const draw = (text: string) => {
    clear();
    line = shortened(text, (screen.columns ?? 80) - 1);
    screen.write(line);
  };
  /** Above the line, which is drawn again. */
  const print = (text: string) => {
    const kept = line;
    clear();
    screen.write(`${text}\n`);
    if (kept !== "") draw(kept);
  };

  return {
    event(event) {
      switch (event.type) {
        case "phase":
          label = event.label;
          origin = undefined;
          drawn = Number.NEGATIVE_INFINITY;
          draw(phaseName(event.phase, label, language));
          return;
        case "progress": {
          const now = clock.monotonic();
          origin ??= { done: event.done, time: now };
          if (now - drawn < 100) return;
          drawn = now;
          const told = facts(event, { origin, now }, language);
          draw([phaseName(event.phase, label, language), ...told].join("  "));
          return;
        }
        case "phase-end": {
          clear();
          const phase = phaseName(event.phase, label, language);
          print(sentence("cli/done-in", { phase, seconds: event.seconds }, language));
          return;
        }
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

/** What the labels of phases are called; other labels are names. */
const labels: Readonly<Record<string, SentenceId>> = {
  trained: "cli/trained-head",
  untrained: "cli/untrained",
};

export function phaseName(
  phase: Extract<Event, { type: "phase" }>["phase"],
  label: string | undefined,
  language: Language,
): string {
  const name = sentence(`phase/${phase}`, {}, language);
  if (label === undefined) return name;
  const known = labels[label];
  const said = known === undefined ? label : sentence(known, {}, language);
  return language === "ja" ? `${name}（${said}）` : `${name} (${said})`;
}

/** The first progress of a phase: work that is taken up again does not begin at 0. */
export interface Origin {
  readonly done: number;
  /** Milliseconds. */
  readonly time: number;
}

/** `120/1000`, rate, time left and the best number, as far as they are known. */
export function facts(
  { done, total, best }: Progress,
  { origin, now }: { readonly origin: Origin; readonly now: number },
  language: Language,
): string[] {
  const seconds = (now - origin.time) / 1000;
  const rate = seconds > 0.5 ? (done - origin.done) / seconds : 0;
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
  const kept = [...text];
  while (stringWidth(kept.join("")) > columns) kept.pop();
  return kept.join("");
}
