/** Features, ids and labels into a Parquet file that pandas, DuckDB and others read. */
import type { SchemaElement } from "hyparquet";
import { ByteWriter, type ColumnSource, ParquetWriter, type Writer } from "hyparquet-writer";
import { type AtomicOptions, startFile } from "../atomic-file/index.ts";

export interface FeaturesToStore {
  readonly ids: readonly string[];
  /** Rows are samples. */
  readonly values: Float32Array;
  readonly columns: number;
  readonly labels?: Readonly<Record<string, readonly (string | null)[]>>;
  /** Name of the column of number lists. */
  readonly name?: string;
  /** Kept in the file's footer. */
  readonly metadata?: Readonly<Record<string, string>>;
}

const groupRows = 10_000;

/** Columns: `id`, the features as `list<float>`, the labels. Written in one step, group by group. */
export async function writeParquetFeatures(
  path: string,
  { ids, values, columns, labels = {}, name = "features", metadata = {} }: FeaturesToStore,
  options: AtomicOptions = {},
): Promise<boolean> {
  if (values.length !== ids.length * columns) {
    throw new RangeError(`${ids.length} × ${columns} features, but ${values.length} values`);
  }
  using file = startFile(path, options);
  const parquet = new ParquetWriter({
    writer: streamInto(file),
    schema: schemaOf(name, Object.keys(labels)),
    createdBy: "tanafuda",
    kvMetadata: Object.entries(metadata).map(([key, value]) => ({ key, value })),
  });
  for (let start = 0; start < ids.length; start += groupRows) {
    const end = Math.min(start + groupRows, ids.length);
    const vectors = Array.from({ length: end - start }, (_, i) => {
      const row = (start + i) * columns;
      return Array.from(values.subarray(row, row + columns));
    });
    const columnData: ColumnSource[] = [
      { name: "id", data: ids.slice(start, end) },
      // Trained features neither repeat nor compress.
      { name, data: vectors, encoding: "PLAIN", codec: "UNCOMPRESSED", statistics: false },
      ...Object.entries(labels).map(([name, texts]) => ({ name, data: texts.slice(start, end) })),
    ];
    await parquet.write({ columnData, rowGroupSize: groupRows });
  }
  await parquet.finish();
  return file.finish();
}

function schemaOf(name: string, labels: readonly string[]): SchemaElement[] {
  const text = { type: "BYTE_ARRAY", converted_type: "UTF8" } as const;
  return [
    { name: "root", num_children: 2 + labels.length },
    { name: "id", repetition_type: "REQUIRED", ...text },
    { name, repetition_type: "REQUIRED", num_children: 1, converted_type: "LIST" },
    { name: "list", repetition_type: "REPEATED", num_children: 1 },
    { name: "element", repetition_type: "REQUIRED", type: "FLOAT" },
    ...labels.map((name): SchemaElement => ({ name, repetition_type: "OPTIONAL", ...text })),
  ];
}

/** hyparquet-writer fills a buffer; after each row group it is emptied into the file. */
function streamInto(file: { write(bytes: Uint8Array): void }): Writer {
  const writer = new ByteWriter();
  const flush = () => {
    file.write(new Uint8Array(writer.buffer, 0, writer.index));
    writer.index = 0;
  };
  return Object.assign(writer, { flush, finish: flush });
}
