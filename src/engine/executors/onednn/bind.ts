/** Steps on their memory: the primitives and memory handles that run them, until they are released. */
import { packArguments } from "./calls.ts";
import type { Address, Mapped } from "./ffi.ts";
import { bytesOf, type Held } from "./held.ts";
import { type Library, roles } from "./library.ts";
import type { Arena } from "./liveness.ts";
import { refusal } from "./refusal.ts";
import type { Argument, Place, Step } from "./step.ts";

export interface Binding {
  readonly place: Place;
  /** What runs the step. */
  bind(step: Step): () => void;
  /** Destroys primitives and memories; the memory itself and the descriptions are the caller's. */
  release(): void;
}

export function bindingTo(library: Library, arena: Arena, mapped: Mapped): Binding {
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
    const key = `${layout} ${startOf(held)}`;
    const memory = memories.get(key) ?? library.memory(held.layout, place.address(held));
    memories.set(key, memory);
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
