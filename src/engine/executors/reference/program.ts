/** The reference executor: slow, plain, in float64 between float32 inputs and outputs. */
import { Problem } from "../../../base/index.ts";
import { type ProgramSpec, sizeOf, type Tensor, verify } from "../../graph/index.ts";
import { bindingsOf, checkInputs, checkValues, ownedNode, wantedOutputs } from "../bindings.ts";
import type { Executor, Program, Values } from "../executor.ts";
import { requireSamePlan } from "../replay.ts";
import { evaluate } from "./evaluate.ts";

export function referenceExecutor(): Executor {
  return {
    name: "reference",
    description: { library: "none", precision: "float64" },
    async compile(spec, { plan: earlier } = {}) {
      requireSamePlan(earlier, plan);
      return compile(spec);
    },
    memoryOf: async () => undefined,
    dispose: async () => {},
  };
}

const plan = { executor: "reference" } as const;

function compile(spec: ProgramSpec): Program {
  verify(spec);
  const bindings = bindingsOf(spec);
  // Owned values are float32 as in every executor, so that a checkpoint holds them exactly.
  const owned = new Map<string, Float32Array>();
  for (const [name, { attributes }] of bindings.owned) {
    owned.set(name, new Float32Array(sizeOf(attributes.shape)));
  }
  const { outputs, updates = [] } = spec;
  const tensors = [...Object.values(outputs), ...updates.map(([, next]) => next)];
  let disposed = false;
  const alive = () => {
    if (disposed) throw new Problem("engine/program-disposed", { executor: "reference" });
  };

  return {
    plan,
    async run(inputs = {}, { outputs: wanted } = {}) {
      alive();
      checkInputs(bindings, inputs);
      const brought = wantedOutputs(spec, wanted);
      const values = evaluate(tensors, widened({ ...Object.fromEntries(owned), ...inputs }));
      const found = values.map((value) => Float32Array.from(value));
      const names = Object.keys(outputs);
      for (const [i, [target]] of updates.entries()) {
        owned.set(nameOf(target), found[names.length + i]);
      }
      return Object.fromEntries(brought.map((name) => [name, found[names.indexOf(name)]]));
    },
    async read(name) {
      alive();
      ownedNode(bindings, name);
      return Float32Array.from(owned.get(name) ?? []);
    },
    async write(name, values) {
      alive();
      checkValues(ownedNode(bindings, name), values);
      owned.set(name, Float32Array.from(values));
    },
    async dispose() {
      disposed = true;
      owned.clear();
    },
  };
}

function widened(values: Readonly<Record<string, Values>>): Map<string, Float64Array> {
  return new Map(Object.entries(values).map(([name, x]) => [name, Float64Array.from(x)]));
}

function nameOf({ node }: Tensor): string {
  return node.op === "placeholder" ? node.attributes.name : "";
}
