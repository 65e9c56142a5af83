/** Matrix products for measures on an executor, which keeps the programs of sizes that come again. */
import type { Json } from "../base/index.ts";
import {
  type Executor,
  matmul,
  type Program,
  parameter,
  placeholder,
  type Tensor,
  transpose,
} from "../engine/index.ts";
import type { Bank, BankSize, Matrix, Product } from "../learn/measure/index.ts";

export interface ProductOnExecutor extends AsyncDisposable {
  readonly product: Product;
}

export function productOn(executor: Executor): ProductOnExecutor {
  const programs = programsOn(executor);
  const product = async (left: Matrix, right: Matrix): Promise<Matrix> => {
    const { rows, columns } = left;
    const borrowed = await programs.borrow(`product ${rows} ${columns} ${right.rows}`, () =>
      matmul(
        placeholder("left", [rows, columns]),
        transpose(placeholder("right", [right.rows, columns])),
      ),
    );
    const given = { left: left.values, right: right.values };
    const found = await borrowed.program.run(given, { inPlace: true });
    await borrowed.giveBack();
    return { rows, columns: right.rows, values: found.product };
  };
  return {
    product: Object.assign(product, {
      bank: (size: BankSize) => openBank(programs, size),
      isOnDevice: factOf(executor, "device", "cpu") !== "cpu",
      threads: Number(factOf(executor, "threads", 1)),
    }),
    [Symbol.asyncDispose]: programs.dispose,
  };
}

/** What an executor says of itself; those that know no devices or threads name none. */
function factOf({ description }: Executor, name: string, unsaid: Json): Json {
  const facts = Object.entries(description ?? {});
  return facts.find(([key]) => key === name)?.[1] ?? unsaid;
}

/** What is held is a parameter, so that it crosses to a device once; short operands are padded. */
async function openBank(programs: Programs, size: BankSize): Promise<Bank> {
  const { rows, columns, queries } = size;
  const sizes = `${rows} ${columns} ${queries}`;
  const held = () => parameter("held", [rows, columns]);
  const times = await programs.borrow(`times ${sizes}`, () =>
    matmul(placeholder("left", [queries, columns]), transpose(held())),
  );
  let sums: Borrowed | undefined;
  const [product, sum] = [reusing(), reusing()];
  let areSumsHeld = false;
  return {
    async hold({ values }) {
      areSumsHeld = false;
      await times.program.write("held", padded(values, rows * columns));
    },
    async times(left, into) {
      const given = { left: padded(left.values, queries * columns) };
      const values = await product(times.program, given, into?.subarray(0, queries * rows));
      return { rows: left.rows, columns: rows, values: values.subarray(0, left.rows * rows) };
    },
    async sums(left) {
      sums ??= await programs.borrow(`sums ${sizes}`, () =>
        matmul(placeholder("left", [queries, rows]), held()),
      );
      if (!areSumsHeld) await sums.program.write("held", await times.program.read("held"));
      areSumsHeld = true;
      const values = await sum(sums.program, { left: widened(left, rows, queries) });
      return { rows: left.rows, columns, values: values.subarray(0, left.rows * columns) };
    },
    async [Symbol.asyncDispose]() {
      await times.giveBack();
      await sums?.giveBack();
    },
  };
}

type Run = (
  program: Program,
  given: Readonly<Record<string, Float32Array>>,
  into?: Float32Array,
) => Promise<Float32Array>;

/** Answers take the memory offered, or that of the last one, where the executor allows it. */
function reusing(): Run {
  let last: Float32Array = new Float32Array(0);
  return async (program, given, into) => {
    const options = { into: { product: into ?? last }, inPlace: true };
    const { product } = await program.run(given, options);
    if (into === undefined) last = product;
    return product;
  };
}

function padded(values: Float32Array, length: number): Float32Array {
  if (values.length === length) return values;
  const longer = new Float32Array(length);
  longer.set(values);
  return longer;
}

/** Rows set apart to a greater width, zeros between them and after them. */
function widened({ rows, columns, values }: Matrix, width: number, height: number): Float32Array {
  if (columns === width) return padded(values, height * width);
  const wide = new Float32Array(height * width);
  for (let i = 0; i < rows; i++) {
    wide.set(values.subarray(i * columns, (i + 1) * columns), i * width);
  }
  return wide;
}

interface Borrowed {
  readonly program: Program;
  giveBack(): Promise<void>;
}

interface Programs {
  borrow(name: string, build: () => Tensor): Promise<Borrowed>;
  dispose(): Promise<void>;
}

/** Programs by name. One of each name waits for its next use, and more are made while it is out. */
function programsOn(executor: Executor): Programs {
  const waiting = new Map<string, Program>();
  const out = new Set<Program>();
  return {
    async borrow(name, build) {
      const program =
        waiting.get(name) ??
        (await executor.compile({ outputs: { product: build() } }, { exact: true }));
      waiting.delete(name);
      out.add(program);
      return {
        program,
        async giveBack() {
          if (!out.delete(program)) return;
          if (waiting.has(name)) await program.dispose();
          else waiting.set(name, program);
        },
      };
    },
    async dispose() {
      for (const program of [...waiting.values(), ...out]) await program.dispose();
      waiting.clear();
      out.clear();
    },
  };
}
