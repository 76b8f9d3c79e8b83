import { MessagePage, MessageView } from "../../contracts/messages/message-log.ts";
import type { CaseRecord } from "../../contracts/record.ts";
import { sha256 } from "../../infra/ids.ts";
import type { JournalMessage, Op } from "../../services/case/projector.ts";
import type { NoteMessage } from "../../services/message-log/core/note.ts";
import { createMessageLogHandler, type HandlerPorts } from "../../services/message-log/handler.ts";
import {
  createLogProjector,
  createNotesProjector,
  type ProjectorPorts,
} from "../../services/message-log/projector.ts";
import { now } from "./advice-given.ts";
import { type Kept, memoryPorts } from "./memory-index.ts";
import type { MemoryJournal } from "./memory-journal.ts";

/** The two writes that the log makes, as Redis does them. */
const write = (kept: Kept, [name, key, ...args]: Op): void => {
  const at = kept.get(key) ?? new Map<string, string>();
  kept.set(key, at);
  if (name === "SET") at.set("", args[0] ?? "");
  else if (name === "ZADD") at.set(args[1] ?? "", args[0] ?? "");
  else throw new Error(`The store knows no ${name}.`);
};

const indexPorts = (kept: Kept): ProjectorPorts => ({
  position: () => Promise.resolve(0),
  apply: (_stream, _span, ops) => {
    for (const op of ops) write(kept, op);
    return Promise.resolve(true);
  },
  get: (key) => Promise.resolve(kept.get(key)?.get("") ?? null),
  mget: (keys) => Promise.resolve(keys.map((key) => kept.get(key)?.get("") ?? null)),
  wipe: () => Promise.resolve(),
  digest: sha256,
  onSetAside: ({ code, seqs }) => {
    throw new Error(`${code} ${seqs.join(" ")}`);
  },
});

/** The log of these records, taken in runs of these lengths, again and again. */
export const loggedOf = async (
  records: readonly CaseRecord[],
  runs: readonly number[] = [7],
): Promise<Kept> => {
  const kept: Kept = new Map();
  const projector = createLogProjector(indexPorts(kept));
  let at = 0;
  for (let n = 0; at < records.length; n++) {
    const length = runs[n % runs.length] ?? 1;
    const run = records.slice(at, at + length).map((record, i): JournalMessage => {
      return { seq: at + i + 1, record: () => record };
    });
    await projector.apply("S", run);
    at += length;
  }
  return kept;
};

/** What INTAKE notes, as an index of its own. */
export const notesOf = async (notes: readonly NoteMessage[]): Promise<Kept> => {
  const kept: Kept = new Map();
  if (notes.length > 0) await createNotesProjector(indexPorts(kept)).apply("N", notes);
  return kept;
};

const encoder = new TextEncoder();
export const noteOf = (seq: number, kind: "refused" | "steps", id: string, value: object): NoteMessage => ({
  seq,
  subject: `intake.00.${kind}.${id}`,
  data: encoder.encode(JSON.stringify(value)),
});

export const logPorts = (
  cases: Kept,
  journal: Pick<MemoryJournal, "load">,
  more: Partial<HandlerPorts> & { notesKept?: Kept } = {},
): HandlerPorts => {
  const { notesKept = new Map<string, Map<string, string>>(), ...rest } = more;
  const read = memoryPorts(cases, journal);
  return {
    cases: {
      ...read,
      startingWith: (key, start, limit) =>
        Promise.resolve(
          [...(cases.get(key)?.keys() ?? [])].filter((member) => member.startsWith(start)).slice(0, limit),
        ),
    },
    notes: memoryPorts(notesKept, journal),
    load: (caseId) => journal.load(caseId),
    document: () => Promise.resolve(undefined),
    read: () => Promise.resolve(undefined),
    unitsOf: read.unitsOf,
    nameOf: read.nameOf,
    digest: sha256,
    reached: () => Promise.resolve("reached"),
    ...rest,
  };
};

/** Asks the log as a viewer. Throws when it does not answer. */
export const askLog = async (
  ports: HandlerPorts,
  viewer: string,
  { type, payload }: { type: string; payload: object },
): Promise<unknown> => {
  const message = { id: "q", type: `messages.${type}`, version: 1, time: now, sender: viewer, payload };
  const reply = await createMessageLogHandler(ports)(message);
  if (reply.status !== "ok") throw new Error(reply.code);
  return reply.value;
};

export const searched = async (
  ports: HandlerPorts,
  viewer: string,
  payload: object = {},
): Promise<MessagePage> => MessagePage.parse(await askLog(ports, viewer, { type: "search", payload }));
export const shownTo = async (ports: HandlerPorts, viewer: string, id: string): Promise<MessageView> =>
  MessageView.parse(await askLog(ports, viewer, { type: "show", payload: { id } }));
