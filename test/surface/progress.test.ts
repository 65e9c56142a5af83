/** The event stream as a live line on a small screen, as plain lines, and as JSON lines. */
import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import type { Event } from "../../src/base/index.ts";
import { jsonLines } from "../../src/surface/cli/json-lines.ts";
import { duration, facts, liveLine } from "../../src/surface/cli/live-line.ts";
import { palette } from "../../src/surface/cli/palette.ts";
import { plainLines } from "../../src/surface/cli/plain-lines.ts";

/** A clock that is set by hand. */
function handClock() {
  const clock = {
    time: 0,
    monotonic: () => clock.time,
    now: () => new Date(Date.UTC(2026, 0, 31) + clock.time),
  };
  return clock;
}

/** What a terminal shows: lines that stand, and the one that is still written over. */
function screen(columns: number) {
  let shown = "";
  return {
    columns,
    write(text: string) {
      shown += text;
      // Clearing goes back to the line's beginning and wipes it.
      const [first, ...rest] = shown.split("\r\u001b[2K");
      for (shown = first; rest.length > 0; shown += rest.shift()) {
        shown = shown.slice(0, shown.lastIndexOf("\n") + 1);
      }
    },
    lines: () => shown.split("\n"),
  };
}

const progress = (
  done: number,
  rest: Partial<Extract<Event, { type: "progress" }>> = {},
): Event => ({
  type: "progress",
  phase: "pretrain",
  done,
  total: 100,
  ...rest,
});
const notice: Event = {
  type: "notice",
  level: "warning",
  code: "data/one-picture",
  values: {},
};

describe("the live line", () => {
  it("shows phase, progress, rate, time left and the best number, at most ten times a second", () => {
    const clock = handClock();
    const terminal = screen(100);
    const line = liveLine(terminal, clock, "en");
    line.event({ type: "phase", phase: "pretrain", total: 100 });
    expect(terminal.lines()).toEqual(["Training"]);
    clock.time = 1000;
    line.event(progress(10));
    clock.time = 1050;
    line.event(progress(11));
    expect(terminal.lines()).toEqual(["Training  10/100"]);
    clock.time = 3000;
    line.event(progress(30, { best: { name: "NCC kind", value: 0.41234 } }));
    expect(terminal.lines()).toEqual(["Training  30/100  0:07 left  10/s  NCC kind 0.412"]);
  });

  it("prints what is worth keeping above, and leaves the screen clean", () => {
    const clock = handClock();
    const terminal = screen(200);
    const line = liveLine(terminal, clock, "ja");
    line.event({ type: "phase", phase: "embed", label: "untrained" });
    line.event(notice);
    expect(terminal.lines()).toHaveLength(2);
    expect(terminal.lines()[1]).toBe("特徴量を計算中（学習前）");
    line.event({ type: "phase-end", phase: "embed", seconds: 1.2 });
    expect(terminal.lines().slice(1)).toEqual(["特徴量を計算中（学習前）：完了（1.2 秒）", ""]);
    line.event({ type: "phase", phase: "report" });
    line.close();
    expect(terminal.lines().at(-1)).toBe("");
  });

  it("never wraps, in Japanese either", () => {
    const clock = handClock();
    const terminal = screen(20);
    const line = liveLine(terminal, clock, "ja");
    line.event({ type: "phase", phase: "embed", label: "untrained" });
    expect(stringWidth(terminal.lines()[0])).toBeLessThan(20);
  });

  it("leaves out what does not fit, the least telling first", () => {
    const clock = handClock();
    const terminal = screen(34);
    const line = liveLine(terminal, clock, "en");
    line.event({ type: "phase", phase: "pretrain", total: 100 });
    line.event(progress(0));
    clock.time = 3000;
    line.event(progress(30, { best: { name: "NCC kind", value: 0.41234 } }));
    expect(terminal.lines()).toEqual(["Training  30/100  0:07 left  10/s"]);
    line.close();
  });

  it("wipes all rows of a line that a narrower window has broken", () => {
    const written: string[] = [];
    let resized = () => {};
    const terminal = {
      columns: 40,
      write: (text: string) => written.push(text),
      on: (_: "resize", listener: () => void) => {
        resized = listener;
      },
    };
    const line = liveLine(terminal, handClock(), "en");
    line.event({ type: "phase", phase: "embed", label: "untrained" });
    expect(written.splice(0)).toEqual(["Applying the encoder (untrained)"]);
    terminal.columns = 12;
    resized();
    // 32 letters in rows of 12: three rows, so two up.
    expect(written).toEqual(["\r\u001b[2A\u001b[J", "Applying th"]);
    line.close();
  });

  it("paints by meaning where it is asked to, and never counts the paint", () => {
    const terminal = screen(30);
    const line = liveLine(terminal, handClock(), "en", palette(true));
    line.event({ type: "phase", phase: "report" });
    expect(terminal.lines()).toEqual(["\u001b[1mWriting the report\u001b[22m"]);
    line.event(notice);
    expect(terminal.lines()[0]).toContain("\u001b[33mWarning: ");
    line.close();
  });

  it("does not count what was done before a run was taken up again", () => {
    const event = { type: "progress", phase: "pretrain", done: 530, total: 1000 } as const;
    const told = facts(event, { origin: { done: 500, time: 2000 }, now: 5000 }, "en");
    expect(told).toEqual(["530/1000", "0:47 left", "10/s"]);
  });

  it("does not let a file's name write on the terminal", () => {
    const terminal = screen(200);
    const line = liveLine(terminal, handClock(), "en");
    const values = { path: "a\u001b[2Jb\nc", name: "x" };
    line.event({ type: "notice", level: "info", code: "app/path-became-dataset", values });
    expect(terminal.lines()).toEqual(["a\\u001b[2Jb\\nc is now the dataset “x”.", ""]);
  });
});

