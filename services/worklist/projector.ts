import { indexKeyMark, indexLayout } from "../../contracts/index-keys.ts";
import { type CaseRecord, caseRecordFrom } from "../../contracts/record.ts";
import { caseEvent } from "./core/case-event.ts";
import { type Op, project } from "./core/project.ts";
import type { ProjectorPorts } from "./ports.ts";

type Followed = { seq: number; data: Uint8Array };

/** The checkpoint was moved by somebody else, or is gone: the follower asks for its position and begins there. */
export class CheckpointMoved extends Error {
  override readonly name = "CheckpointMoved";
}

export type Projector = {
  /** Where the index stands; a follower begins after it. */
  position: (stream: string) => Promise<number>;
  /** @throws CheckpointMoved */
  apply: (stream: string, batch: readonly Followed[]) => Promise<void>;
  /** Whether the index stands no further back than where this projector left it. */
  intact: (stream: string) => Promise<boolean>;
};

const decoder = new TextDecoder();

/** Nobody waits for news of this age: it is an index that is made anew, and whoever listens reads its lists at hello. */
const newsMs = 10 * 60_000;

/** Tells of records once, and not of those that a rebuild reads again. */
const teller = (ports: ProjectorPorts) => {
  const told = new Map<string, number>();
  return (stream: string, batch: readonly { seq: number; record: CaseRecord }[]): void => {
    const before = told.get(stream) ?? 0;
    for (const { seq, record } of batch)
      if (seq > before && ports.nowMs() - Date.parse(record.meta.at) < newsMs) ports.tell(caseEvent(record));
    told.set(stream, Math.max(before, batch.at(-1)?.seq ?? 0));
  };
};

/** An index of another layout, or made with another key, finds nobody's cases: it is forgotten and made anew. */
const forgetOtherKey = async (ports: ProjectorPorts, stream: string, mark: string): Promise<number> => {
  const position = await ports.position(stream);
  if (position === 0 || (await ports.get(indexKeyMark)) === mark) return position;
  await ports.wipe();
  return 0;
};

/**
 * Turns runs of journal records into writes to the read models, each run with its checkpoint in one atomic step. Remembers
 * where it is, to see at once when the index was emptied under it.
 */
export const createProjector = (ports: ProjectorPorts): Projector => {
  const at = new Map<string, number>();
  const mark = ports.digest(`${indexKeyMark}|${indexLayout}`);
  const tell = teller(ports);
  return {
    position: async (stream: string): Promise<number> => {
      const position = await forgetOtherKey(ports, stream, mark);
      at.set(stream, position);
      return position;
    },
    apply: async (stream: string, batch: readonly Followed[]): Promise<void> => {
      const from = at.get(stream) ?? 0;
      // Read from where the index once stood: applied again, it would be counted twice and take the checkpoint back.
      if ((batch[0]?.seq ?? 0) <= from) throw new CheckpointMoved();
      const to = batch.at(-1)?.seq ?? from;
      const records = batch.map(({ seq, data }) => ({ seq, record: caseRecordFrom(decoder.decode(data)) }));
      const ops = records.flatMap(({ record }) => project(record, ports.digest));
      const marked: Op[] = [...ops, ["SET", indexKeyMark, mark]];
      if (!(await ports.apply(stream, { from, to }, marked))) throw new CheckpointMoved();
      at.set(stream, to);
      // Only now: whoever hears of a change and asks must find it.
      tell(stream, records);
    },
    intact: async (stream: string): Promise<boolean> => {
      const known = at.get(stream) ?? 0;
      return (await ports.position(stream)) >= known;
    },
  };
};
