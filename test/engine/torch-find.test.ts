/** Where a PyTorch is looked for, on folders made for it: nothing is loaded. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { findTorch } from "../../src/engine/index.ts";

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "tanafuda-torch-"));
});
afterAll(() => rm(root, { recursive: true }));

const names: Readonly<Record<string, string>> = {
  darwin: "libtorch_cpu.dylib",
  win32: "torch_cpu.dll",
};
const file = names[process.platform] ?? "libtorch_cpu.so";

async function installed(place: string, version?: string): Promise<string> {
  const folder = join(root, place);
  await mkdir(join(folder, "lib"), { recursive: true });
  await writeFile(join(folder, "lib", file), "");
  if (version) await writeFile(join(folder, "version.py"), `__version__ = '${version}'\n`);
  return folder;
}

it("takes the package that is named, or its folder of libraries", async () => {
  const folder = await installed("named", "2.15.0+cpu");
  const expected = { folder: join(folder, "lib"), version: "2.15.0+cpu", by: "TANAFUDA_TORCH" };
  for (const TANAFUDA_TORCH of [folder, join(folder, "lib")]) {
    expect(await findTorch({ environment: { TANAFUDA_TORCH } })).toEqual(expected);
  }
});

it("takes the named one before the virtual environment's, and that before Python's", async () => {
  const VIRTUAL_ENV = join(root, "venv");
  const inside = await installed("venv/lib/python3.12/site-packages/torch", "2.13.0");
  const pythons = await installed("python", "3.0.1");
  const ask = async () => pythons;
  const named = await installed("first", "2.14.1");
  const by = (environment: Record<string, string>) => findTorch({ environment, ask });
  expect(await by({ TANAFUDA_TORCH: named, VIRTUAL_ENV })).toMatchObject({ version: "2.14.1" });
  expect(await by({ VIRTUAL_ENV })).toMatchObject({
    folder: join(inside, "lib"),
    by: "VIRTUAL_ENV",
  });
  expect(await by({ VIRTUAL_ENV: root })).toMatchObject({ version: "3.0.1", by: "python" });
  expect(await by({})).toMatchObject({ by: "python" });
});

it("knows no version where the files tell none", async () => {
  const TANAFUDA_TORCH = await installed("silent");
  const found = await findTorch({ environment: { TANAFUDA_TORCH } });
  expect(found).toEqual({ folder: join(TANAFUDA_TORCH, "lib"), by: "TANAFUDA_TORCH" });
});

it("says what to install where there is none", async () => {
  const missing = { code: "engine/torch-missing", values: { least: "2.11" } };
  await expect(findTorch({ environment: {} })).rejects.toMatchObject(missing);
  const asked = findTorch({ environment: { VIRTUAL_ENV: root }, ask: async () => undefined });
  await expect(asked).rejects.toMatchObject(missing);
});

it.each(["2.10.1+cu126", "1.13.0", "2.9.0"])("refuses version %s", async (version) => {
  const TANAFUDA_TORCH = await installed(`old-${version}`, version);
  await expect(findTorch({ environment: { TANAFUDA_TORCH } })).rejects.toMatchObject({
    code: "engine/torch-unusable",
    values: { reason: "tooOld", found: version, least: "2.11" },
  });
});

it("does not pass by a named place that holds none", async () => {
  const pythons = await installed("other", "2.15.0");
  const environment = { TANAFUDA_TORCH: join(root, "nowhere") };
  const found = findTorch({ environment, ask: async () => pythons });
  await expect(found).rejects.toMatchObject({
    code: "engine/torch-unusable",
    values: { reason: "noLibrary", path: environment.TANAFUDA_TORCH, found: file },
  });
});
