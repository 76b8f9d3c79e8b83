import { caseOfDelivery } from "../../contracts/derived-ids.ts";
import { RefusedDocument } from "../../contracts/messages/worklist.ts";
import { caseRecordFrom } from "../../contracts/record.ts";
import { querySubject, refusedSubjects, stepsSubjects } from "../../contracts/subjects.ts";
import { createReached } from "../../infra/nats/index-reach.ts";
import { overJson } from "../../infra/nats/json.ts";
import { type Read, readSome, sequenceBefore } from "../../infra/nats/read-some.ts";
import { intakeStreams, journalStreams } from "../../infra/nats/streams.ts";
import type { Part, Platform } from "../../infra/platform.ts";
import { logSetAside, startProjection } from "../../infra/projection.ts";
import { indexPrefixes } from "../../infra/redis/index-names.ts";
import { createProjections, type Projections } from "../../infra/redis/projections.ts";
import { startingWith } from "../../infra/redis/starting-with.ts";
import { startRepeating } from "../../infra/repeat.ts";
import { createUnits, nameIn } from "../case/units.ts";
import { createMessageLogHandler, type HandlerPorts } from "./handler.ts";
import type { ReadStream } from "./ports.ts";
import { createLogProjector, createNotesProjector } from "./projector.ts";

/** Apart from the log: what INTAKE notes is made anew by itself, from INTAKE. */
const notesPrefix = "n:";
/** A log need not be of this very second; whoever wrote something and asks for it says so, and it is waited for. */
const restMs = 200;
const reachedWithinMs = 2_000;
const lookMs = 500;
/** So many looks go by in quiet: what was not heard of, the connection being away, is found then. */
const looksBetween = 60;
/** Notes that are taken together. */
const notesTogether = 500;
const everyCase = "case.>";

const namesOf = (streams: readonly { name: string }[]): string[] => streams.map(({ name }) => name);

const decoder = new TextDecoder();
const recordOf = ({ data }: Read): ReturnType<typeof caseRecordFrom> => caseRecordFrom(decoder.decode(data));
const refusalOf = ({ data }: Read): RefusedDocument =>
  RefusedDocument.parse(JSON.parse(decoder.decode(data)));

/** The streams of the journal, and after them those of INTAKE, as an export reads them. */
const createReader = (platform: Platform): ReadStream => {
  const journal = namesOf(journalStreams(platform.layout));
  const intake = namesOf(intakeStreams(platform.layout));
  const before = (stream: string, from: string): Promise<number> =>
    intake.includes(stream)
      ? sequenceBefore(platform, { stream, subjects: refusedSubjects }, (one) => refusalOf(one).at < from)
      : sequenceBefore(platform, { stream, subjects: everyCase }, (one) => recordOf(one).meta.at < from);
  return async (number, { from, seq, limit }) => {
    const stream = [...journal, ...intake][number];
    if (stream === undefined) return undefined;
    const after = seq === 0 ? await before(stream, from) : seq;
    const noted = intake.includes(stream);
    const filter = [noted ? refusedSubjects : everyCase];
    const { messages, more } = await readSome(platform, { stream, filter }, { after, limit });
    return {
      records: noted ? [] : messages.map(recordOf),
      refusals: noted ? messages.map(refusalOf) : [],
      next: more ? messages.at(-1)?.seq : undefined,
    };
  };
};

type Notes = ReturnType<typeof createNotesProjector>;

/** The next notes of a stream. @returns whether there are more */
const takeNotes = async (platform: Platform, notes: Notes, stream: string): Promise<boolean> => {
  const after = await notes.position(stream);
  const filter = [refusedSubjects, stepsSubjects];
  const { messages, more } = await readSome(platform, { stream, filter }, { after, limit: notesTogether });
  if (messages.length > 0) await notes.apply(stream, messages);
  return more;
};

/**
 * Follows what INTAKE notes of documents that became nothing. There are few of them among millions of documents: so it looks when
 * it hears of one, and now and then, and not at every document.
 */
const followNotes = (platform: Platform, notes: Notes): Part => {
  const { nc, layout, log } = platform;
  const streams = namesOf(intakeStreams(layout));
  let quietLooks = 0;
  const soon = (): void => {
    quietLooks = 0;
  };
  const heard = [refusedSubjects, stepsSubjects].map((subject) => nc.subscribe(subject, { callback: soon }));
  const look = async (): Promise<boolean> => {
    const all = quietLooks === 0;
    quietLooks = (quietLooks + 1) % looksBetween;
    let more = false;
    for (const stream of streams)
      if (all || !(await notes.intact(stream))) more = (await takeNotes(platform, notes, stream)) || more;
    if (more) soon();
    return more;
  };
  const looking = startRepeating(look, lookMs, (error) => {
    soon();
    log.warn("notes wait", { error });
  });
  return {
    stop: async () => {
      for (const subscription of heard) subscription.unsubscribe();
      await looking.stop();
    },
  };
};

const portsFrom = (platform: Platform, cases: Projections, notes: Projections): HandlerPorts => {
  const { journal, intake, directory, redis, indexDigest } = platform;
  const reached = createReached(platform, cases, reachedWithinMs);
  return {
    cases: { ...cases, startingWith: startingWith(redis, cases) },
    notes,
    load: (caseId) => journal.load(caseId),
    document: async (intakeId) => {
      const history = await intake.history(intakeId);
      if (history === undefined) return undefined;
      const { document, refused, steps } = history;
      return { ...document, refused, steps };
    },
    read: createReader(platform),
    unitsOf: createUnits(directory),
    nameOf: (gln) => nameIn(directory, gln),
    digest: indexDigest,
    reached: async (written) => {
      const place = caseOfDelivery(`${written}.0`);
      return place === undefined ? "unknown" : reached(place);
    },
  };
};

/** Keeps the log of every message, and answers questions about it. */
export const startMessageLog = (platform: Platform): Part => {
  const { bus, indexDigest: digest, log, redis } = platform;
  const cases = createProjections(redis, indexPrefixes["message-log"]);
  const notes = createProjections(redis, notesPrefix);
  const onSetAside = logSetAside(log, "message-log");
  const projection = startProjection(platform, {
    name: "message-log",
    restMs,
    projectorOn: (index) => createLogProjector({ ...index, digest, onSetAside }),
  });
  const following = followNotes(platform, createNotesProjector({ ...notes, digest, onSetAside }));
  const handle = createMessageLogHandler(portsFrom(platform, cases, notes));
  const queries = bus.serve(querySubject("messages.*"), "message-log", overJson(handle));
  return {
    stop: async () => {
      await queries.stop();
      await following.stop();
      await projection.stop();
    },
  };
};
