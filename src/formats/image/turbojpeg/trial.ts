/**
 * Whether a decoder gives what the WebAssembly one gives: a small file of every sampling at every scale.
 * The files are of drawn coefficients, made by test/formats/image/drawn-jpeg.ts; a test makes them again
 * and holds the digests against the WebAssembly decoder.
 */
import { startDigest } from "../../../base/index.ts";
import { type DecodeAtEighths, scaledSide } from "./eighths.ts";

type Sampling = "grey" | "4:4:4" | "4:2:2" | "4:4:0" | "4:2:0";

interface Trial {
  readonly sampling: Sampling;
  readonly bytes: Buffer;
  /** SHA-256 of the pixels, one scale after the other. */
  readonly pixels: string;
}

/** Odd, for the ends of rows and columns, and wider than any vector of pixels. */
export const trialSize = { width: 75, height: 19 } as const;
const eighths = [1, 2, 4, 8] as const;

/** The sampling of the first file that comes out otherwise. */
export function firstDifference(decode: DecodeAtEighths): Sampling | undefined {
  const other = trials().find(({ bytes, pixels }) => digestOf(decode, bytes) !== pixels);
  return other?.sampling;
}

/** Undefined where the decoder refuses. */
function digestOf(decode: DecodeAtEighths, bytes: Buffer): string | undefined {
  const digest = startDigest();
  for (const n of eighths) {
    const width = scaledSide(trialSize.width, n);
    const height = scaledSide(trialSize.height, n);
    const pixels = decode(bytes, { width, height });
    if (pixels === undefined) return undefined;
    digest.update(pixels);
  }
  return digest.digest("hex");
}

export function trials(): Trial[] {
  return samplings.map((sampling) => {
    const { file, pixels } = known[sampling];
    return { sampling, bytes: Buffer.from(file, "base64"), pixels };
  });
}

const samplings: readonly Sampling[] = ["grey", "4:4:4", "4:2:2", "4:4:0", "4:2:0"];

