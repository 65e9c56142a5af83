/** Methods: names, projectors by the stated rule, and what is told apart from a plain objective. */
import { describe, expect, test } from "vitest";
import { method, methods, simclr, vicreg } from "../../../src/learn/methods/index.ts";
import { problemOf } from "../../code-of.ts";

describe("methods", () => {
  test("each is found by its name and wants the recipe of its paper", () => {
    for (const name of Object.keys(methods)) {
      expect(method(name)).toMatchObject({ name, recipe: name });
    }
    const { code, values } = problemOf(() => method("byol"));
    expect([code, values.known]).toEqual(["train/unknown-method", "simclr, vicreg"]);
  });

  test("projectors are small below 100,000 pictures and published from there on", () => {
    expect(simclr().projectorSizes(99_999)).toEqual([512, 128]);
    expect(simclr().projectorSizes(100_000)).toEqual([2048, 128]);
    expect(vicreg().projectorSizes(99_999)).toEqual([512, 512]);
    expect(vicreg().projectorSizes(100_000)).toEqual([8192, 8192, 8192]);
  });

  test("SimCLR's last layer has a bias, VICReg's none", () => {
    const last = (name: string) => {
      const { parameters } = method(name).projector(8, [4, 2]);
      return parameters[parameters.length - 1].name;
    };
    expect(last("simclr")).toBe("layer2/linear/bias");
    expect(last("vicreg")).toBe("layer2/linear/weight");
  });

  test("the temperature is an input of each step; VICReg's weights are constants", () => {
    expect(simclr({ temperature: 0.1 }).scalars).toEqual({ temperature: 0.1 });
    expect(vicreg({ covariance: 2 })).toMatchObject({
      scalars: {},
      settings: { invariance: 25, variance: 25, covariance: 2 },
    });
  });
});
