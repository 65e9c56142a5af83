/**
 * The functions of PyTorch's stable C ABI (`torch/csrc/stable/c/shim.h`, `aoti_torch/c/shim.h`) by name
 * and type. Nothing else in this folder touches the foreign-function library. See README.md for who
 * owns what.
 */
import koffi from "koffi";

/** A tensor handle, a list or a string of the library; 0 is none. */
export type Handle = bigint;

/** 0 is success; else `words` has the reason until the next failure. */
type Status = number;

export interface Functions {
  /** 8 bits major, 8 bits minor, 8 bits patch, from the top. */
  readonly abiVersion: () => bigint;
  /** Null where the library is too old to hand them over (before 2.13 it writes them to standard error). */
  readonly words: () => string | null;
  readonly setGradients: (enabled: boolean) => void;

  readonly dispatch: (
    name: string,
    overload: string,
    stack: BigUint64Array,
    abiVersion: bigint,
  ) => Status;
  readonly subtract: (left: Handle, right: Handle, alpha: number, made: BigUint64Array) => Status;
  readonly copyInto: (to: Handle, from: Handle, nonBlocking: number) => Status;
  readonly emptyStrided: (
    axes: number,
    sizes: BigInt64Array,
    strides: BigInt64Array,
    dtype: number,
    deviceType: number,
    deviceIndex: number,
    made: BigUint64Array,
  ) => Status;
  /** Wraps memory without owning it. */
  readonly fromBlob: (
    data: ArrayBufferView,
    axes: number,
    sizes: BigInt64Array,
    strides: BigInt64Array,
    offset: number,
    dtype: number,
    deviceType: number,
    deviceIndex: number,
    made: BigUint64Array,
  ) => Status;
  readonly anotherHandle: (tensor: Handle, made: BigUint64Array) => Status;
  readonly deleteTensor: (tensor: Handle) => Status;

  readonly newList: (reserved: number, made: BigUint64Array) => Status;
  readonly push: (list: Handle, element: bigint) => Status;
  readonly newBox: (made: BigUint64Array) => Status;
  readonly newString: (text: Buffer, length: number, made: BigUint64Array) => Status;
  /** Fills a box: what it points to is 64 bits of ours. */
  readonly fill: (box: Handle, value: bigint) => void;

  readonly parseDevice: (name: string, type: Uint32Array, index: Int32Array) => Status;
  readonly threads: (found: Uint32Array) => Status;
  /** Of the C++ interface, by its name in the library; undefined where a compiler named it otherwise. */
  readonly setThreads: ((count: number) => void) | undefined;
  readonly setDeterministic: ((enabled: boolean) => void) | undefined;
  /** Whether cuDNN tries its algorithms for each shape it has not met, and keeps the fastest. */
  readonly setTrying: ((enabled: boolean) => void) | undefined;
  /** Whether CUDA may round float32 operands of convolutions and products to TF32. */
  readonly setTf32: ((enabled: boolean) => void) | undefined;

  readonly dtypes: Readonly<Record<"f32" | "i32" | "bf16", number>>;
  /** The type of the device that JavaScript's memory is on. */
  readonly host: number;
}

/** Loads a library for what it registers; its functions are found through the first. Throws if it cannot. */
export function load(path: string): void {
  koffi.load(path);
}

export function bind(path: string): Functions {
  const library = koffi.load(path);
  const dtype = (name: string): number => library.func(`int32_t aoti_torch_dtype_${name}()`)();
  return {
    abiVersion: library.func("uint64_t aoti_torch_abi_version()"),
    words:
      optional(() => library.func("const char *torch_exception_get_what_without_backtrace()")) ??
      (() => null),
    setGradients: library.func("void aoti_torch_grad_mode_set_enabled(bool)"),
    dispatch: library.func(
      "int32_t torch_call_dispatcher(const char *, const char *, void *, uint64_t)",
    ),
    subtract: library.func(
      "int32_t aoti_torch_aten_subtract_Tensor(uint64_t, uint64_t, double, void *)",
    ),
    copyInto: library.func("int32_t aoti_torch_copy_(uint64_t, uint64_t, int32_t)"),
    emptyStrided: library.func(
      "int32_t aoti_torch_empty_strided(int64_t, void *, void *, int32_t, int32_t, int32_t, void *)",
    ),
    fromBlob: library.func(
      "int32_t aoti_torch_create_tensor_from_blob(void *, int64_t, void *, void *, int64_t, int32_t, int32_t, int32_t, void *)",
    ),
    anotherHandle: library.func("int32_t aoti_torch_new_tensor_handle(uint64_t, void *)"),
    deleteTensor: library.func("int32_t aoti_torch_delete_tensor_object(uint64_t)"),
    newList: library.func("int32_t torch_new_list_reserve_size(uint64_t, void *)"),
    push: library.func("int32_t torch_list_push_back(uint64_t, uint64_t)"),
    newBox:
      optional(() => library.func("int32_t torch_new_stable_ivalue(void *)")) ?? ownBoxes(library),
    newString: library.func("int32_t torch_new_string_handle(void *, uint64_t, void *)"),
    fill: (box, value) => koffi.encode(box, "uint64_t", value),
    parseDevice: library.func("int32_t torch_parse_device_string(const char *, void *, void *)"),
    threads: library.func("int32_t torch_get_num_threads(void *)"),
    setThreads: optional(() => library.func("void _ZN2at15set_num_threadsEi(int)")),
    setDeterministic: optional(() => settings(library, ["setDeterministicCuDNN"])),
    setTrying: optional(() => settings(library, ["setBenchmarkCuDNN"])),
    setTf32: optional(() => settings(library, ["setAllowTF32CuDNN", "setAllowTF32CuBLAS"])),
    dtypes: { f32: dtype("float32"), i32: dtype("int32"), bf16: dtype("bfloat16") },
    host: library.func("int32_t aoti_torch_device_type_cpu()")(),
  };
}

/** Settings of the library's global context, by their names in the C++ interface: all get one value. */
function settings(
  library: ReturnType<typeof koffi.load>,
  names: readonly string[],
): (enabled: boolean) => void {
  const context = library.func("void *_ZN2at13globalContextEv()");
  const setters = names.map((name) =>
    library.func(`void _ZN2at7Context${name.length}${name}Eb(void *, bool)`),
  );
  return (enabled) => {
    for (const set of setters) set(context(), enabled);
  };
}

/** Before 2.13: a box is 64 bits from C++'s `operator new`, which the library gives back by `delete`. */
function ownBoxes(library: ReturnType<typeof koffi.load>): (made: BigUint64Array) => Status {
  const allocate = library.func("uint64_t _Znwm(uint64_t)");
  return (made) => {
    made[0] = BigInt(allocate(8));
    return 0;
  };
}

function optional<T>(find: () => T): T | undefined {
  try {
    return find();
  } catch {
    return undefined;
  }
}
