/** Content addresses: SHA-256, in lower-case hexadecimal. */
import { createHash, type Hash, hash } from "node:crypto";
import { type Json, putJson } from "./canonical-json.ts";

export function digestBytes(bytes: Uint8Array | string): string {
  return hash("sha256", bytes, "hex");
}

/** Of the value's canonical JSON. */
export function digestJson(value: Json): string {
  const digest = createHash("sha256");
  putJson(value, { put: (piece) => digest.update(piece) });
  return digest.digest("hex");
}

/** A digest that is fed in parts; call `.update(part)` and `.digest("hex")`. */
export function startDigest(): Hash {
  return createHash("sha256");
}
