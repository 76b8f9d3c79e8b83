import {
  createProjector,
  type IndexPorts,
  type JournalMessage,
  type Projector,
  type SetAside,
} from "../case/projector.ts";
import { unpacked } from "./core/kept-message.ts";
import { logLayout, markKey, messageKey, troubleKey } from "./core/keys.ts";
import { type NoteMessage, readNote } from "./core/note.ts";
import { goesOnWith, type Known, project, projectNote } from "./core/project.ts";
import { readDeadLetter } from "./dead-letters.ts";

export type ProjectorPorts = IndexPorts & {
  mget: (keys: readonly string[]) => Promise<(string | null)[]>;
  /** A keyed hash: whoever has the index alone finds no CPR number by trying them all. */
  digest: (text: string) => string;
  onSetAside: (aside: SetAside) => void;
};

/** What the index holds of messages that go on, by their ids. */
const knownOf = async ({ mget }: Pick<ProjectorPorts, "mget">, ids: readonly string[]): Promise<Known> => {
  if (ids.length === 0) return { messages: new Map(), troubles: new Map() };
  const texts = await mget([...ids.map(messageKey), ...ids.map(troubleKey)]);
  return {
    messages: new Map(
      ids.flatMap((id, i) => {
        const message = unpacked(id, texts[i]);
        return message === undefined ? [] : [[id, message] as const];
      }),
    ),
    troubles: new Map(
      ids.flatMap((id, i) => {
        const item = readDeadLetter(texts[ids.length + i]);
        return item === undefined ? [] : [[id, item] as const];
      }),
    ),
  };
};

/** An index of another layout, or made with another key, is forgotten and made anew. */
const markOf = (digest: (text: string) => string): { key: string; value: string } => ({
  key: markKey,
  value: digest(`${markKey}|${logLayout}`),
});

/** Takes records into the log. */
export const createLogProjector = (ports: ProjectorPorts): Projector =>
  createProjector({
    index: ports,
    mark: markOf(ports.digest),
    read: (message: JournalMessage) => message.record(),
    onSetAside: ports.onSetAside,
    writesOf: async (run) => {
      const known = await knownOf(ports, [...new Set(run.flatMap(({ value }) => goesOnWith(value)))]);
      const projecting = { known, digest: ports.digest };
      return (record) => project(projecting, record);
    },
  });

/** Takes what INTAKE notes of documents that became nothing into an index of its own. */
export const createNotesProjector = (ports: ProjectorPorts): Projector<NoteMessage> =>
  createProjector({
    index: ports,
    mark: markOf(ports.digest),
    read: readNote,
    onSetAside: ports.onSetAside,
    writesOf: async (run) => {
      const known = await knownOf(ports, [...new Set(run.map(({ value }) => value.intakeId))]);
      const projecting = { known, digest: ports.digest };
      return (note) => projectNote(projecting, note);
    },
  });
