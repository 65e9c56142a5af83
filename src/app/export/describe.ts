/** What an exported file says of itself. */
import { smallJpeg } from "../../formats/image/index.ts";
import { codeFacts } from "../host.ts";
import { backboneName, preprocessingOf } from "../training-choices.ts";
import { type ExportSubject, formOf } from "./subject.ts";

/** Names to texts, as ONNX and safetensors keep them. Lists are JSON. */
export function metadataOf(subject: ExportSubject): Record<string, string> {
  const { reference, representation, head } = subject;
  const { document } = representation;
  const { size, normalize } = preprocessingOf(representation);
  return {
    "tanafuda.version": codeFacts().version,
    "tanafuda.reference": reference,
    "tanafuda.representation": representation.reference,
    "tanafuda.weights": document.weights.digest,
    "tanafuda.dataset": document.dataset.name,
    "tanafuda.method": document.method,
    "tanafuda.backbone": backboneName(representation),
    "tanafuda.layer": layerOf(representation, head),
    "tanafuda.preprocessing": JSON.stringify({
      ...formOf(subject),
      size,
      ...normalize,
    }),
    "tanafuda.decoding": JSON.stringify({
      jpeg: "at n/8 by DCT, the least n that covers the working resolution",
      n: [1, 2, 4],
      atMost: { pixels: smallJpeg.pixels, bytes: smallJpeg.bytes },
      otherwise: "whole",
    }),
    ...(head && {
      "tanafuda.labelSet": head.document.labelSet.name,
      "tanafuda.head": head.document.kind,
      "tanafuda.temperature": String(head.document.temperature),
      classes: JSON.stringify(head.document.classes),
    }),
  };
}

/** A head has a layer of its own. */
export function layerOf(
  representation: ExportSubject["representation"],
  head: ExportSubject["head"],
): string {
  return head?.document.layer ?? representation.document.layer;
}
