/** Something that shows the event stream to a person or a program. */
import type { Event } from "../../base/index.ts";

export interface Renderer {
  event(event: Event): void;
  /** Leaves the screen clean for what is printed next. */
  close(): void;
}
