import type { JetStreamClient, JetStreamManager } from "@nats-io/jetstream";
import { shardOf } from "../../contracts/derived-ids.ts";
import type { DeadLetterStep } from "../../contracts/messages/dead-letters.ts";
import { intakeHeaders } from "../../contracts/messages/document.ts";
import type { RefusedDocument } from "../../contracts/messages/worklist.ts";
import {
  anyIntakeSubject,
  intakeSubject,
  notedSubject,
  refusedSubject,
  stepsSubject,
} from "../../contracts/subjects.ts";
import type { Ground } from "../ground.ts";
import type { ByteBudget } from "./byte-budget.ts";
import { inlineBytes } from "./carried-bytes.ts";
import { isConflict, journalFault } from "./faults.ts";
import {
  type Arrived,
  documentOf,
  headersOf,
  knownOf,
  type Stored,
  storedOf,
  type TakenDocument,
} from "./intake-document.ts";
import type { Reading } from "./intake-handing.ts";
import { type IntakeHistory, readHistory } from "./intake-history.ts";
import { codeOfFailure } from "./intake-patience.ts";
import { readRefused } from "./intake-refused.ts";
import { takeFrom } from "./intake-take.ts";
import { keepOnce } from "./keep-once.ts";
import type { Link } from "./link.ts";
import { nextMessage } from "./next-message.ts";
import type { Objects } from "./objects.ts";
import type { Publish } from "./publish.ts";
import { type Layout, streamFor } from "./streams.ts";

export type Intake = {
  /** Appends the bytes; they are on disk when this returns. */
  append: (intakeId: string, document: Arrived) => Promise<void>;
  /** The same, unless something is kept under this id already: then nothing is written, and `known` is the answer. */
  appendOnce: (intakeId: string, document: Arrived) => Promise<"new" | "known">;
  original: (intakeId: string) => Promise<TakenDocument | undefined>;
  /** Hands one document that is kept to a reader, as `take` does: a large one when there is memory for it. */
  again: (
    intakeId: string,
    reader: (document: TakenDocument) => Promise<void>,
  ) => Promise<"read" | "unknown">;
  /** Notes, durably and once, why a document was refused. */
  noteRefusal: (refused: RefusedDocument) => Promise<void>;
  /** What is kept of one document: it, why it was refused, what was done about that, and that its sender was told. */
  history: (intakeId: string) => Promise<IntakeHistory | undefined>;
  /** Notes, durably, what was done about a document of which nothing was taken. */
  noteStep: (intakeId: string, step: DeadLetterStep) => Promise<void>;
  /** Keeps a value under a hash, durably, unless there is one already; tells which stands. */
  noteOnce: (hash: string, value: string) => Promise<{ kept: string; first: boolean }>;
  refused: (limit: number) => Promise<RefusedDocument[]>;
  /**
   * Hands each document of a standard to a reader until it settles; after a crash, those that were not settled. One that it fails on
   * again and again, while nothing that the hub stands on is away, is noted as refused, by the code of that: a dead letter, and it can
   * be read again.
   */
  take: (
    standard: string,
    reader: (document: TakenDocument) => Promise<void>,
  ) => Promise<{ stop: () => Promise<void> }>;
};

const encoder = new TextEncoder();

type Needs = {
  publish: Publish;
  js: JetStreamClient;
  jsm: JetStreamManager;
  link: Link;
  objects: Objects;
  /** What is held of large documents at once. */
  large: ByteBudget;
  layout: Layout;
  ground: Ground;
};

const faulty = (error: unknown): never => {
  throw journalFault(error);
};

const store = async (
  { publish, objects }: Needs,
  { intakeId, document }: { intakeId: string; document: Arrived },
  expected: { lastSubjectSequence?: number },
): Promise<void> => {
  const large = document.bytes.length > inlineBytes;
  const object = large ? (await objects.put(document.bytes)).digest : document.kept;
  const body = object === undefined ? document.bytes : new Uint8Array();
  const subject = intakeSubject(document.standard, intakeId);
  await publish(subject, body, { headers: headersOf(document, object), ...expected });
};

const append =
  (needs: Needs) =>
  async (intakeId: string, document: Arrived): Promise<void> => {
    await store(needs, { intakeId, document }, {}).catch(faulty);
  };

