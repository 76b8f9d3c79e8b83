import type { Followed } from "./followed.ts";

/** What was read of a stream and not yet applied, in order, within limits. */
export type Backlog = {
  /** After this sequence everything is here, or was never wanted. */
  since: () => number;
  /** Takes a message into what waits. One too many: the older half is forgotten, and `since` tells. */
  add: (message: Followed) => void;
  /** The next messages after a sequence, at most so many; `undefined` when some of them are not here any more. */
  take: (after: number, most: number) => Followed[] | undefined;
  size: () => number;
  /** Whether one more would be one too many. */
  isFull: () => boolean;
  /** Resolves once something is so: looked at whenever messages come or go, and when roused. */
  until: (isSo: () => boolean) => Promise<void>;
  rouse: () => void;
};

export const backlogMessages = 2_000;
export const backlogBytes = 8 * 1024 * 1024;

type Looking = Pick<Backlog, "until" | "rouse">;

const createLooking = (): Looking => {
  let lookers: { isSo: () => boolean; resolve: () => void }[] = [];
  return {
    until: (isSo) =>
      isSo()
        ? Promise.resolve()
        : new Promise((resolve) => {
            lookers.push({ isSo, resolve });
          }),
    rouse: () => {
      if (lookers.length === 0) return;
      const [now, later] = [lookers.filter((one) => one.isSo()), lookers.filter((one) => !one.isSo())];
      lookers = later;
      for (const { resolve } of now) resolve();
    },
  };
};

/** `from`: the sequence after which messages will be added. */
export const createBacklog = (from: number): Backlog => {
  let [since, bytes] = [from, 0];
  const waiting: Followed[] = [];
  const { until, rouse } = createLooking();
  const isFull = (): boolean =>
    waiting.length >= backlogMessages || (bytes >= backlogBytes && waiting.length > 1);
  const remove = (count: number): Followed[] => {
    const gone = waiting.splice(0, count);
    for (const { data } of gone) bytes -= data.length;
    since = Math.max(since, gone.at(-1)?.seq ?? 0);
    return gone;
  };
  return {
    since: () => since,
    add: (message) => {
      if (isFull()) remove(Math.ceil(waiting.length / 2));
      waiting.push(message);
      bytes += message.data.length;
      rouse();
    },
    take: (after, most) => {
      if (after < since) return undefined;
      const known = waiting.findIndex(({ seq }) => seq > after);
      remove(known === -1 ? waiting.length : known);
      const taken = remove(most);
      rouse();
      return taken;
    },
    size: () => waiting.length,
    isFull,
    until,
    rouse,
  };
};
