/** JSON with sorted keys and no blanks: equal values give equal bytes, so they can be digested. */

export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [k: string]: Json | undefined };

/** What JSON keeps of a value: `undefined` members are left out, NaN and infinities become null. */
export function asJson(value: object): { readonly [name: string]: Json };
export function asJson(value: unknown): Json;
export function asJson(value: unknown): Json {
  return JSON.parse(JSON.stringify(value));
}

/** The one text of a value. Members that are `undefined` are left out; NaN and infinities are refused. */
export function canonicalJson(value: Json): string {
  const pieces: string[] = [];
  putJson(value, { put: (piece) => pieces.push(piece) });
  return pieces.join("");
}

/** Characters of a piece, about. */
const pieceLength = 1 << 16;

/**
 * The same text in pieces, so that no long one has to be held whole. In the `given` order of members
 * it is what JSON.stringify writes.
 */
export function putJson(
  value: Json,
  { put, order = "sorted" }: { put: (piece: string) => void; order?: "sorted" | "given" },
): void {
  let waiting = "";
  const add = (text: string) => {
    waiting += text;
    if (waiting.length < pieceLength) return;
    put(waiting);
    waiting = "";
  };
  const write = (value: Json): void => {
    if (typeof value === "number" && !Number.isFinite(value)) {
      throw new TypeError(`JSON has no ${value}; store null and say why beside it`);
    }
    if (value === null || typeof value !== "object") add(JSON.stringify(value));
    else if (isArray(value)) {
      add("[");
      for (let i = 0; i < value.length; i++) {
        if (i > 0) add(",");
        write(value[i]);
      }
      add("]");
    } else {
      const names = Object.keys(value).filter((name) => value[name] !== undefined);
      if (order === "sorted") names.sort();
      add("{");
      for (const [i, name] of names.entries()) {
        const member = value[name];
        if (member === undefined) continue;
        add(`${i > 0 ? "," : ""}${JSON.stringify(name)}:`);
        write(member);
      }
      add("}");
    }
  };
  write(value);
  if (waiting !== "") put(waiting);
}

function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
