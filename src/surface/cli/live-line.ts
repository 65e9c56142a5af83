/** One live line on a terminal: phase, share, time left, rate and the best number there is. */
import stringWidth from "string-width";
import type { Clock, Event } from "../../base/index.ts";
import { type Language, type SentenceId, sentence } from "../../words/index.ts";
import { wrapped } from "./help.ts";
import { noticeText } from "./notice.ts";
import { type Palette, palette } from "./palette.ts";
import type { Renderer } from "./renderer.ts";

export interface Screen {
  readonly columns?: number;
  write(text: string): unknown;
  on?(event: "resize", listener: () => void): unknown;
  off?(event: "resize", listener: () => void): unknown;
}

type Progress = Extract<Event, { type: "progress" }>;

/** From this on, work without a count tells how long it has been going. */
const elapsedFrom = 2;

/** Draws at most ten times a second; what is worth keeping is printed above the line. */
export function liveLine(
  screen: Screen,
  clock: Clock,
  language: Language,
  paint: Palette = palette(false),
): Renderer {
  let label: string | undefined;
  let phase: Progress["phase"] | undefined;
  let began = 0;
  let origin: Origin | undefined;
  let drawn = Number.NEGATIVE_INFINITY;
  let parts: readonly string[] = [];
  let shown = 0;

  const columns = () => screen.columns ?? 80;
  /** A window made narrower has broken the line into several rows; all of them go. */
  const clear = () => {
    if (shown === 0) return;
    const rows = Math.max(1, Math.ceil(shown / columns()));
    screen.write(rows > 1 ? `\r\x1b[${rows - 1}A\x1b[J` : "\r\x1b[2K");
    shown = 0;
  };
  const draw = (next: readonly string[]) => {
    clear();
    parts = next;
    const [first = "", ...rest] = fitting(next, columns() - 1);
    shown = stringWidth([first, ...rest].join("  "));
    screen.write([paint.strong(first), ...rest].join("  "));
  };
  /** Above the line, which is drawn again. */
  const print = (text: string) => {
    const isUp = shown > 0;
    clear();
    screen.write(`${text}\n`);
    if (isUp) draw(parts);
  };
  const onResize = () => {
    if (shown > 0) draw(parts);
  };
  screen.on?.("resize", onResize);
  const beat = setInterval(() => {
    if (shown === 0 || phase === undefined || origin !== undefined) return;
    const seconds = (clock.monotonic() - began) / 1000;
    if (seconds >= elapsedFrom) draw([phaseName(phase, label, language), duration(seconds)]);
  }, 1000);
  beat.unref();

  return {
    event(event) {
      switch (event.type) {
        case "phase":
          label = event.label;
          phase = event.phase;
          began = clock.monotonic();
          origin = undefined;
          drawn = Number.NEGATIVE_INFINITY;
          draw([phaseName(event.phase, label, language)]);
          return;
        case "progress": {
          const now = clock.monotonic();
          origin ??= { done: event.done, time: now };
          if (now - drawn < 100) return;
          drawn = now;
          const told = facts(event, { origin, now }, language);
          draw([phaseName(event.phase, label, language), ...told]);
          return;
        }
        case "phase-end": {
          clear();
          phase = undefined;
          const name = phaseName(event.phase, label, language);
          const { seconds } = event;
          print(paint.quiet(sentence("cli/done-in", { phase: name, seconds }, language)));
          return;
        }
        case "notice": {
          const text = wrapped(noticeText(event, language), columns() - 1);
          print(event.level === "warning" ? paint.doubtful(text) : text);
          return;
        }
        case "metrics":
        case "result":
          return;
        default:
          event satisfies never;
      }
    },
    close() {
      clear();
      clearInterval(beat);
      screen.off?.("resize", onResize);
    },
  };
}

/** What the labels of phases are called; other labels are names. */
const labels: Readonly<Record<string, SentenceId>> = {
  trained: "cli/trained-head",
  untrained: "cli/untrained",
  representation: "budget/subject-representation",
  "self-training": "budget/subject-self-training",
  pca: "budget/subject-pca",
  "raw-pixels": "budget/subject-raw-pixels",
  supervised: "budget/subject-supervised",
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

/** Below this a rate is shown as nothing at all; the time left says it better. */
const slowest = 0.05;

/** `120/1000`, time left, rate and the best number, as far as they are known; the first matter most. */
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
    ...(left === undefined ? [] : [sentence("cli/eta", { time: duration(left) }, language)]),
    ...(rate >= slowest ? [sentence("cli/rate", { rate }, language)] : []),
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

/** As many of the parts as fit side by side; the first is cut where even that is too wide. */
function fitting(parts: readonly string[], columns: number): string[] {
  const [first = "", ...rest] = parts;
  const kept = [shortened(first, columns)];
  for (const part of rest) {
    if (stringWidth([...kept, part].join("  ")) > columns) break;
    kept.push(part);
  }
  return kept;
}

function shortened(text: string, columns: number): string {
  const kept = [...text];
  while (stringWidth(kept.join("")) > columns) kept.pop();
  return kept.join("");
}
