/** Steps on their memory: the primitives and memory handles that run them, until they are released. */
import { packArguments } from "./calls.ts";
import { type Address, addressOf, type Mapped } from "./ffi.ts";
import { bytesOf, type Held, type Storage } from "./held.ts";
import { type Library, roles } from "./library.ts";
import type { Arena } from "./liveness.ts";
import { refusal } from "./refusal.ts";
import type { Argument, Place, Step } from "./step.ts";

export interface Binding {
  readonly place: Place;
  /** What runs the step. */
  bind(step: Step): () => void;
  /**
   * Has steps read a storage that is `lendable` where the values lie, until what is handed back is
   * called: no longer than for a run, while the array is referenced.
   */
  lend(storage: Storage, values: Float32Array): () => void;
  /** Destroys primitives and memories; the memory itself and the descriptions are the caller's. */
  release(): void;
}

interface Bound {
  readonly library: Library;
  readonly arena: Arena;
  readonly mapped: Mapped;
  /** Storages whose memory handles may be moved, and so are no other storage's. */
  readonly lendable?: ReadonlySet<Storage>;
}

export function bindingTo({ library, arena, mapped, lendable = new Set() }: Bound): Binding {
  const lent = new Map<Storage, { readonly memory: Address; readonly held: Held }[]>();
  const memories = new Map<string, Address>();
  const numbers = new Map<unknown, number>();
  const primitives: Address[] = [];

  function startOf(held: Held): number {
    return (arena.offsets.get(held.storage) ?? 0) + held.offset * bytesOf[held.layout.type];
  }
  const place: Place = {
    address: (held) => mapped.address + BigInt(startOf(held)),
    floats: (held) => mapped.floats(startOf(held), lengthOf(held)),
    integers: (held) => mapped.integers(startOf(held), lengthOf(held)),
  };
  function memoryOf([role, held]: Argument): readonly [number, Address] {
    const { handle } = held.layout;
    const layout = numbers.get(handle) ?? numbers.size;
    numbers.set(handle, layout);
    const own = [...lendable].indexOf(held.storage);
    const key = `${layout} ${startOf(held)} ${own}`;
    const known = memories.get(key);
    const memory = known ?? library.memory(held.layout, place.address(held));
    memories.set(key, memory);
    if (own >= 0 && !known) {
      lent.set(held.storage, [...(lent.get(held.storage) ?? []), { memory, held }]);
    }
    return [typeof role === "number" ? role : roles[role], memory];
  }
  return {
    place,
    bind(step) {
      if (step.kind === "host") return step.bind(place);
      const told = <T>(call: () => T) => {
        try {
          return call();
        } catch (cause) {
          const { label, description } = step;
          throw refusal(library, `${label} (${description.kernel})`, cause);
        }
      };
      const primitive = told(() => library.primitive(step.description));
      primitives.push(primitive);
      const args = told(() => packArguments(step.given.map(memoryOf)));
      return () => told(() => library.execute(primitive, args));
    },
    lend(storage, values) {
      const start = addressOf(values);
      const all = lent.get(storage) ?? [];
      for (const { memory, held } of all) {
        library.moveMemory(memory, start + BigInt(held.offset * bytesOf[held.layout.type]));
      }
      return () => {
        for (const { memory, held } of all) library.moveMemory(memory, place.address(held));
      };
    },
    release() {
      library.destroy({ primitives, memories: [...memories.values()] });
    },
  };
}

/** Elements from a form's start to its end; views with strides reach over their gaps. */
function lengthOf({ layout, strides }: Held): number {
  const { dims, type, bytes } = layout;
  if (dims.some((size) => size === 0)) return 0;
  if (!strides) return bytes / bytesOf[type];
  return dims.reduce((sum, size, axis) => sum + (size - 1) * strides[axis], 1);
}
