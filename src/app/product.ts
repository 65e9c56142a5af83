/** Matrix products for measures on an executor: one program per shape, kept while measuring lasts. */
import { type Executor, matmul, type Program, placeholder, transpose } from "../engine/index.ts";
import type { Matrix, Product } from "../learn/measure/index.ts";

export interface ProductOnExecutor extends AsyncDisposable {
  readonly product: Product;
}

export function productOn(executor: Executor): ProductOnExecutor {
  const programs = new Map<string, Promise<Program>>();
  const compile = (rows: number, columns: number, others: number) => {
    const left = placeholder("left", [rows, columns]);
    const right = placeholder("right", [others, columns]);
    return executor.compile({ outputs: { product: matmul(left, transpose(right)) } });
  };
  return {
    async product(left: Matrix, right: Matrix) {
      const key = `${left.rows} ${left.columns} ${right.rows}`;
      const program = programs.get(key) ?? compile(left.rows, left.columns, right.rows);
      programs.set(key, program);
      const found = await (await program).run({ left: left.values, right: right.values });
      return { rows: left.rows, columns: right.rows, values: found.product };
    },
    async [Symbol.asyncDispose]() {
      for (const program of programs.values()) await (await program).dispose();
      programs.clear();
    },
  };
}
