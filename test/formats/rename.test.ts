/** A file that a scanner holds for a moment is renamed when it lets go. */
import { describe, expect, it } from "vitest";
import { renamePatiently } from "../../src/formats/atomic-file/rename.ts";

function error(code: string): Error {
  return Object.assign(new Error(code), { code });
}

/** Fails so many times with a code; says how often it was tried and how long it waited. */
function attempt(code: string, failures: number, isWorthWaiting: boolean) {
  let [tries, waited] = [0, 0];
  const by = {
    rename: () => {
      tries++;
      if (tries <= failures) throw error(code);
    },
    pause: (milliseconds: number) => {
      waited += milliseconds;
    },
    isWorthWaiting,
  };
  let thrown: unknown;
  try {
    renamePatiently("a", "b", by);
  } catch (cause) {
    thrown = cause;
  }
  return { tries, waited, thrown };
}

describe("renaming", () => {
  it.each(["EBUSY", "EPERM", "EACCES"])("waits where Windows says %s", (code) => {
    expect(attempt(code, 3, true)).toEqual({ tries: 4, waited: 80, thrown: undefined });
  });

  it("gives up after a few seconds with what was said", () => {
    const { tries, waited, thrown } = attempt("EBUSY", 100, true);
    expect([tries, waited]).toEqual([9, 3180]);
    expect(thrown).toMatchObject({ code: "EBUSY" });
  });

  it("does not wait where waiting cannot help", () => {
    expect(attempt("EACCES", 1, false)).toMatchObject({ tries: 1, thrown: { code: "EACCES" } });
    expect(attempt("ENOSPC", 1, true)).toMatchObject({ tries: 1, thrown: { code: "ENOSPC" } });
  });
});
