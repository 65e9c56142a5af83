/** What glibc's allocator lets a process say of memory that is freed; elsewhere nothing happens. */
import koffi from "koffi";

interface Allocator {
  readonly mallopt: (parameter: number, value: number) => number;
  readonly trim: (left: number) => number;
}

const [trimThreshold, mostMapped] = [-1, -4];

/**
 * From now on the process keeps what it frees. Large pieces would each be mapped anew, and the system hands such
 * memory over page by page, zeroed. Nothing is mapped alone, and the heap is not cut.
 */
export function keepFreed(): void {
  allocator()?.mallopt(mostMapped, 0);
  allocator()?.mallopt(trimThreshold, -1);
}

/** Gives all that is free back to the system. */
export function returnFreed(): void {
  allocator()?.trim(0);
}

let known: Allocator | "other" | undefined;

function allocator(): Allocator | undefined {
  known ??= open();
  return known === "other" ? undefined : known;
}

function open(): Allocator | "other" {
  try {
    const library = koffi.load("libc.so.6");
    return {
      mallopt: library.func("int mallopt(int, int)"),
      trim: library.func("int malloc_trim(size_t)"),
    };
  } catch {
    return "other";
  }
}
