/** Several pieces of work at once, results in the order of the items. */

/** At most `concurrency` are under way; nothing is taken from `items` before there is room. */
export async function* inOrder<T, R>(
  items: Iterable<T> | AsyncIterable<T>,
  concurrency: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const underWay: Promise<R>[] = [];
  for await (const item of items) {
    const started = work(item);
    // Whoever awaits it hears of a failure; until then it must not count as unhandled.
    started.catch(() => {});
    underWay.push(started);
    if (underWay.length >= concurrency) yield await (underWay.shift() as Promise<R>);
  }
  yield* underWay;
}
