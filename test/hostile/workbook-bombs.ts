/** Small workbooks that promise or hold enormous sheets, zipped by hand (APPNOTE 4.3). */
import { crc32, deflateRawSync } from "node:zlib";
import type { Seed } from "./seeds.ts";

export function workbookBombs(): Seed[] {
  const whole = '<mergeCells count="1"><mergeCell ref="A1:IV1048576"/></mergeCells>';
  const many = Array.from({ length: 200 }, () => '<mergeCell ref="A1:IV6000"/>').join("");
  const farRow = '<row r="6000"><c r="A6000" t="str"><v>x</v></c></row>';
  const spaces = " ".repeat(1 << 26);
  return [
    { name: "merged-whole.xlsx", bytes: workbook(sheet("", whole)) },
    {
      name: "merged-often.xlsx",
      bytes: workbook(sheet(farRow, `<mergeCells>${many}</mergeCells>`)),
    },
    { name: "far-away.xlsx", bytes: workbook(sheet(rowAt(1_048_576), "")) },
    { name: "said-4-gigabytes.xlsx", bytes: workbook(sheet("", ""), 0xfffffffe) },
    { name: "inflates-unsaid.xlsx", bytes: workbook(sheet(spaces, ""), 1000) },
    { name: "entities.xlsx", bytes: workbook(entities()) },
  ];
}

function rowAt(row: number): string {
  return `<row r="${row}"><c r="XFD${row}" t="str"><v>x</v></c></row>`;
}

function sheet(rows: string, after: string): string {
  const first =
    '<row r="1"><c r="A1" t="str"><v>file</v></c><c r="B1" t="str"><v>kind</v></c></row>';
  const space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
  return `<?xml version="1.0"?><worksheet ${space}><sheetData>${first}${rows}</sheetData>${after}</worksheet>`;
}

/** A billion laughs: entities of entities. */
function entities(): string {
  const lines = Array.from({ length: 9 }, (_, i) => {
    const before = i === 0 ? "ha" : `&e${i - 1};`;
    return `<!ENTITY e${i} "${before.repeat(10)}">`;
  });
  const text = sheet('<row r="2"><c r="A2" t="str"><v>&e8;</v></c></row>', "");
  return text.replace("?>", `?><!DOCTYPE worksheet [${lines.join("")}]>`);
}

/** `said` is the unpacked size that the directory claims for the sheet. */
function workbook(sheetXml: string, said?: number): Buffer {
  const relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const types = "application/vnd.openxmlformats-officedocument.spreadsheetml";
  return zip([
    {
      name: "[Content_Types].xml",
      text: `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="${types}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${types}.worksheet+xml"/></Types>`,
    },
    {
      name: "_rels/.rels",
      text: `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    },
    {
      name: "xl/workbook.xml",
      text: `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${relation}"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>`,
    },
    {
      name: "xl/_rels/workbook.xml.rels",
      text: `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${relation}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    },
    { name: "xl/worksheets/sheet1.xml", text: sheetXml, ...(said !== undefined && { said }) },
  ]);
}

interface Part {
  readonly name: string;
  readonly text: string;
  readonly said?: number;
}

function zip(parts: readonly Part[]): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, text, said } of parts) {
    const plain = Buffer.from(text);
    const packed = deflateRawSync(plain, { level: 9 });
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(crc32(plain), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(said ?? plain.length, 18);
    fields.writeUInt16LE(name.length, 22);
    const body = Buffer.concat([Buffer.from("PK\x03\x04"), fields, Buffer.from(name), packed]);
    const entry = Buffer.alloc(46);
    entry.write("PK\x01\x02", "latin1");
    entry.writeUInt16LE(20, 4);
    fields.copy(entry, 6);
    entry.writeUInt32LE(at, 42);
    bodies.push(body);
    directory.push(Buffer.concat([entry, Buffer.from(name)]));
    at += body.length;
  }
  const table = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(table.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...bodies, table, end]);
}
