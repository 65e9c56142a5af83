/** Every method there is, with its defaults. To add one: its file, then a row here. */
import { Problem } from "../../base/index.ts";
import type { Method } from "./method.ts";
import { simclr } from "./simclr.ts";
import { vicreg } from "./vicreg.ts";

export const methods: Readonly<Record<Method["name"], () => Method>> = { simclr, vicreg };

/** The method of that name with its defaults. */
export function method(name: string): Method {
  const found = Object.values(methods)
    .map((make) => make())
    .find((made) => made.name === name);
  if (found) return found;
  const known = Object.keys(methods).join(", ");
  throw new Problem("train/unknown-method", { name, known, nearest: "none" });
}
