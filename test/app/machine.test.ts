/** Which executor is chosen, by whom, and what is refused: with executors that may or may not be here. */
import { expect, test } from "vitest";
import { openExecutor } from "../../src/app/executor.ts";
import { chooseMachine, type ExecutorFacts } from "../../src/app/machine.ts";
import { type Event, Problem } from "../../src/base/index.ts";
import { refusal } from "./place.ts";

const here = async () => ({ path: "/lib/x", from: "/lib" });
const gone = (code: "app/onednn-missing" | "engine/torch-missing") => async () => {
  throw new Problem(code, { installable: "yes", least: "2.11" });
};

function known({
  onednn = here,
  torch = here,
}: Partial<Record<string, ExecutorFacts["find"]>> = {}) {
  const all = ["auto", "f32", "bf16"] as const;
  const facts: ExecutorFacts[] = [
    {
      name: "onednn",
      devices: /^cpu$/,
      precisions: all,
      needs: { bf16: ["avx512f", "bf16"] },
      byDefault: true,
      find: onednn,
      missing: "app/onednn-missing",
    },
    {
      name: "ort",
      devices: /^(cpu|webgpu)$/,
      precisions: ["auto", "f32"],
      byDefault: true,
      find: here,
    },
    {
      name: "torch",
      devices: /^(cpu|cuda(:\d+)?|mps)$/,
      precisions: all,
      byDefault: false,
      find: torch,
      missing: "engine/torch-missing",
    },
  ];
  return facts;
}

test.each([
  [{}, {}, "onednn", "cpu"],
  [{ device: "cuda" }, {}, "torch", "cuda"],
  [{ device: "cuda:1" }, {}, "torch", "cuda:1"],
  [{ device: "webgpu" }, {}, "ort", "webgpu"],
  [{ executor: "ort" }, {}, "ort", "cpu"],
  [{}, { executor: "ort" }, "ort", "cpu"],
  [{}, { device: "mps" }, "torch", "mps"],
  [{ device: "cuda" }, { executor: "onednn" }, "torch", "cuda"],
  [{ executor: "torch" }, { executor: "onednn" }, "torch", "cpu"],
] as const)("%j over %j is %s on %s", async (choice, file, executor, device) => {
  expect(await chooseMachine({ ...choice, threads: 3 }, file, known())).toEqual({
    executor,
    device,
    threads: 3,
    precision: "auto",
  });
});

test("without oneDNN it is ort where nobody chose, and a refusal where somebody did", async () => {
  const without = known({ onednn: gone("app/onednn-missing") });
  expect(await chooseMachine({}, {}, without)).toMatchObject({ executor: "ort" });
  const asked = await refusal(chooseMachine({ executor: "onednn" }, {}, without));
  expect(asked.code).toBe("app/onednn-missing");
});

test("a device without its library is refused, not replaced", async () => {
  const without = known({ torch: gone("engine/torch-missing") });
  const found = await refusal(chooseMachine({ device: "cuda" }, {}, without));
  expect(found.code).toBe("engine/torch-missing");
});

test("a library that is named and is not there stops even the default", async () => {
  const broken = known({
    onednn: async () => {
      throw new Problem("engine/library-missing", { library: "oneDNN", message: "" });
    },
  });
  expect((await refusal(chooseMachine({}, {}, broken))).code).toBe("engine/library-missing");
});

test.each([
  [{ executor: "tfjs" }, "app/executor-unknown", { known: "onednn, ort, torch" }],
  [{ device: "tpu" }, "app/device-unknown", { device: "tpu" }],
  [{ device: "cuda", executor: "ort" }, "app/device-unserved", { able: "torch", count: 1 }],
  [{ device: "xpu" }, "app/device-unserved", { count: 0 }],
  [{ precision: "f64" }, "app/precision-unknown", { known: "auto, f32, bf16" }],
  [
    { executor: "ort", precision: "bf16" },
    "app/precision-unserved",
    { able: "onednn, torch", executor: "ort" },
  ],
] as const)("%j is refused as %s", async (choice, code, values) => {
  expect(await refusal(chooseMachine(choice, {}, known()))).toMatchObject({ code, values });
});

test.each([
  [["avx2"], "onednn", "cpu", "app/precision-beyond-processor"],
  [["avx2", "avx512f"], "onednn", "cpu", undefined],
  [["asimd", "bf16"], "onednn", "cpu", undefined],
  [undefined, "onednn", "cpu", undefined],
  [["avx2"], "torch", "cpu", undefined],
  [["avx2"], "torch", "cuda", undefined],
] as const)(
  "bf16 on a processor with %j by %s on %s: %s",
  async (features, executor, device, code) => {
    const choice = { executor, device, precision: "bf16" };
    const chosen = chooseMachine(choice, {}, known(), features);
    if (code === undefined) expect(await chosen).toMatchObject({ executor, precision: "bf16" });
    else {
      const values = { needed: "avx512f, bf16", able: "torch" };
      expect(await refusal(chosen)).toMatchObject({ code, values });
    }
  },
);

test("the reference says that it is there to check others", async () => {
  const events: Event[] = [];
  const machine = { executor: "reference", threads: 1, precision: "auto", device: "cpu" } as const;
  const executor = await openExecutor(machine, { emit: (event) => events.push(event) });
  await executor.dispose();
  expect(events).toMatchObject([
    { level: "info", code: "app/executor-chosen" },
    { level: "warning", code: "app/executor-checks-only", values: { executor: "reference" } },
  ]);
});
