/** Files and folders are there whole or not at all. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  asidePath,
  placeExclusively,
  processLives,
  processStart,
  startFile,
  startFolder,
  sweepAsides,
  writeFileAtomically,
} from "../../src/formats/atomic-file/index.ts";
import { codeOf } from "../code-of.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "atomic-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("a file", () => {
  it("appears under its name when it is finished, not before", () => {
    const path = join(folder, "deep/er/file");
    {
      using file = startFile(path);
      file.write(Buffer.from("one "));
      expect(existsSync(path)).toBe(false);
      file.write(Buffer.from("two"));
      expect(file.finish()).toBe(true);
    }
    expect(readFileSync(path, "utf8")).toBe("one two");
    expect(readdirSync(join(folder, "deep/er"))).toEqual(["file"]);
  });

  it("leaves nothing where its scope ends early, and what was there stays", () => {
    const path = join(folder, "file");
    writeFileAtomically(path, "old");
    const failing = () => {
      using file = startFile(path);
      file.write(Buffer.from("new"));
      throw new RangeError("in the middle");
    };
    expect(failing).toThrow("in the middle");
    expect(readFileSync(path, "utf8")).toBe("old");
    expect(readdirSync(folder)).toEqual(["file"]);
  });

  it("replaces, refuses or keeps what is there", () => {
    const path = join(folder, "file");
    expect(writeFileAtomically(path, "a", { existing: "refuse" })).toBe(true);
    expect(codeOf(() => writeFileAtomically(path, "b", { existing: "refuse" }))).toBe(
      "registry/exists",
    );
    expect(writeFileAtomically(path, "b", { existing: "keep" })).toBe(false);
    expect(readFileSync(path, "utf8")).toBe("a");
    expect(writeFileAtomically(path, [Buffer.from("c"), Buffer.from("d")])).toBe(true);
    expect(readFileSync(path, "utf8")).toBe("cd");
    expect(readdirSync(folder)).toEqual(["file"]);
  });

  it("that may not be written is named", (context) => {
    // Not even root makes files there.
    if (process.platform !== "linux") context.skip("needs Linux's /sys");
    expect(codeOf(() => writeFileAtomically("/sys/kernel/tanafuda", "x"))).toBe(
      "registry/not-writable",
    );
  });
});

describe("a folder", () => {
  it("appears whole, is never replaced, and is dropped where equal contents are there", () => {
    const path = join(folder, "made");
    const make = (text: string, existing: "refuse" | "keep") => {
      using made = startFolder(path, { existing });
      writeFileSync(join(made.folder, "a"), text);
      mkdirSync(join(made.folder, "sub"));
      expect(made.folder).not.toBe(path);
      return made.finish();
    };
    expect(make("one", "refuse")).toBe(true);
    expect(codeOf(() => make("two", "refuse"))).toBe("registry/exists");
    expect(make("three", "keep")).toBe(false);
    expect(readFileSync(join(path, "a"), "utf8")).toBe("one");
    expect(readdirSync(folder)).toEqual(["made"]);
  });
});

describe("leftovers", () => {
  it("of dead processes are swept, the work of living ones stays", async () => {
    const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
    const alive = `.aside-${child.pid}-${processStart(child.pid ?? 0)}-1`;
    const recycled = `.aside-${child.pid}-1-1`;
    const own = asidePath(folder);
    for (const name of [alive, recycled]) mkdirSync(join(folder, name));
    writeFileSync(own, "");
    writeFileSync(join(folder, "other"), "");
    expect(sweepAsides(folder)).toEqual(process.platform === "linux" ? [recycled] : []);
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(sweepAsides(folder)).toContain(alive);
    expect(existsSync(own) && existsSync(join(folder, "other"))).toBe(true);
  });

  it("are judged by number and start of the process", () => {
    const start = processStart(process.pid) ?? null;
    expect(processLives(process.pid, start)).toBe(true);
    expect(processLives(process.pid, null)).toBe(true);
    if (start !== null) expect(processLives(process.pid, `${start}1`)).toBe(false);
    expect(processLives(2 ** 22 + 1, null)).toBe(false);
  });
});

it("gives a free name to one file alone", () => {
  const [a, b, name] = ["a", "b", "name"].map((file) => join(folder, file));
  writeFileSync(a, "a");
  writeFileSync(b, "b");
  expect([placeExclusively(a, name), placeExclusively(b, name)]).toEqual([true, false]);
  expect(readFileSync(name, "utf8")).toBe("a");
  expect(readdirSync(folder).sort()).toEqual(["b", "name"]);
});
