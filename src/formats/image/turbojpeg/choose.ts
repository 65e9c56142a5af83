/** Which libjpeg-turbo decodes here, and why not a native one. */
import { Problem } from "../../../base/index.ts";
import { type FoundTurbojpeg, findTurbojpeg, type TurbojpegPlaces } from "./find.ts";
import { NativeFault, openNative } from "./native.ts";

/** A native one, or what stands in its way: then the WebAssembly one gives the same bytes. */
export type Examined =
  | (FoundTurbojpeg & { readonly decoder: "native" })
  | { readonly decoder: "wasm"; readonly why: "off" | "absent" }
  | {
      readonly decoder: "wasm";
      readonly why: NativeFault["what"];
      readonly path: string;
      readonly message: string;
    };

/** Opens and tries what is found; throws a Problem where what is named cannot be used. */
export function examineTurbojpeg(places?: TurbojpegPlaces): Examined {
  const found = findTurbojpeg(places);
  if (found === "off" || found === undefined) return { decoder: "wasm", why: found ?? "absent" };
  const { path, from } = found;
  try {
    openNative(path)[Symbol.dispose]();
    return { decoder: "native", ...found };
  } catch (cause) {
    if (!(cause instanceof NativeFault)) throw cause;
    const { what, message } = cause;
    if (from === "system") return { decoder: "wasm", why: what, path, message };
    throw new Problem("formats/jpeg-library-unusable", { path, what, message }, { cause });
  }
}

/**
 * The library for threads to open, each for itself. The system's is not tried here as well: a thread
 * that cannot use it decodes by WebAssembly.
 */
export function chooseTurbojpeg(places?: TurbojpegPlaces): string | undefined {
  const found = findTurbojpeg(places);
  if (found === "off" || found === undefined) return undefined;
  if (found.from === "environment") examineTurbojpeg(places);
  return found.path;
}
