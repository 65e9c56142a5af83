/** The modes in which PyTorch is tried, each with and without another allocator. */
import { execFileSync } from "node:child_process";
import { type Child, chosenPeers, startPeer } from "../harness/index.ts";

export interface Mode {
  readonly name: string;
  readonly compiled: boolean;
  readonly channelsLast: boolean;
  readonly bf16: boolean;
  /** Float32 in the rounding of CUDA's matrix units. */
  readonly tf32: boolean;
  /** Path of the library to preload, and the mode's name without it. */
  readonly tcmalloc?: string;
  readonly without?: string;
}

const plain: readonly Mode[] = [
  { name: "f32", compiled: false, channelsLast: false, bf16: false, tf32: false },
  { name: "f32 channels_last", compiled: false, channelsLast: true, bf16: false, tf32: false },
  { name: "bf16", compiled: false, channelsLast: false, bf16: true, tf32: false },
  { name: "bf16 channels_last", compiled: false, channelsLast: true, bf16: true, tf32: false },
  { name: "compiled f32", compiled: true, channelsLast: false, bf16: false, tf32: false },
  {
    name: "compiled f32 channels_last",
    compiled: true,
    channelsLast: true,
    bf16: false,
    tf32: false,
  },
  {
    name: "compiled bf16 channels_last",
    compiled: true,
    channelsLast: true,
    bf16: true,
    tf32: false,
  },
];

const onCuda: readonly Mode[] = [
  { name: "tf32 channels_last", compiled: false, channelsLast: true, bf16: false, tf32: true },
];

/** What the executor `torch` has a counterpart for on this device. */
export function eagerModes(device: string): readonly Mode[] {
  return on(device).filter(({ compiled }) => !compiled);
}

function on(device: string): readonly Mode[] {
  return device.startsWith("cuda") ? [...plain, ...onCuda] : plain;
}

export interface Modes {
  readonly modes: readonly Mode[];
  /** What could not be tried, and why. */
  readonly notes: readonly string[];
}

/** Those whose name has one of the texts in it, or all. */
export function torchModes(texts?: readonly string[], device = "cpu"): Modes {
  const { modes, notes } = device === "cpu" ? allModes() : { modes: on(device), notes: [] };
  const { peers, notes: left } = chosenPeers(modes, texts);
  return { modes: peers, notes: [...notes, ...left] };
}

function allModes(): Modes {
  const tcmalloc = findTcmalloc();
  if (tcmalloc === undefined) {
    const cure = "on Debian and Ubuntu: apt install libtcmalloc-minimal4";
    return { modes: plain, notes: [`no tcmalloc here, so no mode was tried with it (${cure})`] };
  }
  const faster = plain.map((mode) => {
    const without = mode.name;
    return { ...mode, name: `${without} + tcmalloc`, tcmalloc, without };
  });
  return { modes: [...plain, ...faster], notes: [] };
}

export async function startMode(script: string, { name, tcmalloc }: Mode): Promise<Child> {
  return await startPeer(script, {
    name: `PyTorch ${name}`,
    ...(tcmalloc !== undefined && { environment: { LD_PRELOAD: tcmalloc } }),
  });
}

/** What the dynamic loader would find; the minimal library first, as it does nothing but allocate. */
function findTcmalloc(): string | undefined {
  try {
    const cache = execFileSync("ldconfig", ["-p"], { encoding: "utf8" });
    const found = (name: string) => new RegExp(`${name}\\.so\\.4 .*=> (\\S+)`).exec(cache)?.[1];
    return found("libtcmalloc_minimal") ?? found("libtcmalloc");
  } catch {
    return undefined;
  }
}
