/**
 * Threads that help to run routines on shared memory. Work is cut into pieces that anyone takes, the
 * asking thread among them: what comes out does not depend on who took what, nor on whether a helper
 * is there yet. Helpers sleep between pieces and never keep the process alive.
 */
import { MessageChannel, type MessagePort, Worker } from "node:worker_threads";

/**
 * Places in the shared numbers. Pieces are numbered on and on: `next` up to `end` are to be taken, the
 * first one that was asked for was `base`; their arguments begin at `pieceFrom`. Where `more` is not 0,
 * others follow at once.
 */
const at = {
  end: 0,
  next: 1,
  base: 2,
  done: 3,
  arena: 4,
  routine: 5,
  failed: 6,
  more: 7,
  pieceFrom: 8,
};
const argumentsAtMost = 16;
export const piecesAtMost = 64;
/** Looks for work, or for its end, before a thread sleeps: some 50 µs, about what waking takes. */
const looks = 4000;

/** Of this process: one thread asks at a time, since it waits for what it asked. */
const control = new Int32Array(
  new SharedArrayBuffer(4 * (at.pieceFrom + argumentsAtMost * piecesAtMost)),
);

/** A helper. Text, so that it starts from sources and from what is built alike. */
const helping = `
const { workerData, receiveMessageOnPort } = require("node:worker_threads");
const { control, port, at, argumentsAtMost, looks } = workerData;
let looked = 0;
const arenas = new Map();
const read = () => {
  for (let given = receiveMessageOnPort(port); given; given = receiveMessageOnPort(port)) {
    const { id, module, memory } = given.message;
    if (module) {
      const { exports } = new WebAssembly.Instance(module, { host: { memory } });
      arenas.set(id, Object.values(exports));
    } else arenas.delete(id);
  }
};
for (;;) {
  const next = Atomics.load(control, at.next);
  if (next === Atomics.load(control, at.end)) {
    if (Atomics.load(control, at.more) && looked++ < looks) continue;
    Atomics.wait(control, at.end, next);
    looked = 0;
    read();
  } else if (Atomics.compareExchange(control, at.next, next, (next + 1) | 0) === next) {
    looked = 0;
    try {
      read();
      const from = at.pieceFrom + argumentsAtMost * ((next - control[at.base]) | 0);
      const routine = arenas.get(control[at.arena])[control[at.routine]];
      routine(...control.subarray(from, from + argumentsAtMost));
    } catch {
      Atomics.store(control, at.failed, 1);
    }
    Atomics.add(control, at.done, 1);
    Atomics.notify(control, at.done);
  }
}
`;

interface Shared {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
}

const ports: MessagePort[] = [];
const arenas = new Map<number, Shared>();
let arenasSoFar = 0;

/** Sees to it that so many helpers are there, or on their way. */
export function callHelpers(count: number): void {
  while (ports.length < count) {
    const { port1, port2 } = new MessageChannel();
    const worker = new Worker(helping, {
      eval: true,
      workerData: { control, port: port2, at, argumentsAtMost, looks },
      transferList: [port2],
    });
    worker.unref();
    port1.unref();
    for (const [id, shared] of arenas) port1.postMessage({ id, ...shared });
    ports.push(port1);
  }
}

/** Tells helpers of memory and its routines; they let go of it when it is closed. */
export function shareArena(shared: Shared): { readonly id: number; close(): void } {
  const id = arenasSoFar++;
  arenas.set(id, shared);
  for (const port of ports) port.postMessage({ id, ...shared });
  return {
    id,
    close() {
      unfinished?.();
      arenas.delete(id);
      for (const port of ports) port.postMessage({ id });
      Atomics.notify(control, at.end);
    },
  };
}

export interface Pieces {
  readonly arena: number;
  /** The routine, by its place in the module, and as this thread calls it. */
  readonly routine: number;
  readonly call: (...values: readonly number[]) => void;
  /** The arguments of each piece, at most `piecesAtMost`. */
  readonly values: readonly (readonly number[])[];
}

/** What was begun last, if nobody has waited for it. */
let unfinished: (() => void) | undefined;

/**
 * Lets helpers begin. The function handed back takes what is left, returns when all pieces are done, and
 * says how many this thread did; whoever begins the next pieces sees to that first. `more` tells helpers
 * that others follow at once, so that they look out for those a while.
 */
export function beginPieces(pieces: Pieces, more = false): () => number {
  unfinished?.();
  const { arena, routine, values } = pieces;
  const base = Atomics.load(control, at.end);
  control[at.base] = base;
  control[at.arena] = arena;
  control[at.routine] = routine;
  control[at.failed] = 0;
  control[at.done] = 0;
  for (const [piece, given] of values.entries()) {
    control.set(given, at.pieceFrom + argumentsAtMost * piece);
  }
  Atomics.store(control, at.more, more ? 1 : 0);
  Atomics.store(control, at.end, (base + values.length) | 0);
  Atomics.notify(control, at.end);
  let outcome: Outcome | undefined;
  const finish = () => {
    if (outcome) return outcome;
    unfinished = undefined;
    outcome = takeRest(pieces, base);
    return outcome;
  };
  unfinished = finish;
  return () => {
    const { own, failure } = finish();
    if (failure) throw new Error("a routine failed on one of its pieces", failure);
    return own;
  };
}

interface Outcome {
  readonly own: number;
  readonly failure?: ErrorOptions | undefined;
}

function takeRest({ call, values }: Pieces, base: number): Outcome {
  let failure: ErrorOptions | undefined;
  let own = 0;
  for (;;) {
    const next = Atomics.load(control, at.next);
    if (next === Atomics.load(control, at.end)) break;
    if (Atomics.compareExchange(control, at.next, next, (next + 1) | 0) !== next) continue;
    try {
      call(...values[(next - base) | 0]);
    } catch (cause) {
      failure ??= { cause };
    }
    Atomics.add(control, at.done, 1);
    own++;
  }
  let looked = 0;
  for (let done = 0; done < values.length; done = Atomics.load(control, at.done)) {
    if (looked++ >= looks) Atomics.wait(control, at.done, done);
  }
  if (Atomics.load(control, at.failed) === 1) failure ??= {};
  return { own, failure };
}
