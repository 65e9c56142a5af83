/** Nodes are values: interning, order, the printed form, the verifier. */
import { describe, expect, it } from "vitest";
import {
  add,
  batchNorm,
  constant,
  convolution,
  gradient,
  matmul,
  mean,
  multiply,
  nodesOf,
  type ProgramSpec,
  parameter,
  placeholder,
  placeholdersOf,
  print,
  relu,
  reshape,
  state,
  subtract,
  sum,
  transpose,
  verify,
} from "../../src/engine/index.ts";

describe("interning", () => {
  const x = placeholder("x", [2, 3]);

  it("gives equal things one node", () => {
    expect(multiply(x, 2)).toBe(multiply(x, 2));
    expect(sum(x, [1, 0])).toBe(sum(x, [-2, -1]));
    expect(convolved([1, 1])).toBe(convolved());
  });

  it("tells attributes apart, to the sign of zero", () => {
    expect(multiply(x, 2)).not.toBe(multiply(x, 3));
    expect(constant(0)).not.toBe(constant(-0));
    expect(constant(NaN)).not.toBe(constant(Infinity));
    expect(constant(1)).not.toBe(constant(1, [1]));
    expect(constant(1, [], "i32")).not.toBe(constant(1));
    expect(subtract(x, 1)).not.toBe(subtract(1, x));
  });

  it("keeps placeholders apart: equal names and shapes are no identity", () => {
    expect(parameter("w", [2])).not.toBe(parameter("w", [2]));
  });

  it("tells outputs of one node apart", () => {
    const { y, mean: average } = batchNorm(x, constant(1, [3]), constant(0, [3]));
    expect(average.node).toBe(y.node);
    expect(average).not.toBe(y);
  });

  it("freezes what it keeps, and copies what it is given", () => {
    const values = [1, 2];
    const c = constant(values, [2]);
    values[0] = 9;
    expect(constant([1, 2], [2])).toBe(c);
    const shape = [3, 2];
    const y = reshape(x, shape);
    shape[0] = 7;
    expect(y.shape).toEqual([3, 2]);
    expect(() => Object.assign(y.node.attributes, { shape: [1] })).toThrow(TypeError);
    expect(() => Object.assign(y, { shape: [1] })).toThrow(TypeError);
  });

  it("leaves out what changes nothing", () => {
    expect(reshape(x, [2, -1])).toBe(x);
  });

  it("remembers where a node was built", () => {
    const y = relu(x);
    expect(y.node.origin()).toMatch(/engine\/graph\.test\.ts:\d+$/);
  });

  function convolved(stride?: readonly [number, number]) {
    return convolution(constant(1, [1, 1, 4, 4]), constant(1, [1, 1, 2, 2]), stride && { stride });
  }
});

describe("order", () => {
  it("puts inputs before users, and does not depend on what was built before", () => {
    const build = () => {
      const x = placeholder("x", [2]);
      const y = add(multiply(x, 0.125), multiply(x, 0.375));
      return print({ outputs: { y } });
    };
    const first = build();
    const kept = [constant(0.375), constant(0.125)];
    expect(build()).toBe(first);
    expect(kept).toHaveLength(2);
  });

  it("goes through deep graphs without recursion", () => {
    const x = placeholder("x", []);
    let y = x;
    for (let i = 0; i < 20_000; i++) y = add(y, x);
    expect(nodesOf({ outputs: { y } })).toHaveLength(20_001);
  });

  it("lists placeholders by first use, updates included", () => {
    const [x, w, m] = [placeholder("x", []), parameter("w", []), state("m", [])];
    const spec: ProgramSpec = { outputs: { y: multiply(w, x) }, updates: [[m, w]] };
    expect(placeholdersOf(spec).map(({ attributes }) => attributes.name)).toEqual(["w", "x", "m"]);
  });
});

