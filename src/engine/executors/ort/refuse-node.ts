/** Which op of a program a device has no kernel for: the first whose prefix of the program is refused. */
import { Problem } from "../../../base/index.ts";
import { edgesOf, type Node, nodesOf, type ProgramSpec, type Tensor } from "../../graph/index.ts";
import { type DeviceName, lacksKernel, sessionOptions, wordsOf } from "./device.ts";
import type { Library } from "./library.ts";
import { modelOf } from "./model.ts";

export async function refuseNode(
  library: Pick<Library, "ort">,
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
  const node = computed[refused - 1];
  const show = (edges: readonly Tensor[]) => edges.map(({ shape }) => `[${shape.join(", ")}]`);
  const shapes = [...show(tensors(node.inputs)), "→", ...show(tensors(edgesOf(node)))].join(" ");
  throw new Problem(
    "engine/node-refused",
    {
      library: `ONNX Runtime (${device})`,
      op: node.op,
      shapes,
      origin: node.origin(),
      message: wordsOf(cause.message),
    },
    { cause },
  );

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
