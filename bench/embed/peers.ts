/** The libraries and modes that embed beside ours. */
import { type Asked, type Child, startPeer } from "../harness/index.ts";

export interface Peer {
  readonly name: string;
  readonly bf16: boolean;
  readonly script: "embed" | "embed_onnx";
  readonly options: Asked;
}

const torch = (name: string, chosen: Partial<Record<TorchSwitch, boolean>>): Peer => ({
  name: `PyTorch ${name}`,
  bf16: chosen.bf16 ?? false,
  script: "embed",
  options: { compiled: false, channels_last: false, bf16: false, frozen: false, ...chosen },
});

const onnx = (name: string, library: string, precision: "f32" | "bf16"): Peer => ({
  name: precision === "bf16" ? `${name} bf16` : name,
  bf16: precision === "bf16",
  script: "embed_onnx",
  options: { library, precision },
});

type TorchSwitch = "compiled" | "channels_last" | "bf16" | "frozen";

export const peers: readonly Peer[] = [
  torch("f32", {}),
  torch("f32 channels_last", { channels_last: true }),
  torch("frozen f32", { frozen: true }),
  torch("frozen f32 channels_last", { frozen: true, channels_last: true }),
  torch("bf16 channels_last", { bf16: true, channels_last: true }),
  torch("compiled f32", { compiled: true }),
  torch("compiled f32 channels_last", { compiled: true, channels_last: true }),
  torch("compiled bf16 channels_last", { compiled: true, bf16: true, channels_last: true }),
  onnx("ONNX Runtime", "onnxruntime", "f32"),
  onnx("OpenVINO", "openvino", "f32"),
  onnx("OpenVINO", "openvino", "bf16"),
];

export function startEmbedder({ name, script }: Peer): Promise<Child> {
  return startPeer(script, { name });
}
