/** The writer's lock, with real processes that race for it and die in the middle. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keyFromSeed, Problem } from "../../src/base/index.ts";
import { openStore } from "../../src/registry/index.ts";
import { type Child, compileRegistry, runChild } from "./compiled.ts";
import { tickingClock } from "./samples.ts";

const folder = mkdtempSync(join(tmpdir(), "lock-"));
let registry = "";
beforeAll(() => {
  registry = compileRegistry(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

const options = (...command: string[]) => ({
  clock: tickingClock(),
  key: keyFromSeed(1),
  command,
});

let folders = 0;
function emptyFolder(): string {
  folders++;
  const path = join(folder, `workspace-${folders}`);
  mkdirSync(path);
  return path;
}

/** With a store that was there before, so that it stays where nothing is kept. */
function workspace(): string {
  const path = emptyFolder();
  mkdirSync(join(path, ".tanafuda"));
  return path;
}

function script(name: string, body: string): string {
  const file = join(folder, `${name}.mjs`);
  writeFileSync(
    file,
    `import { openStore } from ${JSON.stringify(registry)};
     const workspace = process.argv[2];
     const clock = { now: () => new Date(), monotonic: () => performance.now() };
     const take = () => openStore(workspace).writer({
       clock, key: { high: 0, low: process.pid }, command: ["child", "of", "the", "test"] });
     ${body}`,
  );
  return file;
}

async function line(child: Child, text: string): Promise<void> {
  while (!child.lines.includes(text)) {
    if (child.process.exitCode !== null) throw new Error((await child.ended).errors);
    await pause(5);
  }
}