describe("plain lines", () => {
  it("are few: a phase's start, one each ten seconds, its end", () => {
    const clock = handClock();
    const lines: string[] = [];
    const plain = plainLines((line) => lines.push(line), clock, "en");
    plain.event({ type: "phase", phase: "pretrain", total: 100 });
    for (let second = 1; second <= 25; second++) {
      clock.time = second * 1000;
      plain.event(progress(second));
    }
    plain.event({ type: "phase-end", phase: "pretrain", seconds: 25 });
    expect(lines).toEqual([
      "Training …",
      "  Training  10/100  1:30 left  1/s",
      "  Training  20/100  1:20 left  1/s",
      "Training: done in 25.0 s",
    ]);
  });
});

it("is said less often the longer a phase lasts", () => {
  const clock = handClock();
  const times: number[] = [];
  const plain = plainLines(() => times.push(clock.time / 1000), clock, "en");
  plain.event({ type: "phase", phase: "pretrain", total: 100 });
  for (let second = 1; second <= 900; second++) {
    clock.time = second * 1000;
    plain.event(progress(1));
  }
  const first = [0, 10, 20, 30, 40, 50, 60];
  expect(times.slice(0, 9)).toEqual([...first, 90, 120]);
  expect(times.slice(-3)).toEqual([600, 720, 840]);
});

describe("JSON lines", () => {
  it("carry version and time with every event, one line each", () => {
    const clock = handClock();
    const lines: string[] = [];
    const json = jsonLines((line) => lines.push(line), clock);
    const events: Event[] = [
      { type: "phase", phase: "scan" },
      progress(1),
      notice,
      { type: "metrics", step: 3, values: { loss: 0.5 } },
      { type: "result", kind: "pilot", value: { text: "a\nb" } },
    ];
    for (const event of events) json.event(event);
    expect(lines.every((line) => !line.includes("\n"))).toBe(true);
    const time = "2026-01-31T00:00:00.000Z";
    expect(lines.map((line) => JSON.parse(line))).toEqual(
      events.map((event) => ({ version: 1, time, ...event })),
    );
  });
});

it.each([
  [0.4, "0:00"],
  [59.6, "1:00"],
  [309, "5:09"],
  [3909, "1:05:09"],
  [-3, "0:00"],
])("%d seconds are %s", (seconds, text) => {
  expect(duration(seconds)).toBe(text);
});
