/** Work that may go on together, and work that must be alone. */

export interface Gate {
  /** Waits while something is alone. */
  together<T>(work: () => Promise<T>): Promise<T>;
  /** Waits for all that has begun; what comes later waits for it. Not to be asked for within `together`. */
  alone<T>(work: () => Promise<T>): Promise<T>;
}

export function createGate(): Gate {
  const open = new Set<Promise<unknown>>();
  let lastAlone: Promise<unknown> = Promise.resolve();
  return {
    async together(work) {
      for (let before: unknown; before !== lastAlone; ) {
        before = lastAlone;
        await lastAlone;
      }
      const running = work();
      const settled: Promise<unknown> = running.then(
        () => open.delete(settled),
        () => open.delete(settled),
      );
      open.add(settled);
      return await running;
    },
    async alone(work) {
      const turn = lastAlone.then(async () => {
        await Promise.all(open);
        return await work();
      });
      lastAlone = turn.catch(() => {});
      return await turn;
    },
  };
}