async function refusal(path: string): Promise<Problem> {
  try {
    using _ = await openStore(path).writer(options("test"));
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error("the lock was given");
}

describe("the writer's lock", () => {
  it("is refused while its process lives, naming it, and taken over once it is dead", async () => {
    const path = workspace();
    const child = runChild(
      script("hold", `await take(); console.log("held"); setInterval(() => {}, 1000);`),
      path,
    );
    await line(child, "held");
    const { code, values, exit } = await refusal(path);
    expect([code, exit]).toEqual(["registry/locked", 5]);
    expect(values).toMatchObject({
      pid: child.process.pid,
      command: "child of the test",
      workspace: path,
    });
    expect(Date.parse(String(values.since))).toBeGreaterThan(0);
    expect(openStore(path).holder()?.pid).toBe(child.process.pid);
    // Readers neither wait nor care.
    expect(openStore(path).datasets()).toEqual([]);

    child.process.kill("SIGKILL");
    await child.ended;
    expect(existsSync(join(path, ".tanafuda/lock"))).toBe(true);
    expect(openStore(path).holder()).toBeUndefined();
    using writer = await openStore(path).writer(options("test"));
    expect(openStore(path).holder()?.pid).toBe(process.pid);
    expect((await refusal(path)).values).toMatchObject({ pid: process.pid });
    writer.release();
    expect(existsSync(join(path, ".tanafuda/lock"))).toBe(false);
  });

  it("ends with its process, however that exits", async () => {
    const path = workspace();
    for (const end of ["process.exit(3)", "process.exitCode = 0", "throw new Error('x')"]) {
      await runChild(script("exit", `await take(); ${end};`), path).ended;
      expect(readdirSync(join(path, ".tanafuda"))).toEqual([".gitignore"]);
    }
  });

  it("leaves no store behind where nothing was kept, but one that was there", async () => {
    const path = emptyFolder();
    const store = openStore(path);
    (await store.writer(options("first"))).release();
    expect(readdirSync(path)).toEqual([]);
    mkdirSync(join(path, ".tanafuda"));
    (await store.writer(options("second"))).release();
    expect(readdirSync(join(path, ".tanafuda"))).toEqual([".gitignore"]);
  });

  it("does not take a recycled process number for the old process", async () => {
    const path = workspace();
    {
      using _ = await openStore(path).writer(options("test"));
      const record = JSON.parse(readFileSync(join(path, ".tanafuda/lock"), "utf8"));
      // This very process number, but begun at another time: that process is dead.
      writeFileSync(join(folder, "old"), JSON.stringify({ ...record, start: "1", token: "old" }));
    }
    writeFileSync(join(path, ".tanafuda/lock"), readFileSync(join(folder, "old")));
    using writer = await openStore(path).writer(options("test"));
    expect(writer).toBeDefined();
  });

  it.each([
    ["another host", { host: `not-${hostname()}` }],
    ["another machine of the same name", { machine: "0123456789abcdef" }],
    ["another container", { namespace: "pid:[1]" }],
  ])("is never taken over from %s", async (_, changes) => {
    const path = workspace();
    const record = (await holderRecord(path)) ?? {};
    writeFileSync(
      join(path, ".tanafuda/lock"),
      JSON.stringify({ ...record, pid: 2 ** 22 + 1, ...changes }),
    );
    const { code, values } = await refusal(path);
    expect(code).toBe("registry/locked-elsewhere");
    expect(values).toMatchObject({ file: join(path, ".tanafuda/lock"), pid: 2 ** 22 + 1 });
  });

  it("is taken over after the machine was started anew", async () => {
    const path = workspace();
    const record = await holderRecord(path);
    writeFileSync(
      join(path, ".tanafuda/lock"),
      JSON.stringify({ ...record, boot: "an-earlier-one" }),
    );
    using writer = await openStore(path).writer(options("test"));
    expect(writer).toBeDefined();
  });

  it("says so when it cannot be read", async () => {
    const path = emptyFolder();
    mkdirSync(join(path, ".tanafuda"));
    writeFileSync(join(path, ".tanafuda/lock"), "");
    expect((await refusal(path)).code).toBe("registry/lock-unreadable");
  });

  it.each([
    ["with hard links", "link"],
    ["on a file system without hard links", "no-link"],
  ])("has one holder at a time when many race for it and some die, %s", async (_, links) => {
    // Each child sleeps at random before every step on the file system, so that steps of different
    // children fall between each other in many ways; whoever holds the lock proves to be alone by
    // making a file that must not exist. Half of the holders then die with the lock in their hands.
    const racer = script(
      "race",
      `import fs from "node:fs";
       import { syncBuiltinESMExports } from "node:module";
       const real = { ...fs };
       const nap = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Math.random() * 6);
       for (const name of ["linkSync", "renameSync", "rmSync", "readFileSync", "rmdirSync"]) {
         fs[name] = (...given) => { nap(); return real[name](...given); };
       }
       if (process.argv[3] === "no-link") {
         fs.linkSync = () => { throw Object.assign(new Error("no links"), { code: "EPERM" }); };
       }
       syncBuiltinESMExports();
       const alone = workspace + "/alone";
       for (let held = 0; held < 2; ) {
         let writer;
         try { writer = await take(); } catch (error) {
           if (error.code !== "registry/locked") throw error;
           nap();
           continue;
         }
         real.closeSync(real.openSync(alone, "wx"));
         nap();
         real.writeSync(1, "held\\n");
         real.rmSync(alone);
         held++;
         if (Math.random() < 0.5) process.kill(process.pid, "SIGKILL");
         writer.release();
       }`,
    );
    for (let round = 0; round < 2; round++) {
      const path = emptyFolder();
      const children = Array.from({ length: 6 }, () => runChild(racer, path, links));
      const ends = await Promise.all(children.map(({ ended }) => ended));
      expect(ends.map(({ errors }) => errors).join("")).toBe("");
      const held = children.map(({ lines }) => lines.length);
      // A child ends by dying with the lock or after having held it twice.
      const whole = ends.map(({ signal }, i) => signal === "SIGKILL" || held[i] === 2);
      expect(whole).not.toContain(false);
      expect(Math.min(...held)).toBeGreaterThan(0);
      using _ = await openStore(path).writer(options("test"));
      expect(readdirSync(join(path, ".tanafuda")).sort()).toEqual([".gitignore", "lock"]);
    }
  });
});

async function holderRecord(path: string) {
  using _ = await openStore(path).writer(options("test"));
  return openStore(path).holder();
}