describe("print", () => {
  it("shows a step of training", () => {
    const x = placeholder("x", [4, 3]);
    const weight = parameter("weight", [3, 2]);
    const loss = mean(relu(matmul(x, weight)));
    const [dweight] = gradient(loss, [weight]);
    const spec: ProgramSpec = {
      outputs: { loss },
      updates: [[weight, subtract(weight, multiply(dweight, 0.5))]],
    };
    verify(spec);
    expect(print(spec)).toMatchInlineSnapshot(`
      "program
        %0 = placeholder() name="x" role="input" shape=[4,3] dtype="f32" : f32[4,3]
        %1 = placeholder() name="weight" role="parameter" shape=[3,2] dtype="f32" : f32[3,2]
        %2 = matmul(%0, %1) : f32[4,2]
        %3 = relu(%2) : f32[4,2]
        %4 = sum(%3) axes=[0,1] keepDimensions=false : f32[]
        %5 = constant() values=[0.125] shape=[] dtype="f32" : f32[]
        %6 = multiply(%4, %5) : f32[]
        %7 = transpose(%0) permutation=[1,0] : f32[3,4]
        %8 = constant() values=[0] shape=[] dtype="f32" : f32[]
        %9 = greater(%3, %8) : f32[4,2]
        %10 = constant() values=[1] shape=[] dtype="f32" : f32[]
        %11 = multiply(%10, %5) : f32[]
        %12 = reshape(%11) shape=[1,1] : f32[1,1]
        %13 = broadcastTo(%12) shape=[4,2] : f32[4,2]
        %14 = select(%9, %13, %8) : f32[4,2]
        %15 = matmul(%7, %14) : f32[3,2]
        %16 = constant() values=[0.5] shape=[] dtype="f32" : f32[]
        %17 = multiply(%15, %16) : f32[3,2]
        %18 = subtract(%1, %17) : f32[3,2]
      outputs
        loss = %6
      updates
        %1 <- %18"
    `);
  });

  it("numbers the outputs of a node and shortens long attributes", () => {
    const x = placeholder("x", [4, 3]);
    const { y, variance } = batchNorm(
      x,
      constant(1, [3]),
      constant([...Array(90).keys()].slice(3, 6), [3]),
    );
    const long = add(y, constant([...Array(12).keys()].map(Math.sqrt), [4, 3]));
    expect(print({ outputs: { long, variance } })).toMatchInlineSnapshot(`
      "program
        %0 = placeholder() name="x" role="input" shape=[4,3] dtype="f32" : f32[4,3]
        %1 = constant() values=[1] shape=[3] dtype="f32" : f32[3]
        %2 = constant() values=[3,4,5] shape=[3] dtype="f32" : f32[3]
        %3 = batchNorm(%0, %1, %2) epsilon=0.00001 : f32[4,3], f32[3], f32[3], opaque
        %4 = constant() values=[0,1,1.4142135623730951,1.7320508075688772,2,2.2360679774… shape=[4,3] dtype="f32" : f32[4,3]
        %5 = add(%3.0, %4) : f32[4,3]
      outputs
        long = %5
        variance = %3.2
      updates"
    `);
  });
});

describe("verify", () => {
  const x = placeholder("x", [2]);
  const w = parameter("w", [2]);

  it.each<[string, ProgramSpec]>([
    ["duplicateName", { outputs: { y: add(w, parameter("w", [2])) } }],
    ["ownedDtype", { outputs: { y: placeholder("i", [2], { role: "state", dtype: "i32" }) } }],
    ["updateTarget", { outputs: {}, updates: [[x, w]] }],
    ["updateTarget", { outputs: {}, updates: [[add(x, w), w]] }],
    [
      "updateTwice",
      {
        outputs: {},
        updates: [
          [w, x],
          [w, add(x, 1)],
        ],
      },
    ],
    ["updateShape", { outputs: {}, updates: [[w, sum(x)]] }],
  ])("refuses %s", (what, spec) => {
    expect(() => verify(spec)).toThrow(
      expect.objectContaining({
        code: "engine/invalid-program",
        values: expect.objectContaining({ what, origin: expect.stringContaining("graph.test.ts") }),
      }),
    );
  });

  it("infers shapes again, so that a pass cannot lie", () => {
    const y = transpose(placeholder("m", [2, 3]));
    const lying = {
      ...y.node,
      outputs: [{ kind: "tensor", shape: [2, 3], dtype: "f32" }],
    } as const;
    expect(() => verify({ outputs: { y: { ...y, node: lying as typeof y.node } } })).toThrow(
      expect.objectContaining({ values: expect.objectContaining({ what: "outputs" }) }),
    );
  });
});