/** The subject carries the id, so the server itself knows whether it is there, however long ago it came. */
const appendOnce =
  (needs: Needs): Intake["appendOnce"] =>
  async (intakeId, document) => {
    try {
      await store(needs, { intakeId, document }, { lastSubjectSequence: 0 });
      return "new";
    } catch (error) {
      return isConflict(error) ? "known" : faulty(error);
    }
  };

const storedUnder = async ({ jsm, link, layout }: Needs, intakeId: string): Promise<Stored | undefined> => {
  const stream = streamFor("intake", shardOf(intakeId), layout);
  const query = { seq: 1, next_by_subj: anyIntakeSubject(intakeId) };
  const found = await link.hold(() => nextMessage({ jsm, layout }, stream, query)).catch(faulty);
  if (found === null) return undefined;
  const header = (name: string): string => found.header.get(name);
  return { subject: found.subject, data: found.data, header };
};

const original =
  (needs: Needs): Intake["original"] =>
  async (intakeId) => {
    const stored = await storedUnder(needs, intakeId);
    return stored === undefined ? undefined : documentOf(stored, needs.objects);
  };

const noteRefusal =
  ({ publish }: Needs) =>
  async (refused: RefusedDocument): Promise<void> => {
    const bytes = encoder.encode(JSON.stringify(refused));
    await publish(refusedSubject(refused.intake), bytes, { lastSubjectSequence: 0 }).catch(
      (error: unknown) => {
        // Noted before: the note is the same.
        if (!isConflict(error)) faulty(error);
      },
    );
  };

/** One that every reading failed on, as a dead letter. */
const failedDocument = (stored: Stored, error: unknown): RefusedDocument => {
  const { intake, sender, receivedAt: at } = knownOf(stored);
  return { intake, sender, at, code: codeOfFailure(error), problems: [] };
};

const noteStep =
  ({ publish }: Needs): Intake["noteStep"] =>
  async (intakeId, step) => {
    await publish(stepsSubject(intakeId), encoder.encode(JSON.stringify(step))).catch(faulty);
  };

const readOne = async (
  { objects, large }: Needs,
  stored: Stored,
  reader: (document: TakenDocument) => Promise<void>,
): Promise<void> => {
  const object = stored.header(intakeHeaders.object);
  // What came inline is here already, and waits for nobody.
  const bytes = object === "" ? 0 : ((await objects.stat(object))?.sizeBytes ?? 0);
  await large.hold(bytes, async () => reader(await documentOf(stored, objects)));
};

const again =
  (needs: Needs): Intake["again"] =>
  async (intakeId, reader) => {
    const stored = await storedUnder(needs, intakeId);
    if (stored === undefined) return "unknown";
    await readOne(needs, stored, reader);
    return "read";
  };

const readingOf = (needs: Needs, reader: (document: TakenDocument) => Promise<void>): Reading => ({
  read: (message) => readOne(needs, storedOf(message), reader),
  readOwn: (written) => readOne(needs, storedOf(written), reader),
  putAside: (message, error) => noteRefusal(needs)(failedDocument(storedOf(message), error)),
});

/** INTAKE: the original bytes of every document, before anything is parsed, and what they came to when refused. */
export const createIntake = (needs: Needs): Intake => {
  const { js, jsm, link, layout, ground } = needs;
  const streams = Array.from({ length: layout.streams }, (_, i) => `INTAKE_${String(i)}`);
  return {
    append: append(needs),
    appendOnce: appendOnce(needs),
    original: original(needs),
    again: again(needs),
    noteRefusal: noteRefusal(needs),
    history: (intakeId) => readHistory(needs, intakeId).catch(faulty),
    noteStep: noteStep(needs),
    noteOnce: (hash, value) =>
      keepOnce(
        needs,
        { stream: streamFor("intake", shardOf(hash), layout), subject: notedSubject(hash) },
        value,
      ),
    refused: async (limit) => {
      const all = await Promise.all(streams.map((stream) => readRefused(js, stream, limit)));
      return all
        .flat()
        .toSorted((a, b) => b.at.localeCompare(a.at))
        .slice(0, limit);
    },
    take: async (standard, reader) => {
      const reading = readingOf(needs, reader);
      const taking = await Promise.all(
        streams.map((stream) => takeFrom({ js, jsm, link, ground }, { stream, standard }, reading)),
      );
      return {
        stop: async () => {
          await Promise.all(taking.map((t) => t.stop()));
        },
      };
    },
  };
};
