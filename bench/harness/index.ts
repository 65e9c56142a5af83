/** Doorway of the harness that times ours beside peers. */
export { type Asked, type Child, peersPython, requirePeer, startOurs, startPeer } from "./child.ts";
export { describeMachine, type Machine, readMachine } from "./machine.ts";
export { type BenchOptions, benchOptions, chosenPeers } from "./options.ts";
export { qualify, worstChecks } from "./qualify.ts";
export { bestOf, type Contestant, type Row, race, type Standing, standingOf } from "./race.ts";
export { type BenchReport, type Check, renderReport } from "./report.ts";
export { handler, serve } from "./serve.ts";
export { type Spread, short, spreadOf } from "./statistics.ts";
export { exitCodes, Stop } from "./stop.ts";
