import type { JetStreamClient } from "@nats-io/jetstream";
import type { MsgHdrs } from "@nats-io/transport-node";

/** A message as a stream has it: the server said that it is on disk, and under which sequence. */
export type Written = {
  stream: string;
  seq: number;
  subject: string;
  data: Uint8Array;
  headers: MsgHdrs | undefined;
};

/**
 * What this process writes to streams, for those parts of it that follow them: the server need not hand back what is here. A
 * hint and no more. Whoever follows a stream looks at it as well, for what was stored and never acknowledged, and after a crash.
 */
export type OwnWrites = {
  tell: (written: Written) => void;
  /** @returns how to stop listening */
  hear: (stream: string, listener: (written: Written) => void) => () => void;
};

const all = new WeakMap<JetStreamClient, OwnWrites>();

/** From now on what is written is handed over: for a process whose servers nobody else writes to. */
export const handOver = (js: JetStreamClient): OwnWrites => {
  const listeners = new Map<string, Set<(written: Written) => void>>();
  const own: OwnWrites = {
    tell: (written) => {
      for (const listener of listeners.get(written.stream) ?? []) listener(written);
    },
    hear: (stream, listener) => {
      const ofStream = listeners.get(stream) ?? new Set();
      listeners.set(stream, ofStream.add(listener));
      return () => {
        ofStream.delete(listener);
      };
    },
  };
  all.set(js, own);
  return own;
};

/** Absent: what is written comes back through the server alone. */
export const ownWritesOf = (js: JetStreamClient): OwnWrites | undefined => all.get(js);
