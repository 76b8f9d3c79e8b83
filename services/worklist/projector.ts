import { caseRecordFrom } from "../../contracts/record.ts";
import { project } from "./core/project.ts";
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

/**
 * Turns runs of journal records into writes to the read models, each run with its checkpoint in one atomic step. Remembers
 * where it is, to see at once when the index was emptied under it.
 */
export const createProjector = (ports: ProjectorPorts): Projector => {
  const at = new Map<string, number>();
  return {
    position: async (stream: string): Promise<number> => {
      const position = await ports.position(stream);
      at.set(stream, position);
      return position;
    },
    apply: async (stream: string, batch: readonly Followed[]): Promise<void> => {
      const from = at.get(stream) ?? 0;
      // Read from where the index once stood: applied again, it would be counted twice and take the checkpoint back.
      if ((batch[0]?.seq ?? 0) <= from) throw new CheckpointMoved();
      const to = batch.at(-1)?.seq ?? from;
      const records = batch.map(({ data }) => caseRecordFrom(decoder.decode(data)));
      const ops = records.flatMap((record) => project(record, ports.digest));
      if (!(await ports.apply(stream, { from, to }, ops))) throw new CheckpointMoved();
      at.set(stream, to);
    },
    intact: async (stream: string): Promise<boolean> => {
      const known = at.get(stream) ?? 0;
      return (await ports.position(stream)) >= known;
    },
  };
};
