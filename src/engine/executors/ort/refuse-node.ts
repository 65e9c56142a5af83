/** What a device cannot compute, and so refuses before it runs, with the op that is the reason. */
import { Problem } from "../../../base/index.ts";
import { edgesOf, type Node, nodesOf, type ProgramSpec, type Tensor } from "../../graph/index.ts";
import { type DeviceName, lacksKernel, type Sessions, sessionOptions, wordsOf } from "./device.ts";
import { modelOf } from "./model.ts";

/** The library's WebGPU kernels end the process at some tensors of no elements. */
export function refuseEmpty(spec: ProgramSpec, device: DeviceName): void {
  if (device === "cpu") return;
  const empty = nodesOf(spec).find((node) =>
    tensors(edgesOf(node)).some(({ shape }) => shape.includes(0)),
  );
  if (!empty) return;
  const message = "tensors of no elements are computed on the processor only";
  throw problemOf(empty, { device, message });
}

/** The first op whose prefix of the program is refused: the library does not say which it was. */
export async function refuseNode(
  library: { readonly ort: Sessions },
  spec: ProgramSpec,
  { device, cause }: { device: DeviceName; cause: Error },
): Promise<never> {
  const computed = nodesOf(spec).filter((node) => node.inputs.length > 0);
  let [fine, refused] = [0, computed.length];
  while (refused - fine > 1) {
    const middle = (fine + refused) >> 1;
    if (await isRefused(computed.slice(0, middle))) refused = middle;
    else fine = middle;
  }
  throw problemOf(computed[refused - 1], { device, message: wordsOf(cause.message), cause });

  async function isRefused(prefix: readonly Node[]): Promise<boolean> {
    const found = prefix.flatMap((each) => tensors(edgesOf(each)));
    const outputs = Object.fromEntries(found.map((tensor, i) => [`${i}`, tensor]));
    const { bytes } = modelOf({ outputs }, { block: 1, device });
    try {
      const session = await library.ort.InferenceSession.create(bytes, sessionOptions(device, 1));
      await session.release();
      return false;
    } catch (again) {
      if (again instanceof Error && lacksKernel(again)) return true;
      throw again;
    }
  }
}

function tensors(edges: Node["inputs"]): readonly Tensor[] {
  return edges.filter((edge) => edge.kind === "tensor");
}

function problemOf(
  node: Node,
  { device, message, cause }: { device: DeviceName; message: string; cause?: Error },
): Problem {
  const show = (edges: Node["inputs"]) =>
    tensors(edges).map(({ shape }) => `[${shape.join(", ")}]`);
  const shapes = [...show(node.inputs), "→", ...show(edgesOf(node))].join(" ");
  const library = `ONNX Runtime (${device})`;
  const origin = node.origin();
  return new Problem(
    "engine/node-refused",
    { library, op: node.op, shapes, origin, message },
    { cause },
  );
}
