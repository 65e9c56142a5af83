/** Protobuf fields as values: each knows its number, how to write itself and how to read itself back. */
import { BinaryReader, BinaryWriter, WireType } from "@bufbuild/protobuf/wire";

/** `read` is given what earlier occurrences of the field gave, so that repeated fields can grow. */
export interface Field<V> {
  write(writer: BinaryWriter, value: V): void;
  read(reader: BinaryReader, wire: WireType, before: V | undefined): V;
  readonly number: number;
}

/** A message: its members and the field each is stored in. */
export type Table<T> = { readonly [K in keyof T]-?: Field<Exclude<T[K], undefined>> };

export function encode<T extends object>(table: Table<T>, value: T): Uint8Array<ArrayBuffer> {
  const writer = new BinaryWriter();
  writeMembers(writer, table, value);
  return new Uint8Array(writer.finish());
}

/** Members that are absent stay absent; fields that the table does not know are skipped. */
export function decode<T extends object>(table: Table<T>, bytes: Uint8Array): Partial<T> {
  return readMembers(new BinaryReader(bytes), table);
}

export function text(number: number): Field<string> {
  return {
    number,
    write: (writer, value) => writer.tag(number, WireType.LengthDelimited).string(value),
    read: (reader) => reader.string(),
  };
}

export function texts(number: number): Field<readonly string[]> {
  return repeated(text(number));
}

export function bytes(number: number): Field<Uint8Array> {
  return {
    number,
    write: (writer, value) => writer.tag(number, WireType.LengthDelimited).bytes(value),
    read: (reader) => reader.bytes(),
  };
}

export function float(number: number): Field<number> {
  return {
    number,
    write: (writer, value) => writer.tag(number, WireType.Bit32).float(value),
    read: (reader) => reader.float(),
  };
}

/** An int32, int64 or enum within the integers that a number holds exactly. */
export function integer(number: number): Field<number> {
  return {
    number,
    write: (writer, value) => writer.tag(number, WireType.Varint).int64(value),
    read: (reader) => Number(reader.int64()),
  };
}

/** Written packed; read packed or one by one, as protobuf asks of readers. */
export function integers(number: number): Field<readonly number[]> {
  return {
    number,
    write(writer, values) {
      writer.tag(number, WireType.LengthDelimited).fork();
      for (const value of values) writer.int64(value);
      writer.join();
    },
    read(reader, wire, before = []) {
      if (wire !== WireType.LengthDelimited) return [...before, Number(reader.int64())];
      const values = [...before];
      const end = reader.uint32() + reader.pos;
      while (reader.pos < end) values.push(Number(reader.int64()));
      return values;
    },
  };
}

/** A message within a message; the table is asked for late, because messages refer to each other. */
export function message<T extends object>(number: number, table: () => Table<T>): Field<T> {
  return {
    number,
    write(writer, value) {
      writer.tag(number, WireType.LengthDelimited).fork();
      writeMembers(writer, table(), value);
      writer.join();
    },
    read: (reader) => readMembers(reader, table(), reader.uint32()) as T,
  };
}

export function messages<T extends object>(
  number: number,
  table: () => Table<T>,
): Field<readonly T[]> {
  return repeated(message(number, table));
}

function repeated<V>(one: Field<V>): Field<readonly V[]> {
  return {
    number: one.number,
    write(writer, values) {
      for (const value of values) one.write(writer, value);
    },
    read: (reader, wire, before = []) => [...before, one.read(reader, wire, undefined)],
  };
}

function writeMembers<T extends object>(writer: BinaryWriter, table: Table<T>, value: T): void {
  for (const name in table) {
    const member = value[name];
    if (member !== undefined)
      table[name].write(writer, member as Exclude<T[typeof name], undefined>);
  }
}

function readMembers<T extends object>(
  reader: BinaryReader,
  table: Table<T>,
  length = reader.len - reader.pos,
): Partial<T> {
  const value: Partial<T> = {};
  const end = reader.pos + length;
  while (reader.pos < end) {
    const [number, wire] = reader.tag();
    const name = memberAt(table, number);
    if (name === undefined) reader.skip(wire, number);
    else value[name] = table[name].read(reader, wire, value[name] as never);
  }
  return value;
}

function memberAt<T extends object>(
  table: Table<T>,
  number: number,
): (keyof T & string) | undefined {
  for (const name in table) if (table[name].number === number) return name;
  return undefined;
}
