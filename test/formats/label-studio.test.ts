/** Label Studio's files: its documented forms read, its addresses seen through, ours written and read. */
import { describe, expect, it } from "vitest";
import { labelConfig, readTasks, writeTasks } from "../../src/formats/label-studio/index.ts";

/** As the server exports image classification (guide/export, "JSON"). */
const exported = [
  {
    id: 1,
    data: { image: "/data/upload/7/1c5f0a2b-part_01.jpg" },
    file_upload: "1c5f0a2b-part_01.jpg",
    annotations: [
      {
        id: 1001,
        completed_by: 10,
        result: [
          {
            id: "Dx_aB91ISN",
            from_name: "defect",
            to_name: "image",
            type: "choices",
            origin: "manual",
            value: { choices: ["scratch"] },
          },
        ],
        was_cancelled: false,
        ground_truth: false,
        created_at: "2026-03-09T22:16:08.728353Z",
        updated_at: "2026-03-10T08:00:00.5+09:00",
        lead_time: 4.288,
        task: 1,
      },
      {
        id: 1002,
        completed_by: { id: 11, email: "bo@example.com", first_name: "Bo", last_name: "" },
        result: [
          { from_name: "defect", to_name: "image", type: "choices", value: { choices: ["ok"] } },
        ],
        was_cancelled: false,
        created_at: "2026-03-09T22:20:00Z",
      },
      { id: 1003, completed_by: 12, result: [], was_cancelled: true },
    ],
    predictions: [{ result: [{ type: "choices", value: { choices: ["dent"] } }] }],
  },
  {
    id: 2,
    data: { image: "/data/local-files/?d=line%201/b.png" },
    annotations: [
      {
        completed_by: 10,
        result: [
          { from_name: "defect", type: "choices", value: { choices: ["ok", "scratch"] } },
          { from_name: "box", type: "rectanglelabels", value: { x: 1, rectanglelabels: ["a"] } },
        ],
      },
    ],
  },
  { id: 3, data: { image: "s3://shots/2026/c.webp?sign=1" }, annotations: [] },
  { id: 4, data: { text: "no picture" }, annotations: [] },
];

describe("what Label Studio exports", () => {
  it("keeps file, annotator and time of each annotation, and counts what it leaves out", () => {
    const found = readTasks(exported);
    expect(found?.answers).toEqual([
      {
        file: "part_01.jpg",
        position: 1,
        question: "defect",
        label: "scratch",
        by: "annotator 10",
        at: "2026-03-09T23:00:00.500Z",
      },
      {
        file: "part_01.jpg",
        position: 1,
        question: "defect",
        label: "ok",
        by: "bo@example.com",
        at: "2026-03-09T22:20:00.000Z",
      },
    ]);
    const { answers, ...counts } = found ?? { answers: [] };
    expect(counts).toEqual({
      tasks: 4,
      skipped: 1,
      several: 1,
      others: 1,
      unanswered: 2,
      nameless: 1,
    });
  });

  it.each([
    ["/data/local-files/?d=line%201/b.png", "line 1/b.png"],
    ["https://example.com/shots/2026/c.jpg?sign=ab", "/shots/2026/c.jpg"],
    ["s3://shots/2026/c.webp", "/2026/c.webp"],
    ["/data/upload/7/1c5f0a2b-part_01.jpg", "part_01.jpg"],
    ["plain/d.tif", "plain/d.tif"],
  ])("sees %s as %s", (image, file) => {
    const result = [{ from_name: "a", type: "choices", value: { choices: ["x"] } }];
    const found = readTasks([{ data: { id: "7", image }, annotations: [{ result }] }]);
    expect(found?.answers[0]?.file).toBe(file);
  });

  it("reads JSON-MIN and the completions of old versions", () => {
    const flat = readTasks([
      {
        image: "/data/upload/1/0123abcd-a.jpg",
        id: 1,
        defect: "ok",
        annotator: 3,
        annotation_id: 5,
        created_at: "2026-01-01T00:00:00Z",
        updated_at: "2026-01-02T00:00:00Z",
        lead_time: 2,
      },
      {
        image: "b.jpg",
        id: 2,
        defect: { choices: ["ok", "dent"] },
        annotator: 3,
        annotation_id: 6,
      },
    ]);
    expect(flat).toMatchObject({ tasks: 2, several: 1 });
    expect(flat?.answers).toEqual([
      {
        file: "a.jpg",
        position: 1,
        question: "defect",
        label: "ok",
        by: "annotator 3",
        at: "2026-01-02T00:00:00.000Z",
      },
    ]);
    const old = readTasks([
      {
        data: { image: "a.jpg" },
        completions: [{ result: [{ from_name: "q", type: "choices", value: { choices: ["x"] } }] }],
      },
    ]);
    expect(old?.answers.map(({ label }) => label)).toEqual(["x"]);
  });

  it("takes other lists for what they are", () => {
    for (const other of [[], [{ path: "a.jpg", label: "x" }], { a: "x" }, [1], "text"]) {
      expect(readTasks(other)).toBeUndefined();
    }
  });
});

describe("what is written for Label Studio", () => {
  it("comes back with names, people and times; a skipped annotation stands for “cannot tell”", () => {
    const answers = [
      { label: "割れ", by: "田中", at: "2026-02-01T10:00:00.000Z" },
      { label: "", by: "Ada", at: "2026-02-01T11:00:00.000Z" },
    ];
    const text = writeTasks([{ path: "line 1/ä#1.png", answers }], { question: "defect type" });
    const [task] = JSON.parse(text);
    expect(task.data.image).toBe("/data/local-files/?d=line%201/%C3%A4%231.png");
    expect(task.annotations.map((one: { was_cancelled: boolean }) => one.was_cancelled)).toEqual([
      false,
      true,
    ]);
    // An import refuses annotators whom it does not know, and numbers annotations by whole numbers.
    for (const one of task.annotations) {
      expect(one).not.toHaveProperty("completed_by");
      expect(Number.isSafeInteger(one.id)).toBe(true);
    }
    const found = readTasks(JSON.parse(text));
    expect(found).toMatchObject({ tasks: 1, skipped: 1 });
    expect(found?.answers).toEqual([
      { file: "line 1/ä#1.png", position: 1, question: "defect_type", ...answers[0] },
    ]);
  });

  it("goes with an interface whose names fit", () => {
    const config = labelConfig("defect type", ["ok", 'a<"b"']);
    expect(config).toContain('<Choices name="defect_type" toName="image" choice="single"');
    expect(config).toContain('<Choice value="a&#60;&#34;b&#34;"/>');
  });
});
