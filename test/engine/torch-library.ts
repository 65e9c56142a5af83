/** The PyTorch that tests run on, or why there is none and what installs it. */
import { join } from "node:path";
import koffi from "koffi";
import { it } from "vitest";
import { askPython } from "../../src/app/job/python.ts";
import { Problem } from "../../src/base/index.ts";
import { type FoundTorch, findTorch } from "../../src/engine/index.ts";

const found = await findTorch({ ask: askPython }).catch((error: unknown) => {
  if (error instanceof Problem && error.code === "engine/torch-missing") return undefined;
  throw error;
});

/** The device that they run on: `TANAFUDA_TORCH_DEVICE=cuda` holds a GPU against the reference. */
export const device = process.env.TANAFUDA_TORCH_DEVICE ?? "cpu";

/** Runs the tests with the library; where none is found, one is skipped that says what installs it. */
export function withTorch(tests: (library: FoundTorch) => void): void {
  if (found) tests(found);
  else
    it("executor torch", (context) => {
      context.skip("no PyTorch here: python3 -m pip install torch, or set TANAFUDA_TORCH");
    });
}

/** What the library was told of cuDNN: only what repeats, and to try what there is. */
export function convolutionSettings({ folder }: FoundTorch): [repeats: boolean, tries: boolean] {
  const library = koffi.load(join(folder, "libtorch_cpu.so"));
  const context = library.func("void *_ZN2at13globalContextEv()")();
  const [repeats, tries] = ["18deterministicCuDNN", "14benchmarkCuDNN"].map((name): boolean =>
    library.func(`bool _ZNK2at7Context${name}Ev(void *)`)(context),
  );
  return [repeats, tries];
}
