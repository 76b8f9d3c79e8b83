import { Fault } from "../../contracts/errors.ts";
import { setAsideKey } from "../../contracts/index-keys.ts";
import type { CaseRecord } from "../../contracts/record.ts";

/** One write of a projection, as Redis takes it: a command, a key without the index's prefix, arguments. */
export type Op = readonly [command: string, key: string, ...args: string[]];

/** What was read of a message, and where that stands in its stream. */
export type Placed<Value = CaseRecord> = { seq: number; value: Value };

/** The index of one projection. Everything throws Fault `index-unavailable` while it is away. */
export type IndexPorts = {
  /** The last sequence of the stream that is in the index. */
  position: (stream: string) => Promise<number>;
  /** All or nothing, and only from where the run began. @returns false when somebody else moved the checkpoint meanwhile */
  apply: (stream: string, span: { from: number; to: number }, ops: readonly Op[]) => Promise<boolean>;
  get: (key: string) => Promise<string | null>;
  /** Forgets all of it, checkpoints included. */
  wipe: () => Promise<void>;
};

/** Messages that could not be taken into the index. Their positions are in it, under `setAsideKey`. */
export type SetAside = { stream: string; seqs: readonly number[]; code: string };

/** What is projected, and how. */
export type Projection<Message extends { seq: number } = JournalMessage, Value = CaseRecord> = {
  index: IndexPorts;
  /** Tells by what layout (and key of hashes) the index was made: one that was made by another is forgotten and made anew. */
  mark: { key: string; value: string };
  /** Reads a message. */
  read: (message: Message) => Value;
  /**
   * Called once a run with all of it; answers what makes the writes of each, asked in the order of the stream. Whatever this or
   * `read` throws, but a Fault of a server that is away, sets that one message aside.
   */
  writesOf: (run: readonly Placed<Value>[]) => Promise<WritesOf<Value>> | WritesOf<Value>;
  onSetAside: (aside: SetAside) => void;
  /** Called when a run is in the index. */
  afterRun?: (stream: string, run: readonly Placed<Value>[]) => void;
};
type WritesOf<Value> = (value: Value) => readonly Op[] | Promise<readonly Op[]>;

/** A message of the journal. @throws Fault `record-unreadable`, `record-version-unknown` when its record is asked for */
export type JournalMessage = { seq: number; record: () => CaseRecord };

/** The checkpoint was moved by somebody else, or is gone: the follower asks for its position and begins there. */
export class CheckpointMoved extends Error {
  override readonly name = "CheckpointMoved";
}

export type Projector<Message extends { seq: number } = JournalMessage> = {
  /** Where the index stands; a follower begins after it. */
  position: (stream: string) => Promise<number>;
  /** @throws CheckpointMoved */
  apply: (stream: string, batch: readonly Message[]) => Promise<void>;
  /** Whether the index stands no further back than where this projector left it. */
  intact: (stream: string) => Promise<boolean>;
};

/** Why a message is set aside. What a server that is away threw is thrown on: it says nothing of the message. */
const reasonOf = (error: unknown): string => {
  if (!(error instanceof Fault)) return "projection-failed";
  if (error.code === "record-unreadable" || error.code === "record-version-unknown") return error.code;
  throw error;
};

type Aside = Map<number, string>;

const writesOfRun = async <Message extends { seq: number }, Value>(
  { mark, read, writesOf }: Projection<Message, Value>,
  batch: readonly Message[],
  aside: Aside,
): Promise<{ run: Placed<Value>[]; ops: Op[] }> => {
  const run: Placed<Value>[] = [];
  for (const message of batch)
    try {
      run.push({ seq: message.seq, value: read(message) });
    } catch (error) {
      aside.set(message.seq, reasonOf(error));
    }
  const writes = await writesOf(run);
  const ops: Op[] = [["SET", mark.key, mark.value]];
  for (const { seq, value } of run)
    try {
      const own = writes(value);
      ops.push(...(own instanceof Promise ? await own : own));
    } catch (error) {
      aside.set(seq, reasonOf(error));
    }
  return { run: run.filter(({ seq }) => !aside.has(seq)), ops };
};

const asideOp = (stream: string, [seq, code]: readonly [number, string]): Op => [
  "HSET",
  setAsideKey,
  `${stream}:${String(seq)}`,
  code,
];

const tellAside = (tell: (aside: SetAside) => void, stream: string, aside: Aside): void => {
  for (const code of new Set(aside.values()))
    tell({ stream, seqs: [...aside].flatMap(([seq, why]) => (why === code ? [seq] : [])), code });
};

/**
 * Turns runs of a stream into writes to an index, each run with its checkpoint in one atomic step: a message is taken in once,
 * whatever fails. One that cannot be read or projected is set aside in the same step, so that those behind it do not wait; a
 * rebuild takes it in once the program can. Remembers where it is, to see at once when the index was emptied under it.
 */
export const createProjector = <Message extends { seq: number }, Value>(
  projection: Projection<Message, Value>,
): Projector<Message> => {
  const { index, mark, onSetAside, afterRun } = projection;
  const at = new Map<string, number>();
  const begin = async (stream: string): Promise<number> => {
    const position = await index.position(stream);
    if (position === 0 || (await index.get(mark.key)) === mark.value) return position;
    await index.wipe();
    return 0;
  };
  return {
    position: async (stream) => {
      const position = await begin(stream);
      at.set(stream, position);
      return position;
    },
    apply: async (stream, batch) => {
      const from = at.get(stream) ?? 0;
      // Read from where the index once stood: applied again, it would be counted twice and take the checkpoint back.
      if ((batch[0]?.seq ?? 0) <= from) throw new CheckpointMoved();
      const to = batch.at(-1)?.seq ?? from;
      const aside: Aside = new Map();
      const { run, ops } = await writesOfRun(projection, batch, aside);
      ops.push(...[...aside].map((one) => asideOp(stream, one)));
      if (!(await index.apply(stream, { from, to }, ops))) throw new CheckpointMoved();
      at.set(stream, to);
      tellAside(onSetAside, stream, aside);
      // Only now: whoever hears of a change and asks must find it.
      afterRun?.(stream, run);
    },
    intact: async (stream) => (await index.position(stream)) >= (at.get(stream) ?? 0),
  };
};

/** What the projections of the journal read. */
export const recordOf = ({ record }: JournalMessage): CaseRecord => record();
