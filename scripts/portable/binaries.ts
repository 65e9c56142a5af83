/** Holds every native file of a portable folder against its platform, by the file's own header. */
import { closeSync, openSync, readdirSync, readSync } from "node:fs";
import { join } from "node:path";
import type { Platform } from "./platforms.ts";

/** Without one of these nothing is computed; paths relative to the folder, by a part of the name. */
const needed: Readonly<Record<Platform["os"], readonly RegExp[]>> = {
  linux: [
    /^node\/node$/,
    /onnxruntime_binding\.node$/,
    /libonnxruntime\.so/,
    /sharp-linux-x64.*\.node$/,
    /libvips-cpp\.so/,
    /koffi.*\.node$/,
  ],
  win32: [
    /^node\/node\.exe$/,
    /onnxruntime_binding\.node$/,
    /\/onnxruntime\.dll$/,
    /\/DirectML\.dll$/,
    /sharp-win32-x64.*\.node$/,
    /libvips-\d+\.dll$/,
    /koffi.*\.node$/,
  ],
};

export interface NativeFile {
  readonly path: string;
  readonly kind: string;
}

export function nativeFiles(folder: string): NativeFile[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => /\.(node|dll|exe|dylib)$|\.so(\.\d+)*$|^node\/node$/.test(path))
    .map((path) => ({ path, kind: kindOf(join(folder, path)) }));
}

export function refuseForeign(folder: string, { os, binaries }: Platform): void {
  const found = nativeFiles(folder);
  const foreign = found.filter(({ kind }) => kind !== binaries);
  const missing = needed[os].filter((name) => !found.some(({ path }) => name.test(path)));
  if (foreign.length + missing.length === 0) return;
  const told = foreign.map(({ path, kind }) => `${path} is ${kind}, not ${binaries}`);
  throw new Error([...told, ...missing.map((name) => `nothing is named ${name}`)].join("\n"));
}

/** ELF: machine at 18. PE: the offset of its header at 60, the machine 4 bytes into that. */
function kindOf(path: string): string {
  const head = Buffer.alloc(4096);
  const file = openSync(path, "r");
  try {
    readSync(file, head, 0, head.length, 0);
  } finally {
    closeSync(file);
  }
  if (head.readUInt32BE(0) === 0x7f454c46) {
    const machine = head.readUInt16LE(18);
    return machine === 0x3e ? "ELF x64" : `ELF ${machine.toString(16)}`;
  }
  if (head.toString("latin1", 0, 2) === "MZ") {
    const at = head.readUInt32LE(60);
    if (at + 6 > head.length || head.toString("latin1", at, at + 4) !== "PE\0\0") return "DOS";
    const machine = head.readUInt16LE(at + 4);
    return machine === 0x8664 ? "PE x64" : `PE ${machine.toString(16)}`;
  }
  return "unknown";
}
