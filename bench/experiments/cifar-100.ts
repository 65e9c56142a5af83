/**
 * Does training without labels sort CIFAR-100 better than the untrained encoder? RES-2-64 on the
 * first 20,000 training pictures, batch 256, 10 epochs, SimCLR and VICReg, three seeds; NCC, kNN
 * (200), linear probe and directional CDNV on the 10,000 test pictures, fine and coarse labels.
 * For each number the paired difference trained - untrained over seeds with Student's interval.
 *
 * `npm run bench -- cifar-100 [DIR]`, DIR being where the canonical binary files are looked for.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { addData } from "../../src/app/add-data.ts";
import { measure } from "../../src/app/measure.ts";
import { pretrain } from "../../src/app/pretrain.ts";
import { type Event, systemClock } from "../../src/base/index.ts";
import { compareOverSeeds, type Measurement } from "../../src/learn/measure/index.ts";

const [pictures, record] = [20_000, 3074];
const methods = ["simclr", "vicreg"] as const;
const seeds = [0, 1, 2];
const shown = ["ncc", "knn", "linear-probe", "directional-cdnv"];

export async function cifar100(folder: string): Promise<void> {
  const data = process.env.TANAFUDA_DATA ?? join(homedir(), ".cache/tanafuda-data");
  const workspace = join(folder, "cifar-100");
  const source = join(workspace, "cifar-100-first-20000");
  mkdirSync(source, { recursive: true });
  if (!existsSync(join(source, "test.bin"))) {
    const from = join(data, "cifar-100-binary");
    const train = readFileSync(join(from, "train.bin")).subarray(0, pictures * record);
    writeFileSync(join(source, "train.bin"), train);
    for (const name of ["test.bin", "coarse_label_names.txt", "fine_label_names.txt"]) {
      writeFileSync(join(source, name), readFileSync(join(from, name)));
    }
  }
  const work = {
    workspace,
    cwd: workspace,
    emit: tell,
    signal: new AbortController().signal,
    clock: systemClock,
    command: ["bench", "cifar-100"],
  };
  await addData({ path: source, name: "cifar-100" }, work);
  for (const method of methods) {
    const found: { trained: readonly Measurement[]; untrained: readonly Measurement[] }[] = [];
    for (const seed of seeds) {
      const kept = join(workspace, `${method}-${seed}.json`);
      if (!existsSync(kept)) {
        const name = `${method}-${seed}`;
        const options = { data: "cifar-100", name, method, backbone: "res-2-64", size: 32 };
        await pretrain({ ...options, batch: 256, epochs: 10, seed }, work);
        const result = await measure({ representations: [name], seed }, work);
        const [trained, untrained] = result.columns.map(({ measurements }) => measurements);
        writeFileSync(kept, JSON.stringify({ trained, untrained }));
      }
      found.push(JSON.parse(readFileSync(kept, "utf8")));
    }
    report(method, found);
  }
}

function report(
  method: string,
  found: readonly { trained: readonly Measurement[]; untrained: readonly Measurement[] }[],
): void {
  const wanted = found[0].untrained.filter(
    (one) =>
      shown.includes(one.measure) &&
      one.split === "test" &&
      one.features === "l2" &&
      one.control === undefined &&
      one.statistic !== "accuracy",
  );
  for (const one of wanted) {
    const values = (list: readonly Measurement[]) =>
      list.find(
        (other) =>
          other.protocol === one.protocol &&
          other.labelSet === one.labelSet &&
          other.split === one.split &&
          other.statistic === one.statistic &&
          other.control === undefined,
      )?.value ?? Number.NaN;
    const [after, before] = [
      found.map(({ trained }) => values(trained)),
      found.map(({ untrained }) => values(untrained)),
    ];
    const { mean, low, high } = compareOverSeeds(before, after);
    const show = (numbers: readonly number[]) => numbers.map((n) => n.toFixed(4)).join(" ");
    const decided = low > 0 || high < 0 ? "excludes 0" : "INCLUDES 0";
    process.stdout.write(
      `${method} ${one.labelSet} ${one.protocol} ${one.statistic}: untrained ${show(before)}, ` +
        `trained ${show(after)}, difference ${mean.toFixed(4)} [${low.toFixed(4)}, ${high.toFixed(4)}] ${decided}\n`,
    );
  }
}

function tell(event: Event): void {
  if (event.type === "phase-end")
    process.stdout.write(`${event.phase} ${event.seconds.toFixed(1)} s\n`);
  if (event.type === "notice")
    process.stdout.write(`${event.code} ${JSON.stringify(event.values)}\n`);
}
