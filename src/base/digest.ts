/** Content addresses: SHA-256, in lower-case hexadecimal. */
import { createHash, type Hash } from "node:crypto";
import { canonicalJson, type Json } from "./canonical-json.ts";

export function digestBytes(bytes: Uint8Array | string): string {
  return createHash("sha256").update(bytes).digest("hex");
}

export function digestJson(value: Json): string {
  return digestBytes(canonicalJson(value));
}

/** A digest that is fed in parts; call `.update(part)` and `.digest("hex")`. */
export function startDigest(): Hash {
  return createHash("sha256");
}
