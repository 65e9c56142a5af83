/** One text for equal values, whether it is held whole or in pieces. */
import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { expect, it } from "vitest";
import { canonicalJson, digestJson, type Json, putJson } from "../../src/base/index.ts";

const json = fc.jsonValue().map((value) => value as Json);

function pieces(value: Json, order: "sorted" | "given"): string[] {
  const found: string[] = [];
  putJson(value, { put: (piece) => found.push(piece), order });
  return found;
}

it("sorts members, leaves out what is undefined, refuses what JSON lacks", () => {
  const value = { b: [1, { z: null, a: "é\n" }], a: undefined, "": true };
  expect(canonicalJson(value)).toBe('{"":true,"b":[1,{"a":"é\\n","z":null}]}');
  expect(() => canonicalJson([Number.NaN])).toThrow(TypeError);
});

it("writes in the given order what JSON.stringify writes", () => {
  fc.assert(
    fc.property(json, (value) => {
      expect(pieces(value, "given").join("")).toBe(JSON.stringify(value));
    }),
  );
});

it("is the same text for the same members in another order", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), json), (value) => {
      const turned = Object.fromEntries(Object.entries(value).reverse());
      expect(canonicalJson(turned)).toBe(canonicalJson(value));
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

it("hands long texts over in pieces, and digests them as one", () => {
  const value = { names: Array.from({ length: 30_000 }, (_, i) => `picture ${i}`) };
  const found = pieces(value, "sorted");
  expect(found.length).toBeGreaterThan(5);
  expect(Math.max(...found.map(({ length }) => length))).toBeLessThan(70_000);
  const whole = createHash("sha256").update(JSON.stringify(value)).digest("hex");
  expect(digestJson(value)).toBe(whole);
});