const known: { readonly [S in Sampling]: { readonly file: string; readonly pixels: string } } = {
  grey: {
    file:
      "/9j/2wBDAAYHCAkGBwgJBgcICQYHCAkGBwgJBgcICQYHCAkGBwgJBgcICQYHCAkGBwgJBgcICQYHCAkGBwgJBgcICQ" +
      "YHCAn/wAALCAATAEsBAREA/8QAGwAAAAAAAAAACAAAAAAAAAAAAAECAwQFBgf/xAB0EAAAAAAAAABhAAAAAAAAAAAA" +
      "AQIDBAUGERITFBUWISIjJCUmMTIzNDU2QUJDREVGUVJTVFVWYWJjZGVmcXJzdHV2gYKDhIWGkZKTlJWWoaKjpKWmsb" +
      "KztLW2wcLDxMXG0dLT1NXW4eLj5OXm8fLz9PX2/9oACAEBAAA/AAZAYcP+YLAANUvalYkoAAWkHINEcYADfnlCoaqC" +
      "gAOpWjSSo7wAA1BxrtKrAADacWPcCTAADXGC5TBfSAAQGRDzqdwAA7VVCQALYABaLCl/R1QACwEjSQA8qAAU5sEnbh" +
      "nQADVhdkSQfgAOgTIL/kiQAD8UdiFYvqAAZYLSdajxAAa81KhZGDQADsDxQ1GMDgANiC9O7pYAAd8viH6DUAB6o8sD" +
      "Ug3YADo1862JLgAG6UIWhf0AAYGOUL87yAAeVwO+GPQAHeEmheUqwAAfonRmx61+AA7wEJOQYFwACTpCMx4KAf/Z",
    pixels: "5c46f45b8a7088205687a59ea9393ba31c34191ef3ad33edc10977f4b5e0634f",
  },
  "4:4:4": {
    file:
      "/9j/2wBDAAYHCAkGBwgJBgcICQYHCAkGBwgJBgcICQYHCAkGBwgJBgcICQYHCAkGBwgJBgcICQYHCAkGBwgJBgcICQ" +
      "YHCAn/wAARCAATAEsDAREAAhEAAxEA/8QAGwAAAAAAAAAACAAAAAAAAAAAAAECAwQFBgf/xAB0EAAAAAAAAABhAAAA" +
      "AAAAAAAAAQIDBAUGERITFBUWISIjJCUmMTIzNDU2QUJDREVGUVJTVFVWYWJjZGVmcXJzdHV2gYKDhIWGkZKTlJWWoa" +
      "KjpKWmsbKztLW2wcLDxMXG0dLT1NXW4eLj5OXm8fLz9PX2/9oADAMBAAIAAwAAPwAEhI7KeIAAAJSbBIvWagANItIJ" +
      "1xXAAMngK0eGYgANcXhGOylAADLmrF3rwgANUERQ6dGAA70G3Bp0FoACGvlHQnWAAHR4BHiqOAAMaPKiXK1CAAqCkY" +
      "vQYGAAdOLkSHRAgAGgXUDcjE4ABBJgIjEbAANEppBuwx4ABuR2J5CmjAAfCFGaEPKAAPEGMhLceQAAERzF8IxAAOXT" +
      "Vg3psGAAiGCB2IwSAAYcR2JRqTAAN0JCAWhEAAMwRrXkI1gANeqMkNR2gAMOwRIURJwAAzK1OnAn8AAODxZsqnQgAL" +
      "NUgEbGuwAHnJZEADCgAD4M2cZUkAA3pVqPPHnwACpSDgtDAmAAvTYdZgtPAAJybg3HyAA7lUqQcIMgAHWgmH4BbgAK" +
      "tIHDMhIcABZqdU6BCpAAa4eZKiEJwABoiq8GvL5gAMsVWgxZ5SAA78/B0iKwAHPG1Y8mdtAAeEo8SzBkgAC1gSuMBg" +
      "APiJHVggYEABhirBGIG8AAeCPVi0DAYADnVSkqQWkAAEcXyIWYJAAO6KRj3RIeAA2ycoRxPCwAHwoRCz1N2AA0C00d" +
      "MtfAAM0ndJgEjgADm05kYSUEABSC3GAY9aAAlF7jydAUAB8I6RTiR8AAVBSod0bAAALsLkVVhewAHVCQRpxVOAA/dB" +
      "CeMpDIACwWbBiQX0ABvlbBRppAAFOnOLV6cAAA7I7eskMLQAGxGLlqUW8AAkqPYLRDAAHjlGo8Uj8ABiiyHBQmQAFi" +
      "IsX8EkYADHKcgYIkGAASjQ16VRoABRhiJTYK4AB4LAusvBmAAGFV4GBLsAAZw2jVGUigAB1CocbcsD4ADwRhkXGqdg" +
      "AIqbY5CPYABMCeYPjA4ADSIUSpCI2AAeIeLFxCWYACyDEDzJOrAAZxUmLeDBAAHx60wdNlAAGpM0MGIRwB/9k=",
    pixels: "686e8dbc47c707cd54973d9e1db9a56c4ff9e359df9ee17aa5bde019060aa6fe",
  },
  "4:2:2": {
    file:
      "/9j/2wBDAAYHCAkGBwgJBgcICQYHCAkGBwgJBgcICQYHCAkGBwgJBgcICQYHCAkGBwgJBgcICQYHCAkGBwgJBgcICQ" +
      "YHCAn/wAARCAATAEsDASEAAhEAAxEA/8QAGwAAAAAAAAAACAAAAAAAAAAAAAECAwQFBgf/xAB0EAAAAAAAAABhAAAA" +
      "AAAAAAAAAQIDBAUGERITFBUWISIjJCUmMTIzNDU2QUJDREVGUVJTVFVWYWJjZGVmcXJzdHV2gYKDhIWGkZKTlJWWoa" +
      "KjpKWmsbKztLW2wcLDxMXG0dLT1NXW4eLj5OXm8fLz9PX2/9oADAMBAAIAAwAAPwAFOeJG05nQAGlKhydj0gACiNCB" +
      "tUgYABnl6DvCZ4ACySKULokQAAXCWDwlB4AA9g0MkLWvgAHmEgidAYbgAOKXrISLMAA/getJMhjkABzqz4GcFygAKQ" +
      "7oUQJWgACMCRLgkjAAdwMTLNR0oACeJIqhycEAAx4UCmgG/AAURdoTAxkAB6AjJOOKkAAF4bYE2FWAA9U2KJM1r8AA" +
      "pECodUNAAViiAWRJEAA1K3Tuk7AAAleEqQMOAAGUVP0II2YAAeYZ4i8FkAASjMstWrgAGQKsUIcuMABkDXR1IwmAAp" +
      "DYIwXHrQAFUsxNYjHQADOpyJVskSAAPDRhNwLsABkDygLOGbAAJ5I+YNkNAAb1ZUSNpxgADVMHJJaj4AAV4t6R4nOg" +
      "AM+mxLyGEoACsJIEdZG8AB3gi1gREggAGlBl1SQGBAAWZScMdMBAABoTolYuYADHLQ4YywAAADO0mz4jUABOJLgYEY" +
      "AAAdkA0UDFgAB8jotInZAAHzCOgPlPgAGNMPE486IAB9pnTrhI0ABlgww2dRzAAKwkwVLEJ4AAYZMv7CUAAyBEC1EM" +
      "FgAL42iVJgU4ADvFOQqD8AAAPFDDiN4ACmQAA8nKgH//2Q==",
    pixels: "900535454d8201ffc1e6b23fcc4b77a71faae2612fb5f90cf668bcc91400b78f",
  },
  "4:4:0": {
    file:
      "/9j/2wBDAAYHCAkGBwgJBgcICQYHCAkGBwgJBgcICQYHCAkGBwgJBgcICQYHCAkGBwgJBgcICQYHCAkGBwgJBgcICQ" +
      "YHCAn/wAARCAATAEsDARIAAhEAAxEA/8QAGwAAAAAAAAAACAAAAAAAAAAAAAECAwQFBgf/xAB0EAAAAAAAAABhAAAA" +
      "AAAAAAAAAQIDBAUGERITFBUWISIjJCUmMTIzNDU2QUJDREVGUVJTVFVWYWJjZGVmcXJzdHV2gYKDhIWGkZKTlJWWoa" +
      "KjpKWmsbKztLW2wcLDxMXG0dLT1NXW4eLj5OXm8fLz9PX2/9oADAMBAAIAAwAAPwAGeXnYJjWwADZKXKlqROAA04MA" +
      "PGME4ACEalVECrQAB2qpcj5FEABZqgazwXCAAhqgxgwmiAAa4FsjrVDAAEgMHSoMxAAWYYkixAoABbKhwsqpMAAwhs" +
      "gVHjowADCzNU6EmgAGeGFVfBnAACWXSYFHcQAFEVVDpk4YAB8rAuu9fsAAhHmgwgjzAAc6v/DLlQ4AB9Q2FnQgoAAC" +
      "DqRqUAAAeIjMSNAAeQOqG6MDgAMSSFnTLJgAGUHsDwsY6AAUoIA9gVVAAO2OxmHZToABfnQhlQJAADaiQKmk7yAA69" +
      "a8TkwtAADdkmxgcpCAAmGDSFWhZAAPHYDBpTpQAElYAjwYPgAMWF/CyJwwADMroEZF9gADRIehEGjAALBU/OxJvQAG" +
      "rKCVN0LIABTiQSzgqRAAUxGRgXFzgANWqWkUGhAAMObEIqTagAN+SUiXZ5KAAp1k5c4hAADuRchJWkCAAK5MUpcRKA" +
      "AdBl0JRZMAAuxHRVakRgAIJHokXIIABrVQMGZYAAAFejhEGDCgAHmCBp3KdoAAwJTYjos2AARgw01MXCAAzgtp5CMC" +
      "AANACYLlVNAAGmLFSQMxAATSRM0hCXAAZJY9BoMagAKAkDTXHjYADNqnY6ZGwABNBJWlDXAADwk5ApYkaAAM0CtHah" +
      "joACWGMoNTzEABehlyyMXMAAxgG2C07iAA2gs7AASPAAK4qDL3DxoAC9CjPIwbIABo2DAwjGgABqEZS+ptAAAuyTku" +
      "lfcAAMGkEXIygAMejrDIFTQABjRIU2oJwAAzKE8GKo1AAOlIkVAwVQADWqEgEqRAH//Z",
    pixels: "52d9a1613765f88610a30fdbe173720d5754e5068edd60fd86fac057edf6bb90",
  },
  "4:2:0": {
    file:
      "/9j/2wBDAAYHCAkGBwgJBgcICQYHCAkGBwgJBgcICQYHCAkGBwgJBgcICQYHCAkGBwgJBgcICQYHCAkGBwgJBgcICQ" +
      "YHCAn/wAARCAATAEsDASIAAhEAAxEA/8QAGwAAAAAAAAAACAAAAAAAAAAAAAECAwQFBgf/xAB0EAAAAAAAAABhAAAA" +
      "AAAAAAAAAQIDBAUGERITFBUWISIjJCUmMTIzNDU2QUJDREVGUVJTVFVWYWJjZGVmcXJzdHV2gYKDhIWGkZKTlJWWoa" +
      "KjpKWmsbKztLW2wcLDxMXG0dLT1NXW4eLj5OXm8fLz9PX2/9oADAMBAAIAAwAAPwAGCTdHnCuwAFuYMjGSdyAA9c3n" +
      "jY5YADvzZkGsX2gAL5ggHphDgADZUaW1fGAAYEgVplO+AAaYvEFawQAAMGJTL5WCUAB8qRUUWtgAGVTkSPpMAAHAyd" +
      "a3DCwAHDk5QsR0oABxgLWTIEgANYJRGQtVgAL5HCkTFWoACtDMwa8zwABB3oFGFkAAShKoJ4wOAA7YMKBTA2oAD1Vn" +
      "gNKnNgAOtGtB2baAAJwJZrtgQAAbIwEYIVpAAB8wOR5IDgAOQPOUJMeiAAbQ2qBeg0wADaIVgXVCQAAZs2vS2MPAAJ" +
      "TBQCwMMQAFEqMhkZ4MAAy60knGjxgAC6P2GbJZAAZ06sRShfgAN4pGQwMKAARFeHhyzsAA8UOhPF8wAHmKlIGhLQAB" +
      "xC5mygigAB5gk2ihTCAA0wVyc+PQAAGFQBCZHCAAZtHcJZjD4ACyNfpHZ2kABZrJEI0MzAAZJgWTGTYAAMoMZLRh5k" +
      "AAhgUkJCNwAGoThxitXIADvzDI2+GPQAGrXauw8EAAeCqKhc0ZwAFWd6XwFW4ADuGD1O9LWAAlI3FOAVwACoO9MEY8" +
      "CAA6oGICkU1AANoSbsBSEMAApxfyy8VgAD0h1zBomeAf/9k=",
    pixels: "70690e6ed122a20d41387ed39355c92ac40eaacc869b1f2517371504c22f6657",
  },
};
