/**
 * Splittable random keys: Threefry-2x32 with 20 rounds (Salmon et al., "Parallel Random Numbers:
 * As Easy as 1, 2, 3", SC 2011). A key is a value; nothing here has state, so a draw depends only
 * on the key and never on how many draws came before it.
 */

export interface Key {
  readonly high: number;
  readonly low: number;
}

/** The key of a seed; seeds are integers from 0 to 2^53 - 1. */
export function keyFromSeed(seed: number): Key {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new RangeError(`a seed is an integer from 0 to 2^53 - 1; found ${seed}`);
  }
  return { high: Math.floor(seed / 2 ** 32), low: seed >>> 0 };
}

/** An independent key for a name or number: the same path gives the same key, everywhere. */
export function fork(key: Key, ...path: readonly (string | number)[]): Key {
  let at = key;
  for (const part of path) {
    const [tag, value] = typeof part === "number" ? [0x6e756d, part] : [0x737472, hashName(part)];
    const first = threefry(at, Math.floor(value / 2 ** 32) >>> 0, value >>> 0);
    at = fromPair(threefry(fromPair(first), tag, 0));
  }
  return at;
}

/** `count` numbers, uniform on [0, 1) with 53 random bits each. */
export function uniform(key: Key, count: number): Float64Array {
  const values = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const [a, b] = threefry(key, i, 0);
    values[i] = ((a >>> 5) * 2 ** 26 + (b >>> 6)) / 2 ** 53;
  }
  return values;
}

/** `count` numbers from the standard normal distribution (Box–Muller). */
export function normal(key: Key, count: number): Float64Array {
  const pairs = uniform(key, 2 * Math.ceil(count / 2));
  const values = new Float64Array(count);
  for (let i = 0; i < count; i += 2) {
    const radius = Math.sqrt(-2 * Math.log(1 - pairs[i]));
    values[i] = radius * Math.cos(2 * Math.PI * pairs[i + 1]);
    if (i + 1 < count) values[i + 1] = radius * Math.sin(2 * Math.PI * pairs[i + 1]);
  }
  return values;
}

/** One integer, uniform on 0 … bound - 1. */
export function integer(key: Key, bound: number): number {
  return Math.floor(uniform(key, 1)[0] * bound);
}

/** A uniformly random order of 0 … count - 1 (Fisher–Yates). */
export function permutation(key: Key, count: number): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  const draws = uniform(key, count);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(draws[i] * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

/** The block cipher itself: two 32-bit words of counter under a 64-bit key. */
export function threefry(key: Key, counter0: number, counter1: number): [number, number] {
  const keys = [key.high, key.low, 0x1bd11bda ^ key.high ^ key.low];
  let x0 = (counter0 + keys[0]) | 0;
  let x1 = (counter1 + keys[1]) | 0;
  for (let block = 0; block < 5; block++) {
    for (const turn of ROTATIONS[block % 2]) {
      x0 = (x0 + x1) | 0;
      x1 = ((x1 << turn) | (x1 >>> (32 - turn))) ^ x0;
    }
    x0 = (x0 + keys[(block + 1) % 3]) | 0;
    x1 = (x1 + keys[(block + 2) % 3] + block + 1) | 0;
  }
  return [x0 >>> 0, x1 >>> 0];
}

const ROTATIONS = [
  [13, 15, 26, 6],
  [17, 29, 16, 24],
] as const;

function fromPair([high, low]: [number, number]): Key {
  return { high, low };
}

/** FNV-1a over UTF-16 units, 53 bits from two offsets. */
function hashName(name: string): number {
  let a = 0x811c9dc5;
  let b = 0x01000193;
  for (let i = 0; i < name.length; i++) {
    a = Math.imul(a ^ name.charCodeAt(i), 0x01000193);
    b = Math.imul(b ^ name.charCodeAt(i), 0x85ebca6b);
  }
  return ((a >>> 11) * 2 ** 32 + (b >>> 0)) % Number.MAX_SAFE_INTEGER;
}
