/** When a file counts as whole: hand-written looks at a folder. */
import { expect, it } from "vitest";
import { openSettling } from "../../src/app/settling.ts";

const file = (bytes: number, modified = 0) => ({ bytes, modified });

it("tells files that stayed the same from files that grow, and neither from known ones", () => {
  const known = new Map([["old.png", file(5)]]);
  const settling = openSettling(known, 3000);
  const at = (now: number, files: Record<string, ReturnType<typeof file>>) =>
    settling.look(new Map(Object.entries(files)), now);
  expect(at(0, { "old.png": file(5) })).toEqual({ whole: [], growing: [] });
  expect(at(1000, { "old.png": file(5), "a.png": file(1), "b.png": file(9) })).toEqual({
    whole: [],
    growing: ["a.png", "b.png"],
  });
  // a grows until 2000 and is whole 3000 later; b was whole from the first look on.
  expect(at(2000, { "a.png": file(2), "b.png": file(9) }).whole).toEqual([]);
  expect(at(4000, { "a.png": file(2), "b.png": file(9) })).toEqual({
    whole: ["b.png"],
    growing: ["a.png"],
  });
  expect(at(5000, { "a.png": file(2), "b.png": file(9) }).whole).toEqual(["a.png", "b.png"]);
});

it("waits anew for a known file that changes, and for one that comes back", () => {
  const settling = openSettling(new Map([["a.png", file(5, 1)]]), 2000);
  const changed = new Map([["a.png", file(5, 7)]]);
  expect(settling.look(changed, 0)).toEqual({ whole: [], growing: ["a.png"] });
  settling.look(new Map(), 1000);
  expect(settling.look(changed, 2000)).toEqual({ whole: [], growing: ["a.png"] });
  expect(settling.look(changed, 4000)).toEqual({ whole: ["a.png"], growing: [] });
});
