/** `npm run bench`: lists what there is; `npm run bench -- NAME` runs one. */
import { tmpdir } from "node:os";
import { join } from "node:path";

const benches: Readonly<Record<string, { about: string; run: () => Promise<unknown> }>> = {
  augment: {
    about: "views per second on one core",
    run: () => import("./augment.ts"),
  },
  measures: {
    about: "seconds of each measure at 50,000 × 512",
    run: async () => {
      const { measureTimes } = await import("./measures.ts");
      await measureTimes(({ name, seconds }) => {
        process.stdout.write(`${name}: ${seconds.toFixed(2)} s\n`);
      });
    },
  },
  ops: { about: "milliseconds of each op on each executor", run: () => import("./ops.ts") },
  step: { about: "views per second of whole training steps", run: () => import("./step.ts") },
  "cifar-100": {
    about: "trained against untrained on CIFAR-100 over seeds (about an hour)",
    run: async () => {
      const { cifar100 } = await import("./experiments/cifar-100.ts");
      await cifar100(process.argv[2] ?? join(tmpdir(), "tanafuda-experiments"));
    },
  },
};

const [name] = process.argv.splice(2, 1);
const chosen = name === undefined ? undefined : benches[name];
if (chosen) await chosen.run();
else {
  const lines = Object.entries(benches).map(([key, { about }]) => `  ${key.padEnd(12)} ${about}`);
  process.stdout.write(`npm run bench -- NAME\n${lines.join("\n")}\n`);
}
