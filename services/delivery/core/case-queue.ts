/**
 * Values by key, in the order in which the keys came up. Changed by copying one part of it, so that a receiver that was away for a day, and is
 * owed tens of thousands of documents, costs no more for each of them than one that is owed ten.
 */
export type CaseQueue<Value> = readonly ReadonlyMap<string, Value>[];

/** Keys in one part: copied with each change. */
const partSize = 128;

const partOf = <Value>(queue: CaseQueue<Value>, key: string): number =>
  queue.findIndex((part) => part.has(key));

export const valueIn = <Value>(queue: CaseQueue<Value>, key: string): Value | undefined =>
  queue[partOf(queue, key)]?.get(key);

/** A key that is new comes last; one that is known keeps its place. */
export const withValue = <Value>(queue: CaseQueue<Value>, key: string, value: Value): CaseQueue<Value> => {
  const at = partOf(queue, key);
  if (at >= 0) return queue.with(at, new Map(queue[at]).set(key, value));
  const last = queue.at(-1);
  return last === undefined || last.size >= partSize
    ? [...queue, new Map([[key, value]])]
    : queue.with(-1, new Map(last).set(key, value));
};

export const without = <Value>(queue: CaseQueue<Value>, key: string): CaseQueue<Value> => {
  const at = partOf(queue, key);
  const part = new Map(queue[at]);
  if (!part.delete(key)) return queue;
  return part.size === 0 ? queue.toSpliced(at, 1) : queue.with(at, part);
};

/** Each value, one by one: whoever has enough stops. */
export function* valuesIn<Value>(queue: CaseQueue<Value>): Generator<Value, void> {
  for (const part of queue) yield* part.values();
}

/** The same keys in the same order, with other values. */
export const mapped = <Value>(queue: CaseQueue<Value>, change: (value: Value) => Value): CaseQueue<Value> =>
  queue.map((part) => new Map([...part].map(([key, value]) => [key, change(value)])));
