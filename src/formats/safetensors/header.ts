/** The header of a safetensors file: names, types, shapes and places of the tensors. */
import { z } from "zod";
import { Problem } from "../../base/index.ts";

const entry = z.object({
  dtype: z.string(),
  shape: z.array(z.int().min(0)),
  data_offsets: z.tuple([z.int().min(0), z.int().min(0)]),
});

export type Entry = z.infer<typeof entry>;

export interface Header {
  readonly metadata: Readonly<Record<string, string>>;
  readonly entries: ReadonlyMap<string, Entry>;
  /** Where the data begin in the file. */
  readonly start: number;
}

/** Bytes per element of every type in the format. */
export const elementSizes: Readonly<Record<string, number>> = {
  F64: 8,
  F32: 4,
  F16: 2,
  BF16: 2,
  I64: 8,
  I32: 4,
  I16: 2,
  I8: 1,
  U64: 8,
  U32: 4,
  U16: 2,
  U8: 1,
  BOOL: 1,
};

/** Reads and checks the header; `file` is only named in what goes wrong. */
export function parseHeader(bytes: Uint8Array, file: string): Header {
  const bad = (found: string, cause?: unknown) =>
    new Problem("formats/safetensors-header", { file, found }, { cause });
  const short = (expected: number) =>
    new Problem("formats/safetensors-cut-short", { file, expected, found: bytes.byteLength });
  if (bytes.byteLength < 8) throw short(8);
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const length = Number(view.getBigUint64(0, true));
  if (length > 100_000_000) throw bad(`a length of ${length} bytes`);
  const start = 8 + length;
  if (bytes.byteLength < start) throw short(start);
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(8, start)));
  } catch (cause) {
    throw bad("no JSON", cause);
  }
  const parsed = z.record(z.string(), z.unknown()).safeParse(json);
  if (!parsed.success) throw bad("no table of tensors", parsed.error);
  const { __metadata__: metadata = {}, ...tensors } = parsed.data;
  const texts = z.record(z.string(), z.string()).safeParse(metadata);
  if (!texts.success) throw bad("metadata that are no text", texts.error);
  const entries = new Map<string, Entry>();
  for (const [name, value] of Object.entries(tensors)) {
    const tensor = entry.safeParse(value);
    if (!tensor.success) throw bad(`${name} without type, shape and place`, tensor.error);
    entries.set(name, tensor.data);
  }
  const end = checkPlaces(entries, bad);
  if (bytes.byteLength < start + end) throw short(start + end);
  if (bytes.byteLength > start + end) throw bad(`${bytes.byteLength - start - end} bytes too many`);
  return { metadata: texts.data, entries, start };
}

/** The format wants the data without gaps or overlaps; returns where they end. */
function checkPlaces(entries: ReadonlyMap<string, Entry>, bad: (found: string) => Problem): number {
  let end = 0;
  const inOrder = [...entries].sort(
    ([, a], [, b]) =>
      a.data_offsets[0] - b.data_offsets[0] || a.data_offsets[1] - b.data_offsets[1],
  );
  for (const [name, { dtype, shape, data_offsets }] of inOrder) {
    const [from, to] = data_offsets;
    if (from !== end) throw bad(`${name} begins at ${from} where ${end} is expected`);
    const size = elementSizes[dtype];
    const expected = shape.reduce((product, side) => product * side, size ?? 0);
    if (size !== undefined && to - from !== expected) {
      throw bad(`${name} with ${to - from} bytes where ${expected} are expected`);
    }
    if (to < from) throw bad(`${name} ends before it begins`);
    end = to;
  }
  return end;
}
