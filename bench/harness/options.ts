/** The options that benches share, each with what a bench takes where it is not said. */
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { Stop } from "./stop.ts";

export interface BenchOptions {
  readonly json: boolean;
  readonly threads: number;
  /** Rounds of a race; each contestant is measured once a round. */
  readonly rounds: number | undefined;
  /** Repetitions within one measurement, of which the median counts. */
  readonly repeat: number | undefined;
  /** Seconds that a peer may take to get ready; then it is given up, which is said. */
  readonly patience: number | undefined;
  /** After so long nothing further is begun, and what there is is reported. */
  readonly minutes: number | undefined;
  readonly executor: string | undefined;
  /** Of PyTorch, ours and the peer's; the processor, if not said. */
  readonly device: string;
  /** Views in a step. */
  readonly views: number | undefined;
  /** Only the peers whose name has one of these texts in it; a quick look, no result. */
  readonly peers: readonly string[] | undefined;
  /** A folder for what is kept from run to run. */
  readonly cache: string | undefined;
  /** A folder for files that a bench writes beside its report. */
  readonly out: string | undefined;
  readonly rest: readonly string[];
}

const known = {
  json: { type: "boolean" },
  threads: { type: "string" },
  rounds: { type: "string" },
  repeat: { type: "string" },
  patience: { type: "string" },
  minutes: { type: "string" },
  executor: { type: "string" },
  device: { type: "string" },
  views: { type: "string" },
  peers: { type: "string" },
  cache: { type: "string" },
  out: { type: "string" },
} as const;

export function benchOptions(args: readonly string[]): BenchOptions {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: known,
      allowPositionals: true,
    });
    return {
      json: values.json ?? false,
      threads: whole("threads", values.threads) ?? availableParallelism(),
      rounds: whole("rounds", values.rounds),
      repeat: whole("repeat", values.repeat),
      patience: whole("patience", values.patience),
      minutes: whole("minutes", values.minutes),
      executor: values.executor,
      device: values.device ?? "cpu",
      views: whole("views", values.views),
      peers: values.peers?.split(",").map((text) => text.trim()),
      cache: values.cache,
      out: values.out,
      rest: positionals,
    };
  } catch (cause) {
    if (cause instanceof Stop) throw cause;
    const names = Object.keys(known).map((name) => `--${name}`);
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Stop("usage", `${why}. Benches know ${names.join(", ")}.`);
  }
}

function whole(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new Stop("usage", `--${name} takes 1, 2, 3, …, not "${text}".`);
}

/** Those of a bench's peers that are asked for, and what to say of the others. */
export function chosenPeers<Peer extends { readonly name: string }>(
  all: readonly Peer[],
  texts: readonly string[] | undefined,
): { readonly peers: readonly Peer[]; readonly notes: readonly string[] } {
  if (texts === undefined) return { peers: all, notes: [] };
  const isNamed = (text: string) => all.some(({ name }) => name === text);
  const peers = all.filter(({ name }) =>
    texts.some((text) => (isNamed(text) ? name === text : name.includes(text))),
  );
  if (peers.length === 0) {
    const names = all.map(({ name }) => name).join(", ");
    throw new Stop("usage", `--peers ${texts.join(",")} names none of ${names}.`);
  }
  return { peers, notes: [`a quick look: ${peers.length} of ${all.length} peers`] };
}
