/** The built command line as a newcomer meets it: what it prints, what it refuses, how it ends. */
import { execFileSync, spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findTurbojpeg } from "../../src/formats/image/turbojpeg/find.ts";
import { writePictures } from "../app/picture-folder.ts";
import { buildCli, type Ended, runCli, startCli } from "./built-cli.ts";

const folder = mkdtempSync(join(tmpdir(), "cli-"));
const cwd = join(folder, "place");
const quick = ["--epochs", "2", "--batch", "16", "--size", "16", "--backbone", "res-2-16"];
let main = "";
let first: Ended;
const run = (...words: string[]) => runCli(main, words, { cwd });

beforeAll(async () => {
  main = buildCli(join(folder, "package"));
  mkdirSync(cwd);
  await writePictures(join(cwd, "photos"), { count: 60, classes: 3 });
  first = await run("pilot", "./photos", ...quick);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("without work", () => {
  it("greets, helps and says its version", async () => {
    const elsewhere = join(folder, "elsewhere");
    mkdirSync(elsewhere);
    const greeted = await runCli(main, [], { cwd: elsewhere });
    expect(greeted).toMatchObject({ code: 0, out: expect.stringContaining("pilot FOLDER") });
    const { version } = JSON.parse(readFileSync("package.json", "utf8"));
    expect(await run("--version")).toMatchObject({ code: 0, out: `${version}\n` });
    expect(await run("data")).toMatchObject({ code: 0, out: expect.stringContaining("labels") });
    const helped = await run("help", "pilot");
    expect(helped).toMatchObject({ code: 0, out: expect.stringContaining("--watch") });
  });

  it.each([
    [],
    ["pilot"],
    ["data", "add"],
    ["data", "labels"],
    ["data", "check"],
    ["data", "list"],
    ["pretrain"],
    ["measure"],
    ["search"],
    ["select"],
    ["init"],
    ["doctor"],
    ["completion"],
  ])("explains itself in Japanese: %j %j", async (...words) => {
    const { code, out } = await run(...words, "--help", "--lang", "ja");
    expect(code).toBe(0);
    expect(out).not.toMatch(/Usage|Options|Arguments|Commands|default/);
    // Each line of an option or command has its explanation in Japanese.
    for (const line of out.split("\n").filter((text) => /^ {2}(-|[a-z])/.test(text))) {
      const isExample = /^ {2}(source <\()?tanafuda /.test(line);
      if (!isExample) expect(line).toMatch(/[\u3040-\u30ff\u4e00-\u9fff]/);
    }
  });

  it.each([
    [["pilt"], "There is no command “pilt”. Did you mean pilot?"],
    [["data", "lst"], "There is no command “lst”. Did you mean list?"],
    [["pilot"], "“tanafuda pilot” needs DATA"],
    [["completion", "zhs"], "SHELL cannot be “zhs”. Did you mean zsh"],
    [["pretrain", "a", "--precision", "f23"], "Did you mean f32"],
    [["pretrain", "photos", "--optimizer", "adam"], "Did you mean adamw? Known: sgd"],
    [["pilot", "a", "b"], "“tanafuda pilot” takes 1 argument, but 2 were given"],
    [["data", "list", "x"], "“tanafuda data list” takes no arguments, but 1 were given"],
    [["pilot", "a", "--epoch", "3"], "has no option --epoch. Did you mean --epochs?"],
    [["pilot", "a", "--epochs"], "The option --epochs needs a value"],
    [["pilot", "a", "--epochs", "half"], "--epochs cannot be “half”. It takes a whole number"],
    [
      ["pilot", "a", "--share", "2"],
      "--share cannot be “2”. It takes a number above 0 and below 1",
    ],
    [["pretrain", "a", "--projector", "9-x"], "--projector cannot be “9-x”"],
    [
      ["pretrain", "a", "--crop", "1-0.5"],
      "--crop cannot be “1-0.5”. It takes two numbers above 0",
    ],
    [["pilot", "photos", "--augment", "small"], "There is no augmentation “small”. Did you mean"],
    [["--lang", "fr"], "--lang cannot be “fr”. It takes one of: en, ja."],
    [["pilot", "photos", "--method", "simcrl", "--out", "new"], "Did you mean simclr? Known"],
    [["pilot", "photos", "--executor", "x", "--out", "new"], "There is no executor “x”"],
    [["pilot", "photos", "--device", "tpu"], "There is no kind of device “tpu”"],
    [["pilot", "photos", "--device", "cuda", "--executor", "ort"], "ort cannot compute on cuda"],
    [
      ["pilot", "photos", "--precision", "f64"],
      "--precision cannot be “f64”. It takes one of: auto",
    ],
    [
      ["measure", "@last", "--precision", "bf16", "--executor", "ort"],
      "The executor ort does not compute in bf16",
    ],
    [["pretrain", "a", "--backbone", "vit-tiny", "--size", "30"], "Use --size 28 or --size 32"],
    [["doctor", "--install", "x"], "--install cannot be “x”. It takes one of: onednn."],
    [["pretrain"], "Say which pictures to train on"],
    [["pretrain", "photos", "--epochs", "1", "--minutes", "1"], "give one of them"],
  ] as const)("refuses %j with exit code 2", async (words, text) => {
    const { code, out, told } = await run(...words);
    expect(told).toContain(text);
    expect(told.trim().split("\n")).toHaveLength(1);
    expect({ code, out }).toEqual({ code: 2, out: "" });
  });

  it("refuses a library that was named and is not there, whatever else could be used", async () => {
    const nowhere = join(folder, "nowhere");
    const env = { TANAFUDA_ONEDNN: nowhere, TANAFUDA_TORCH: nowhere };
    const words = ["pretrain", "photos", ...quick];
    const onednn = await runCli(main, [...words, "--executor", "onednn"], { cwd, env });
    expect(onednn).toMatchObject({
      code: 6,
      told: expect.stringContaining("let TANAFUDA_ONEDNN name it"),
    });
    const torch = await runCli(main, [...words, "--device", "cuda"], { cwd, env });
    expect(torch).toMatchObject({ code: 6, told: expect.stringContaining(nowhere) });
  });

  it("says the same to a program, as one line of JSON", async () => {
    const { code, out } = await run("pilt", "--json", "--lang", "ja");
    expect(JSON.parse(out)).toMatchObject({
      version: 1,
      type: "problem",
      code: "usage/unknown-command",
      values: { name: "pilt", nearest: "pilot" },
      exit: code,
      text: "「pilt」というコマンドはありません。もしかして：pilot",
    });
  });
});

describe("a pilot", () => {
  it("prints its headline, where the report is, and a command that works when pasted", async () => {
    expect(first).toMatchObject({ code: 0 });
    expect(first.out).toContain("NCC, balanced accuracy");
    expect(first.out).toContain("Report: tanafuda-report/report.html");
    expect(existsSync(join(cwd, "tanafuda-report/report.html"))).toBe(true);
    const [, next] = /^Next: (tanafuda .*)$/m.exec(first.out) ?? [];
    expect(next).toMatch(/^tanafuda search photos-simclr-res-2-16@1 photos\/kind-\d\/\d+\.png$/);
    const tanafuda = `tanafuda() { '${process.execPath}' '${main}' "$@"; }`;
    const found = execFileSync("sh", ["-c", `${tanafuda}\n${next}`], { cwd, encoding: "utf8" });
    expect(found).toContain("1.000");
  });

  it("takes what was finished when it is run again, and speaks JSON and Japanese", async () => {
    const same = await run("pilot", "./photos", ...quick);
    expect(same).toMatchObject({ code: 0, told: expect.stringContaining("Nothing changed") });
    expect(same.told).not.toContain("Training");
    const words = ["pilot", "photos", ...quick, "--seed", "3", "--lang", "ja", "--json"];
    const again = await run(...words);
    expect(again.code).toBe(0);
    const events = again.out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    for (const event of events) {
      expect(event).toMatchObject({ version: 1, type: expect.any(String) });
      expect(new Date(event.time).toISOString()).toBe(event.time);
    }
    const kinds = new Set(events.map(({ type }) => type));
    expect([...kinds].sort()).toEqual([
      ...["metrics", "notice", "phase", "phase-end", "progress", "result"],
    ]);
    expect(events.at(-1)).toMatchObject({
      type: "result",
      kind: "pilot",
      value: { outcome: "reported", representation: "photos-simclr-res-2-16@2" },
    });
  });

  it("has nothing to resume once it is finished", async () => {
    expect(await run("pilot", "photos", "--resume")).toMatchObject({ code: 4, out: "" });
  });

  it("is worded in Japanese throughout", async () => {
    const { out, told } = await run("measure", "@last", "--layers", "all", "--lang", "ja");
    const english = /\b(?:balanced|accuracy|untrained|raw|neighbours?|label set|Next|done)\b/;
    expect(`${out}${told}`).not.toMatch(english);
    expect(out).toContain("クラス中心（NCC）、均衡正解率");
  });
});

describe("tanafuda alone", () => {
  it("names what is at hand: a report and a search, or pictures to begin with", async () => {
    const { out } = await run();
    expect(out).toContain("Report: tanafuda-report/report.html");
    expect(out).toContain("tanafuda search @last PICTURE");
    const fresh = join(folder, "fresh");
    mkdirSync(join(fresh, "shots"), { recursive: true });
    for (const name of ["a.jpg", "b.PNG", "notes.txt"])
      writeFileSync(join(fresh, "shots", name), "");
    const begun = await runCli(main, [], { cwd: fresh });
    expect(begun.out).toContain("2 pictures in ./shots. Try: tanafuda pilot ./shots");
  });
});

describe("the Tab key in bash", () => {
  it("asks the program, which knows commands, options and names", () => {
    const press = (typed: string) => {
      const lines = [
        `tanafuda() { '${process.execPath}' '${main}' "$@"; }`,
        "source <(tanafuda completion bash)",
        `COMP_LINE='${typed}' COMP_POINT=${typed.length}`,
        "_tanafuda",
        `printf '%s\n' "\${COMPREPLY[@]}"`,
      ];
      const words = ["--norc", "-c", lines.join("\n")];
      const env = { ...process.env, LC_ALL: "C" };
      return execFileSync("bash", words, { cwd, encoding: "utf8", env }).trim().split("\n");
    };
    expect(press("tanafuda pil")).toEqual(["pilot"]);
    expect(press("tanafuda pretrain --learn")).toEqual(["--learning-rate"]);
    expect(press("tanafuda data check ")).toEqual(["photos"]);
    expect(press("tanafuda search photos-simclr-res-2-16@")).toContain("1");
    expect(press("tanafuda pilot pho")).toContain("photos");
  });
});

describe("a folder that is watched", () => {
  it("is gone through again when something arrives, until Ctrl-C", async () => {
    const place = join(folder, "watched");
    await writePictures(join(place, "photos"), { count: 40, classes: 2 });
    const watching = startCli(main, ["pilot", "photos", ...quick, "--watch"], { cwd: place });
    await watching.says("Watching the folder of “photos”");
    await writePictures(join(place, "photos/late"), { count: 2, classes: 1 });
    await watching.says("2 pictures added, 42 in all");
    watching.process.kill("SIGINT");
    const { code, out } = await watching.ended;
    expect({ code, out }).toMatchObject({
      code: 0,
      out: expect.stringMatching(/\nNext: tanafuda/),
    });
    const report = JSON.parse(readFileSync(join(place, "tanafuda-report/report.json"), "utf8"));
    expect(report).toMatchObject({ stage: "measured", data: { items: 42 } });
  });
});

describe("a command that only reads", () => {
  /** Tells, as each process ends, which native libraries it had loaded. */
  const probe = `
    const { appendFileSync } = require("node:fs");
    process.on("exit", () => {
      const native = process.report.getReport().sharedObjects.filter((name) => name.endsWith(".node"));
      appendFileSync(process.env.PROBE, JSON.stringify(native) + "\\n");
    });`;

  async function loadedBy(...words: string[]): Promise<{ loaded: string[][]; out: string }> {
    const script = join(folder, "probe.cjs");
    const told = join(folder, `probe-${words.join("-")}.txt`);
    writeFileSync(script, probe);
    const env = { NODE_OPTIONS: `--require ${script}`, PROBE: told };
    const { code, out } = await runCli(main, words, { cwd, env });
    expect(code).toBe(0);
    const lines = readFileSync(told, "utf8").trim().split("\n");
    return { loaded: lines.map((line) => JSON.parse(line)), out };
  }

  it.each([["data", "list"], ["--help"], ["pilot", "--help"], []])(
    "loads no native library: %j %j",
    async (...words) => {
      expect(await loadedBy(...words)).toMatchObject({ loaded: [[]] });
    },
  );

  it("is told from one that computes", async () => {
    const { loaded, out } = await loadedBy("doctor");
    expect(loaded.flat().some((name) => name.includes("onnxruntime"))).toBe(true);
    const jpeg = findTurbojpeg();
    const isNative = typeof jpeg === "object";
    expect(out).toContain(`libjpeg-turbo ${isNative ? `(${jpeg.path})` : "as WebAssembly"}`);
    // How to install it, where it is missing.
    expect(out.includes("apt install libturbojpeg0")).toBe(
      jpeg === undefined && process.platform === "linux",
    );
  });
});

describe("the workspace's file", () => {
  it("decides what options leave open", async () => {
    const place = join(folder, "preferring");
    expect(await run("init", place)).toMatchObject({ code: 0 });
    expect(await run("init", place)).toMatchObject({ code: 4 });
    const file = join(place, "tanafuda.yaml");
    writeFileSync(
      file,
      "lang: ja\nseed: 7\nthreads: 1\nout: here\npretrain:\n  epochs: 1\n  batch: 12\n  size: 16\n  backbone: res-2-16\n",
    );
    const { code, out } = await runCli(main, ["pilot", join(cwd, "photos")], { cwd: place });
    expect(code).toBe(0);
    expect(out).toContain("報告書：here/report.html");
    const [id] = readdirSync(join(place, ".tanafuda/runs"));
    const stored = JSON.parse(readFileSync(join(place, ".tanafuda/runs", id, "run.json"), "utf8"));
    expect(stored).toMatchObject({
      seeds: [7],
      configuration: {
        machine: { executor: expect.stringMatching(/^(onednn|ort)$/), threads: 1 },
        training: { batch: 12, epochs: 1 },
      },
    });
    writeFileSync(file, "epochs: 3\n");
    const refused = await runCli(main, ["measure", "@last"], { cwd: place });
    expect(refused).toMatchObject({ code: 2, told: expect.stringContaining("epochs") });
  });
});

describe("labels", () => {
  interface Chosen {
    readonly items: readonly { readonly path: string }[];
    readonly labelled: number;
    readonly strategy: string;
    readonly list: string;
    readonly page: string;
    readonly saves: string;
  }

  const choosing = (count: number, ...words: string[]) =>
    run("select", "@last", "-n", String(count), "--labels", "defect", "--json", ...words);
  const chosenBy = ({ out }: Ended): Chosen =>
    JSON.parse(out.trim().split("\n").at(-1) ?? "").value;
  const pathsOf = ({ items }: Chosen) => items.map(({ path }) => path);

  it("are asked for, taken in, and asked for no second time", async () => {
    const first = chosenBy(await choosing(6));
    expect([new Set(pathsOf(first)).size, first.labelled]).toEqual([6, 0]);
    const [head, ...rows] = readFileSync(first.list, "utf8").trimEnd().split("\r\n");
    expect(head).toBe("\ufeffpath,defect,labelled_by,labelled_at,chosen_by,stands_for");
    const five = rows.slice(0, 5).map((row, i) => row.replace(",,", `,${i % 2 ? "yes" : "no"},`));
    writeFileSync(join(cwd, "filled.csv"), [head, ...five, rows[5]].join("\r\n"));
    const { out } = await run("data", "labels", "photos", "filled.csv");
    expect(out).toMatch(/^defect +2 +5 /m);
    expect((await choosing(6)).out, "the page is not replaced unasked").toContain("answers-exist");
    const second = chosenBy(await choosing(6, "--overwrite"));
    const answered = pathsOf(first).slice(0, 5);
    expect(second.labelled).toBe(5);
    expect(pathsOf(second).filter((path) => answered.includes(path))).toEqual([]);
    expect(second.saves).toBe("labels-defect.csv");
    const page = readFileSync(second.page, "utf8");
    expect(page, "known classes are offered").toContain('"classes":["no","yes"]');
  });

  it("to judge by are drawn at random from what is set aside", async () => {
    const toJudge = ["--evaluation", "--out", "to-judge"];
    const drawn = chosenBy(await choosing(4, ...toJudge));
    expect([new Set(pathsOf(drawn)).size, drawn.strategy]).toEqual([4, "random"]);
    const toLearn = chosenBy(await choosing(20, "--out", "to-learn"));
    expect(pathsOf(toLearn).filter((path) => pathsOf(drawn).includes(path))).toEqual([]);
    const named = await choosing(4, ...toJudge, "--strategy", "typiclust", "--overwrite");
    expect(named).toMatchObject({ code: 2, out: expect.stringContaining("evaluation-drawn") });
  });
});

describe("a second writer", () => {
  it("is refused with exit code 5, and readers are not", async () => {
    const words = ["pretrain", "photos", ...quick, "--epochs", "4000"];
    const writer = startCli(main, words, { cwd });
    await writer.says("Training …");
    const busy = await run("measure", "@last");
    expect(busy).toMatchObject({ code: 5, told: expect.stringContaining("pretrain photos") });
    expect(await run("data", "list")).toMatchObject({ code: 0 });
    const found = await run("search", "@last", "photos/kind-0/0.png", "-k", "2");
    expect(found).toMatchObject({ code: 0, out: expect.stringContaining("kind-0/0.png") });
    expect(await run("data", "check", "photos")).toMatchObject({ code: 0 });
    writer.process.kill("SIGINT");
    expect((await writer.ended).code).toBe(130);
  });
});

describe("a full disk", () => {
  const disk = join(folder, "disk");
  it("is named at every stage, and nothing that was there is lost", async (context) => {
    mkdirSync(disk);
    const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=6m", "none", disk]).status === 0;
    if (!mounted) context.skip("mounting a small disk needs root");
    try {
      const workspace = ["--workspace", disk];
      // 60 pictures of 64 × 64 are 737 KB: they fit, 400 pixels do not.
      const large = await run(
        "data",
        "add",
        "photos",
        "--name",
        "large",
        "--resolution",
        "400",
        ...workspace,
      );
      expect(large).toMatchObject({ code: 6, told: expect.stringContaining("disk") });
      expect(await run("data", "add", "photos", ...workspace)).toMatchObject({ code: 0 });
      // Weights of a wide network do not.
      const wide = ["--epochs", "1", "--batch", "16", "--size", "16", "--backbone", "res-2-256"];
      expect(await run("pretrain", "photos", ...wide, ...workspace)).toMatchObject({ code: 6 });
      const trained = await run("pretrain", "photos", ...quick, ...workspace);
      expect(trained).toMatchObject({ code: 0 });
      const out = join(disk, "report");
      writeFileSync(join(disk, "filling"), Buffer.alloc(free(disk) - 700_000));
      const pilot = await run("pilot", "photos", ...quick, "--out", out, ...workspace);
      expect(pilot).toMatchObject({ code: 6, told: expect.stringContaining("disk") });
      rmSync(join(disk, "filling"));
      const kept = await run("data", "list", ...workspace);
      expect(kept.out).toContain("photos-simclr-res-2-16@1");
      const resumed = await run("pilot", "photos", "--resume", ...workspace);
      expect(resumed).toMatchObject({ code: 0 });
      expect(existsSync(join(out, "report.html"))).toBe(true);
    } finally {
      spawnSync("umount", [disk]);
    }
  });
});

function free(path: string): number {
  const { bavail, bsize } = statfsSync(path);
  return bavail * bsize;
}
