/** Features are found again under the precision that they were computed in, and under no other. */
import { expect, it } from "vitest";
import { variantOf } from "../../src/app/subjects.ts";
import { embeddingDigest } from "../../src/registry/index.ts";

const key = {
  representation: { name: "photos", version: "1", digest: "a".repeat(64) },
  layer: "block1",
  dataset: { name: "photos", version: "b".repeat(64) },
};
const digestOf = (description: { readonly [name: string]: string }) =>
  embeddingDigest({ ...key, variant: variantOf({ description }) });

it("keeps features in float32 of any executor together, bf16 and tf32 apart", () => {
  const plain = digestOf({ executor: "onednn", precision: "auto" });
  expect(digestOf({ executor: "torch", precision: "f32" })).toBe(plain);
  expect(digestOf({ executor: "ort" })).toBe(plain);
  expect(digestOf({ executor: "onednn", precision: "bf16" })).not.toBe(plain);
  expect(digestOf({ executor: "torch", precision: "tf32" })).not.toBe(plain);
  expect(digestOf({ executor: "torch", precision: "bf16" })).toBe(
    digestOf({ executor: "onednn", precision: "bf16" }),
  );
});
