/**
 * A long reckoning in small steps: pure, and whoever runs it may do something else between any two. A year of a region is tens of thousands
 * of rows, and nobody is to wait for a hub that counts.
 */
export type Steps<T> = Generator<undefined, T, undefined>;

/** So many rows are a small step; of groups each is one. */
const rowsAStep = 500;

export function* eachOf<A, B>(items: readonly A[], of: (item: A, place: number) => B): Steps<B[]> {
  const made: B[] = [];
  for (const [place, item] of items.entries()) {
    made.push(of(item, place));
    yield;
  }
  return made;
}

export function* eachRow<A>(rows: readonly A[], work: (row: A) => void): Steps<undefined> {
  for (const [place, row] of rows.entries()) {
    work(row);
    if (place % rowsAStep === rowsAStep - 1) yield;
  }
  return undefined;
}

/** What comes of each row, none or several. */
export function* fromRows<A, B>(rows: readonly A[], of: (row: A) => readonly B[]): Steps<B[]> {
  const made: B[] = [];
  yield* eachRow(rows, (row) => {
    made.push(...of(row));
  });
  return made;
}

/** All of it at once, for whoever has nothing else to do. */
export const allAtOnce = <T>(steps: Steps<T>): T => {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
};
