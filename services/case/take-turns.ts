/** Work on one thing at a time, on different things at once. */
export type TakeTurns = <T>(about: string, work: () => Promise<T>) => Promise<T>;

/**
 * A queue for each thing that is worked on. Two hundred bookers of one slot, for one, would else all decide on the same state, and all
 * but one would conflict, eight times over. Across processes the journal's own check decides.
 */
export const createTurns = (): TakeTurns => {
  const last = new Map<string, Promise<unknown>>();
  return (about, work) => {
    const turn = (last.get(about) ?? Promise.resolve()).then(work);
    const over = turn.then(
      () => undefined,
      () => undefined,
    );
    last.set(about, over);
    // The last in the queue takes the queue with it.
    void over.then(() => {
      if (last.get(about) === over) last.delete(about);
    });
    return turn;
  };
};
