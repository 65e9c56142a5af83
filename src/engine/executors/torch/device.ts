/** A device of the library by name: cpu, cuda, cuda:1, mps, xpu. One that is not there is refused. */
import { Problem } from "../../../base/index.ts";
import type { Handle } from "./ffi.ts";
import { check, type Library, loadPart, make, wordsOf } from "./library.ts";

export interface Device {
  readonly name: string;
  readonly kind: Kind;
  readonly type: number;
  readonly index: number;
}

const kinds = ["cpu", "cuda", "mps", "xpu"] as const;
type Kind = (typeof kinds)[number];

export function openDevice(library: Library, name: string): Device {
  const device = parse(library, name);
  const missing = device ? whyMissing(library, device) : "–";
  if (device && missing === undefined) return device;
  const known = devicesOf(library).join(", ");
  throw new Problem("engine/device-missing", { name, known, message: missing ?? "–" });
}

/** The names of all devices that answer. */
function devicesOf(library: Library): string[] {
  return kinds.flatMap((kind) => {
    const found: string[] = [];
    for (let i = 0; i < 64; i++) {
      const device = parse(library, `${kind}:${i}`);
      if (!device || whyMissing(library, device) !== undefined) break;
      found.push(kind === "cpu" ? kind : device.name);
      if (kind === "cpu" || kind === "mps") break;
    }
    return found;
  });
}

function parse(library: Library, name: string): Device | undefined {
  const kind = kinds.find((known) => known === name.split(":")[0]);
  if (!kind || !/^[a-z]+(:\d{1,2})?$/.test(name)) return undefined;
  const [type, index] = [new Uint32Array(1), new Int32Array(1)];
  check(library, library.functions.parseDevice(name, type, index));
  return { name, kind, type: type[0], index: kind === "cpu" ? -1 : Math.max(0, index[0]) };
}

/** Tries to make one element there. */
function whyMissing(library: Library, device: Device): string | undefined {
  const { functions } = library;
  const failed = loadPart(library, device.kind);
  if (failed !== undefined) return failed;
  const one = BigInt64Array.of(1n);
  const made = new BigUint64Array(1);
  const { type, index } = device;
  const { f32 } = functions.dtypes;
  if (functions.emptyStrided(1, one, one, f32, type, index, made) !== 0) return wordsOf(library);
  functions.deleteTensor(made[0]);
  return undefined;
}

/** Where elements lie: plain row-major, or with the channels of pictures innermost. */
export interface Layout {
  readonly sizes: BigInt64Array;
  readonly strides: BigInt64Array;
  readonly dtype: number;
}

export function layoutOf(shape: readonly number[], dtype: number, channelsLast = false): Layout {
  const inner =
    channelsLast && shape.length === 4 ? [1, 3, 2, 0] : shape.map((_, i) => i).reverse();
  const strides = new BigInt64Array(shape.length);
  let stride = 1;
  for (const axis of inner) {
    strides[axis] = BigInt(stride);
    stride *= Math.max(1, shape[axis]);
  }
  return { sizes: BigInt64Array.from(shape, BigInt), strides, dtype };
}

/** A tensor of its own on the device, with these values. */
export function toDevice(
  library: Library,
  device: Device,
  { values, plain, target }: { values: ArrayBufferView; plain: Layout; target: Layout },
): Handle {
  const { functions } = library;
  const { sizes, strides, dtype } = target;
  const { type, index } = device;
  const tensor = make(library, (made) =>
    functions.emptyStrided(sizes.length, sizes, strides, dtype, type, index, made),
  );
  if (values.byteLength === 0) return tensor;
  const status = throughBlob(library, { values, layout: plain }, (blob) =>
    functions.copyInto(tensor, blob, 0),
  );
  if (status === 0) return tensor;
  const words = wordsOf(library);
  functions.deleteTensor(tensor);
  throw new Problem("engine/library-refused", { library: "PyTorch", message: words });
}

/** Brings a tensor's values into this array, in plain order. */
export function fromDevice(
  library: Library,
  tensor: Handle,
  { values, layout }: { values: ArrayBufferView; layout: Layout },
): void {
  if (values.byteLength === 0) return;
  const copy = (blob: Handle) => library.functions.copyInto(blob, tensor, 0);
  check(library, throughBlob(library, { values, layout }, copy));
}

/** The array as a tensor on the host for the length of one call; the call keeps it referenced. */
function throughBlob(
  library: Library,
  { values, layout }: { values: ArrayBufferView; layout: Layout },
  use: (blob: Handle) => number,
): number {
  const { functions } = library;
  const { sizes, strides, dtype } = layout;
  const blob = make(library, (made) =>
    functions.fromBlob(values, sizes.length, sizes, strides, 0, dtype, functions.host, -1, made),
  );
  const status = use(blob);
  functions.deleteTensor(blob);
  return status;
}
