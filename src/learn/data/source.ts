/** Where items come from: a folder of pictures, or a folder that holds CIFAR's binary files. */
import { realpathSync, statSync } from "node:fs";
import { Problem } from "../../base/index.ts";
import { findCifar } from "../../formats/cifar/index.ts";

export interface Source {
  readonly kind: "folder" | "cifar-binary";
  readonly path: string;
}

/** Looks at what lies at `path`; throws a Problem if that is no folder. */
export function detectSource(path: string): Source {
  let real: string;
  try {
    real = realpathSync(path);
  } catch (cause) {
    throw new Problem("data/path-missing", { path, nearest: "none" }, { cause });
  }
  if (!statSync(real).isDirectory()) throw new Problem("data/not-a-folder", { path });
  return { kind: findCifar(real) ? "cifar-binary" : "folder", path: real };
}
