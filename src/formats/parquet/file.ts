/** A Parquet file opened: its columns by kind, and their values read one row group at a time. */
import * as zlib from "node:zlib";
import {
  type AsyncBuffer,
  asyncBufferFromFile,
  type Compressors,
  type DecodedArray,
  type FileMetaData,
  parquetMetadataAsync,
  parquetRead,
  parquetSchema,
  type SchemaTree,
} from "hyparquet";
import { Problem } from "../../base/index.ts";

/** `vectors` are lists of numbers; everything that is read neither as numbers nor as text is `other`. */
export type ColumnKind = "decimal" | "whole" | "text" | "truth" | "vectors" | "other";

export interface ParquetFile {
  readonly path: string;
  readonly rows: number;
  readonly columns: ReadonlyMap<string, ColumnKind>;
  /** Calls `take` with stretches of a column's values, in order of the rows. */
  read(column: string, take: (values: DecodedArray, firstRow: number) => void): Promise<void>;
}

export async function openParquet(path: string, onPage: () => void): Promise<ParquetFile> {
  const { file, metadata, columns } = await explain(path, async () => {
    const file = await asyncBufferFromFile(path);
    const metadata = await parquetMetadataAsync(file);
    const { children } = parquetSchema(metadata);
    const columns = new Map(children.map((tree) => [tree.element.name, kindOf(tree)]));
    return { file, metadata, columns };
  });
  return {
    path,
    rows: Number(metadata.num_rows),
    columns,
    async read(column, take) {
      if (!columns.has(column)) {
        const found = [...columns.keys()].join(", ");
        throw new Problem("formats/parquet-column-missing", { file: path, column, found });
      }
      checkCodec(path, { metadata, column });
      await readGroups(path, { file, metadata, column, take, onPage });
    },
  };
}

interface Reading {
  readonly file: AsyncBuffer;
  readonly metadata: FileMetaData;
  readonly column: string;
  readonly take: (values: DecodedArray, firstRow: number) => void;
  readonly onPage: () => void;
}

/** A row group is decoded whole, so memory is bounded by the largest one. */
async function readGroups(path: string, reading: Reading): Promise<void> {
  const { file, metadata, column, take, onPage } = reading;
  let rowStart = 0;
  for (const { num_rows } of metadata.row_groups) {
    const rowEnd = rowStart + Number(num_rows);
    const chunks: { columnData: DecodedArray; rowStart: number }[] = [];
    const columns = [column];
    const onChunk = (chunk: { columnData: DecodedArray; rowStart: number }) => chunks.push(chunk);
    await explain(path, () =>
      parquetRead({ file, metadata, columns, rowStart, rowEnd, compressors, onChunk, onPage }),
    );
    for (const chunk of chunks) take(chunk.columnData, chunk.rowStart);
    onPage();
    rowStart = rowEnd;
  }
}

function kindOf({ element, children }: SchemaTree): ColumnKind {
  if (element.repetition_type === "REPEATED") return numeric(element) ? "vectors" : "other";
  if (children.length > 0) {
    const inner = children[0].children[0] ?? children[0];
    const isList = element.converted_type === "LIST" || element.logical_type?.type === "LIST";
    return isList && children.length === 1 && inner.children.length === 0 && numeric(inner.element)
      ? "vectors"
      : "other";
  }
  if (element.type === "BOOLEAN") return "truth";
  const text = ["UTF8", "ENUM"].includes(element.converted_type ?? "");
  if (element.type === "BYTE_ARRAY") {
    return text || element.logical_type?.type === "STRING" ? "text" : "other";
  }
  if (!numeric(element)) return "other";
  return element.type === "INT32" || element.type === "INT64" ? "whole" : "decimal";
}

/** Plain numbers only: no dates, times or decimals of fixed point. */
function numeric({ type, logical_type, converted_type }: SchemaTree["element"]): boolean {
  if (type === "FLOAT" || type === "DOUBLE" || logical_type?.type === "FLOAT16") return true;
  if (type !== "INT32" && type !== "INT64") return false;
  return (
    (converted_type === undefined || /^U?INT_/.test(converted_type)) &&
    (logical_type === undefined || logical_type.type === "INTEGER")
  );
}

/** Zstandard came to Node with version 22.15. */
const zstd: unknown = Reflect.get(zlib, "zstdDecompressSync");

const compressors: Compressors = {
  GZIP: (bytes) => zlib.gunzipSync(bytes),
  BROTLI: (bytes) => zlib.brotliDecompressSync(bytes),
  ...(typeof zstd === "function" ? { ZSTD: (bytes: Uint8Array) => zstd(bytes) } : {}),
};

function checkCodec(
  file: string,
  { metadata, column }: { metadata: FileMetaData; column: string },
): void {
  const readable = ["UNCOMPRESSED", "SNAPPY", ...Object.keys(compressors)];
  for (const { columns } of metadata.row_groups) {
    for (const { meta_data } of columns) {
      if (meta_data?.path_in_schema[0] !== column || readable.includes(meta_data.codec)) continue;
      throw new Problem("formats/parquet-codec", {
        file,
        column,
        found: meta_data.codec,
        expected: readable.join(", "),
      });
    }
  }
}

async function explain<T>(file: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    // A file that is missing or unreadable is the caller's to explain.
    if (!(cause instanceof Error) || "syscall" in cause) throw cause;
    throw new Problem("formats/not-parquet", { file, found: cause.message }, { cause });
  }
}
