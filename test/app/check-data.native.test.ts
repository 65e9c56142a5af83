/** The way of a list: findings written for a spreadsheet, answered, read back, and kept ever after. */
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { beforeEach, expect, it } from "vitest";
import { addData } from "../../src/app/add-data.ts";
import { answerCheck } from "../../src/app/answer-check.ts";
import { checkData } from "../../src/app/check-data.ts";
import { readCells, writeCsv } from "../../src/formats/csv/index.ts";
import { writePictures } from "./picture-folder.ts";
import { openPlace, type Place, refusal } from "./place.ts";

let place: Place;
let photos: string;
beforeEach(async () => {
  place = openPlace();
  photos = join(place.cwd, "photos");
  mkdirSync(photos);
  await writePictures(photos, { count: 30 });
  copyFileSync(join(photos, "kind-0/0.png"), join(photos, "kind-1/=twin.png"));
  const black = sharp({ create: { width: 16, height: 16, channels: 3, background: "#020202" } });
  await black.png().toFile(join(photos, "kind-2/黒.png"));
  await addData({ path: "photos" }, place.work());
  return () => place[Symbol.dispose]();
});

const newest = () => place.store().dataset("photos").document;
const file = () => join(place.cwd, "findings.csv");

/** The list with answers by item, as a person would save it. */
function answer(answers: Readonly<Record<string, string>>): void {
  const { rows } = readCells(readFileSync(file()), "findings.csv");
  const given = new Set<string>();
  const filled = rows.map((row, i) => {
    const item = row[2].replace(/^'(?==)/, "");
    if (i === 0 || given.has(item) || !(item in answers)) return [...row];
    given.add(item);
    return [...row.slice(0, -1), answers[item]];
  });
  writeFileSync(file(), writeCsv(filled));
}

it("finds copies under other labels and black pictures, and asks in the reader's language", async () => {
  const options = { dataset: "photos", csv: "findings.csv", language: "ja" } as const;
  const { findings, items } = await checkData(options, place.work());
  expect(items).toBe(32);
  const kinds = new Map(findings.map(({ kind, groups }) => [kind, groups]));
  const ids = (kind: "twins-disagree" | "equal-bytes" | "blank") =>
    kinds.get(kind)?.flatMap((group) => group.items.map(({ id }) => id));
  expect(ids("twins-disagree")).toEqual(["kind-0/0.png", "kind-1/=twin.png"]);
  expect(ids("equal-bytes")).toEqual(["kind-0/0.png", "kind-1/=twin.png"]);
  expect(ids("blank")).toEqual(["kind-2/黒.png"]);
  const text = readFileSync(file(), "utf8");
  expect(text.startsWith("\ufeff指摘,組,画像,用途,ラベル,提案,回答\r\n")).toBe(true);
  expect(text).toContain("無地,blank-1,kind-2/黒.png,");
  const again = await refusal(checkData(options, place.work()));
  expect(again).toMatchObject({ code: "app/answers-exist" });
});

it("takes answers into effect for good, and gives back what was taken out", async () => {
  await checkData({ dataset: "photos", csv: "findings.csv" }, place.work());
  answer({
    "kind-1/=twin.png": "relabel:kind-0",
    "kind-2/黒.png": "remove",
    "kind-0/0.png": "keep",
  });
  const answers = { dataset: "photos", answers: "findings.csv" };
  const { counts } = await answerCheck(answers, place.work());
  expect(counts).toMatchObject({ removed: 1, relabelled: 1, kept: 1, items: 31, excluded: 1 });
  expect(existsSync(join(photos, "kind-2/黒.png"))).toBe(true);

  // A look at the folder changes none of it, whether files are new or not.
  await addData({ path: "photos" }, place.work());
  await sharp({ create: { width: 16, height: 20, channels: 3, background: "#aa3300" } })
    .png()
    .toFile(join(photos, "kind-1/new.png"));
  await addData({ path: "photos" }, place.work());
  const { items, labelSets, excluded } = newest();
  expect(items.id).toContain("kind-1/new.png");
  expect(items.id).not.toContain("kind-2/黒.png");
  const [set] = labelSets;
  expect(set.classes[set.codes[items.id.indexOf("kind-1/=twin.png")]]).toBe("kind-0");
  expect(excluded).toMatchObject([{ id: "kind-2/黒.png", reason: "blank" }]);
  const { findings } = await checkData({ dataset: "photos" }, place.work());
  expect(findings.map(({ kind }) => kind)).not.toContain("twins-disagree");

  writeFileSync(file(), "item,answer\nkind-2/黒.png,戻す\n");
  const back = await answerCheck(answers, place.work());
  expect(back.counts).toMatchObject({ restored: 1, items: 33, excluded: 0 });
  expect(newest().items.id).toContain("kind-2/黒.png");
});

it("takes nothing of a list with a fault in it", async () => {
  writeFileSync(file(), "item,answer\nkind-2/黒.png,remove\nkind-9/0.png,remove\n");
  const before = newest();
  const answers = { dataset: "photos", answers: "findings.csv" };
  const found = await refusal(answerCheck(answers, place.work()));
  expect(found).toMatchObject({ code: "data/answers-item-unknown", values: { line: 3 } });
  expect(newest()).toEqual(before);
});
