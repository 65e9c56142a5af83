/** The event stream as JSON lines for programs: every line carries the version and the time. */
import { type Clock, eventVersion } from "../../base/index.ts";
import type { Renderer } from "./renderer.ts";

export function jsonLines(write: (line: string) => void, clock: Clock): Renderer {
  return {
    event(event) {
      write(JSON.stringify({ version: eventVersion, time: clock.now().toISOString(), ...event }));
    },
    close() {},
  };
}
