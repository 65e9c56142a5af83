/** `tanafuda doctor`. */
import type { Command } from "commander";
import { type Examined, examineMachine, runJob } from "../../../app/index.ts";
import { type Context, perform, placeOf } from "../context.ts";
import { harmless } from "../notice.ts";
import { table } from "../table.ts";
import { sayNext, withWorkspace } from "./next.ts";
import { choice, examples, whole } from "./options.ts";

export function doctor(program: Command, context: Context): void {
  const { say, print } = context;
  const command = withWorkspace(program.command("doctor"), context)
    .description(say("command/doctor"))
    .option("--executor <name>", say("option/executor"))
    .option("--threads <number>", say("option/threads"), whole("--threads", 1))
    .option("--device <name>", say("option/device"))
    .option("--install <library>", say("option/install"), choice("--install", ["onednn"]));
  examples(command, context, [
    "tanafuda doctor",
    "tanafuda doctor --install onednn",
    "tanafuda doctor --json",
  ]);
  command.action((flags) => {
    const place = placeOf(context, flags.workspace);
    if (flags.install !== undefined) {
      return perform(context, "install-onednn", async (work) => {
        const result = await runJob("install-onednn", {}, { ...place, ...work });
        print(say("cli/installed", { ...result }));
        sayNext(context, flags, ["doctor"]);
        return result;
      });
    }
    return perform(context, "doctor", async (work) => {
      const { executor, threads, device } = flags;
      const choice = { executor, threads, device };
      const result = await examineMachine(choice, { ...place, ...work });
      print(table([[say("cli/what"), say("cli/found")], ...hostRows(result, context)], context));
      print(`\n${table(executorRows(result, context), context)}`);
      print("");
      for (const line of [chosenLine(result, context), ...hints(result, context)]) print(line);
      sayNext(context, flags, result.faster ?? ["pilot", "FOLDER"]);
      return result;
    });
  });
}

function hostRows(result: Examined, context: Context): string[][] {
  const { say } = context;
  const { memory, disk, workspace, features } = result;
  return [
    ["tanafuda", result.version],
    ["Node", result.node],
    [say("cli/processor"), `${result.processor} × ${result.cores}`],
    [say("cli/features"), features?.join(" ") ?? say("cli/not-told")],
    [say("cli/memory"), `${gigabytes(memory.total)} (${gigabytes(memory.free)})`],
    [say("cli/disk"), gigabytes(disk.free)],
    ["JPEG", jpegDecoder(result, context)],
    [say("cli/workspace"), `${workspace.path} (${workspace.datasets})`],
  ];
}

function jpegDecoder({ jpeg }: Examined, { say }: Context): string {
  if ("fault" in jpeg) return say("cli/not-usable");
  if (jpeg.decoder === "native") return `libjpeg-turbo (${jpeg.path})`;
  return say("cli/jpeg-wasm", { why: jpeg.why });
}

/** Why no native library decodes, where that can be helped. */
function jpegHints({ jpeg }: Examined, { say }: Context): string[] {
  if ("fault" in jpeg) return [say(jpeg.fault.code, harmless(jpeg.fault.values))];
  if (jpeg.decoder === "native" || jpeg.why === "off") return [];
  if (jpeg.why !== "absent") return [say("cli/hint-jpeg-unusable", harmless({ ...jpeg }))];
  return [say("cli/hint-jpeg", { system: process.platform })];
}

/** One row an executor: library, and GFLOP/s in each kind of work. */
function executorRows({ executors }: Examined, { say }: Context): string[][] {
  const head = [
    say("cli/executor"),
    say("cli/library"),
    say("cli/training-rate"),
    say("cli/embedding-rate"),
    say("cli/measuring-rate"),
  ];
  const rows = executors.map(({ name, description, path, rates }) => {
    const told = rates ? libraryName(description, path) : say("cli/not-usable");
    const { training, embedding, measuring } = rates ?? {};
    return [name, told, ...[training, embedding, measuring].map(figure)];
  });
  return [head, ...rows];
}

function figure(rate: number | undefined): string {
  return rate === undefined ? "–" : rate.toPrecision(3);
}

function libraryName(description: unknown, path = ""): string {
  const values: Record<string, unknown> = { ...(description as object) };
  const version = values.version === undefined ? "" : ` ${values.version}`;
  return values.library === "none" ? "–" : `${values.library}${version} (${path})`;
}

/** What is taken when nothing is asked, or what is in its way. */
function chosenLine({ chosen, fault }: Examined, { say }: Context): string {
  if (fault) return say(fault.code, harmless(fault.values));
  return say("cli/doctor-chosen", { ...chosen });
}

const little = { memory: 2e9, disk: 5e9 } as const;

/** Why an executor cannot be used, what would make it faster, and what may stand in the way. */
function hints(result: Examined, context: Context) {
  const { say } = context;
  const { cores, memory, disk, workspace, executors, features, faster } = result;
  const { holder } = workspace;
  const faults = executors.flatMap(({ name, fault }) =>
    fault ? [`${name}: ${say(fault.code, harmless(fault.values))}`] : [],
  );
  const isOld = features !== undefined && process.arch === "x64" && !features.includes("avx2");
  return [
    ...faults,
    ...(faster ? [say("cli/hint-onednn")] : []),
    ...jpegHints(result, context),
    ...(isOld ? [say("cli/hint-avx2")] : []),
    say("cli/hint-cores", { threads: cores }),
    ...(memory.free < little.memory
      ? [say("cli/hint-memory", { free: gigabytes(memory.free) })]
      : []),
    ...(disk.free < little.disk ? [say("cli/hint-disk", { free: gigabytes(disk.free) })] : []),
    ...(holder ? [say("cli/hint-held", { ...holder })] : []),
  ];
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}
