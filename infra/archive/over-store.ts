import type { Intake } from "../nats/intake.ts";
import type { TakenDocument } from "../nats/intake-document.ts";
import type { IntakeHistory } from "../nats/intake-history.ts";
import type { Journal } from "../nats/journal.ts";
import type { Objects } from "../nats/objects.ts";
import type { Archive } from "./archive.ts";
import { archivedCase } from "./archived-case.ts";
import { headOfOriginal, unpackOriginal } from "./archived-original.ts";

/*
 * What left the store is read where it is asked for as ever: the archive lies under the journal, INTAKE and the objects. So a
 * message that names an archived case meets it, and gets the answer that it always got.
 */

const startsAtOne = (records: readonly { record: { meta: { no: number } } }[]): boolean =>
  records[0]?.record.meta.no === 1;

const load =
  (journal: Journal, archive: Archive): Journal["load"] =>
  async (caseId, family, after = 0) => {
    const live = await journal.load(caseId, family, after);
    if (startsAtOne(live)) return live;
    const archived = await archivedCase(archive, caseId);
    if (archived === undefined) return live;
    const until = live[0]?.seq ?? Number.POSITIVE_INFINITY;
    const fits = archived.records.filter(
      ({ seq, record }) => seq > after && seq < until && (family === undefined || record.family === family),
    );
    return [...fits, ...live];
  };

/**
 * A case that opens is looked for in the archive first: the server no longer knows its subject. What leaves the journal can be
 * found in the archive for as long a time before as no write takes, so whoever looks sees it in one of the two.
 */
const append =
  (journal: Journal, archive: Archive): Journal["append"] =>
  async (record, expectedSeq) => {
    const { caseId, meta } = record;
    if (meta.no === 1 && (await archive.holds(`case|${caseId}`))) return { kind: "conflict" };
    const appended = await journal.append(record, expectedSeq);
    if (appended.kind === "appended" || meta.no === 1) return appended;
    const archived = await archivedCase(archive, caseId);
    // It was decided on what the archive has, to the last record; that the journal has nothing newer, the server says.
    return archived?.records.at(-1)?.seq === expectedSeq ? journal.append(record, 0) : appended;
  };

export const journalOver = (journal: Journal, archive: Archive): Journal => ({
  append: append(journal, archive),
  load: load(journal, archive),
});

const archivedHistory = (packed: Buffer): IntakeHistory => {
  const { answerAs, corrects, object: _object, loose: _loose, noted, ...document } = headOfOriginal(packed);
  return {
    document: {
      ...document,
      ...(answerAs === undefined ? {} : { answerAs }),
      ...(corrects === undefined ? {} : { corrects }),
    },
    ...(noted?.refused === undefined ? {} : { refused: noted.refused }),
    steps: noted?.steps ?? [],
    ...(noted?.told === undefined ? {} : { told: noted.told }),
  };
};

/** @param objects those over the archive: a large document's bytes are one */
export const intakeOver = (intake: Intake, objects: Pick<Objects, "get">, archive: Archive): Intake => ({
  ...intake,
  original: async (intakeId): Promise<TakenDocument | undefined> => {
    const live = await intake.original(intakeId);
    if (live !== undefined) return live;
    const item = (await archive.find(`intake|${intakeId}`)).at(-1);
    return item === undefined ? undefined : unpackOriginal(item.bytes, objects.get);
  },
  history: async (intakeId) => {
    const live = await intake.history(intakeId);
    if (live !== undefined) return live;
    const item = (await archive.find(`intake|${intakeId}`)).at(-1);
    return item === undefined ? undefined : archivedHistory(item.bytes);
  },
});

export const objectsOver = (objects: Objects, archive: Archive): Objects => ({
  ...objects,
  stat: async (digest) => {
    const live = await objects.stat(digest);
    if (live !== undefined) return live;
    const item = (await archive.find(`object|${digest}`)).at(-1);
    return item === undefined ? undefined : { sizeBytes: item.bytes.length };
  },
  get: async (digest) =>
    (await objects.get(digest)) ?? (await archive.find(`object|${digest}`)).at(-1)?.bytes,
});
