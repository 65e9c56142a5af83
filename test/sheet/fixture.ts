/** A sheet of made-up pictures with names that would do harm if they were markup or formulas. */
import type { Sheet } from "../../src/sheet/index.ts";

export const hostileName = `<img src=x onerror="document.title='ran'">\u202egpj.jpg`;

export function makeSheet(change: Partial<Sheet> = {}): Sheet {
  const paths = ["ok/1.jpg", "ok/2.jpg", hostileName, "=cmd|' /C calc'!A0.jpg"];
  return {
    product: { name: "tanafuda", version: "0.0.0" },
    dataset: "parts",
    labelSet: "defect",
    id: "0123abcd",
    classes: ["OK", "scratch"],
    shelf: 1234,
    items: paths.map((path, i) => ({
      path,
      image: squares[i],
      why: { id: "sheet/why-covers", values: { share: 0.1 } },
      covered: [0.4, 0.6, 0.7, 0.75][i],
    })),
    ...change,
  };
}

/** One pixel each: GIF89a with a palette of one colour that differs. */
const squares = [0x10, 0x60, 0xa0, 0xe0].map((tone) => {
  const bytes = [
    ...[0x47, 0x49, 0x46, 0x38, 0x39, 0x61, 1, 0, 1, 0, 0x80, 0, 0],
    ...[tone, 0x40, 0x80, 0, 0, 0],
    ...[0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3b],
  ];
  return `data:image/gif;base64,${Buffer.from(bytes).toString("base64")}`;
});
