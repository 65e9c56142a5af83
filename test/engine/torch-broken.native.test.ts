/** A file that is no library: refused in a sentence, in a process that has loaded none. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { findTorch, torchExecutor } from "../../src/engine/index.ts";

it("refuses a library that does not load, in the loader's words", async () => {
  const root = await mkdtemp(join(tmpdir(), "tanafuda-torch-"));
  const folder = join(root, "lib");
  await mkdir(folder);
  for (const file of ["libtorch_cpu.so", "libtorch_cpu.dylib", "torch_cpu.dll"]) {
    await writeFile(join(folder, file), "no library");
  }
  const library = await findTorch({ environment: { TANAFUDA_TORCH: root } });
  await expect(torchExecutor({ library })).rejects.toMatchObject({
    code: "engine/torch-unusable",
    values: { reason: "notLoadable", path: folder, found: expect.stringMatching(/load/) },
  });
  await rm(root, { recursive: true });
});
