import type { JetStreamClient, JetStreamManager, JsMsg } from "@nats-io/jetstream";
import { headers } from "@nats-io/transport-node";
import { EnvelopeKind } from "../../contracts/deliveries.ts";
import { shardOf } from "../../contracts/derived-ids.ts";
import { intakeHeaders } from "../../contracts/messages/document.ts";
import type { RefusedDocument } from "../../contracts/messages/worklist.ts";
import { intakeSubject, notedSubject, refusedSubject } from "../../contracts/subjects.ts";
import type { ByteBudget } from "./byte-budget.ts";
import { inlineBytes } from "./carried-bytes.ts";
import { isConflict, journalFault } from "./faults.ts";
import { readRefused } from "./intake-refused.ts";
import { takeFrom } from "./intake-take.ts";
import { keepOnce } from "./keep-once.ts";
import type { Link } from "./link.ts";
import type { Objects } from "./objects.ts";
import type { Publish } from "./publish.ts";
import { type Layout, streamFor } from "./streams.ts";

/** A document as it reached a transport, before anybody read it. */
export type Arrived = {
  bytes: Uint8Array;
  /** The digest of the object that the bytes are kept as already; `bytes` is then empty. */
  kept?: string;
  mediaType: string;
  standard: string;
  /** The GLN that the transport authenticated, and those it may speak for. */
  sender: string;
  speaksFor: readonly string[];
  transport: string;
  receivedAt: string;
  /** The bus subject that waits for what became of it. */
  answerTo?: string;
  /** The transport wants the answer to what came in such an envelope in one too. */
  answerAs?: EnvelopeKind;
};
export type TakenDocument = Arrived & { intake: string };

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
  /** Keeps a value under a hash, durably, unless there is one already; tells which stands. */
  noteOnce: (hash: string, value: string) => Promise<{ kept: string; first: boolean }>;
  refused: (limit: number) => Promise<RefusedDocument[]>;
  /** Hands each document of a standard to a reader until it settles; after a crash, those that were not settled. */
  take: (
    standard: string,
    reader: (document: TakenDocument) => Promise<void>,
  ) => Promise<{ stop: () => Promise<void> }>;
};

const encoder = new TextEncoder();

const headersOf = (document: Arrived, object?: string): ReturnType<typeof headers> => {
  const h = headers();
  h.set(intakeHeaders.sender, document.sender);
  h.set(intakeHeaders.speaksFor, document.speaksFor.join(" "));
  h.set(intakeHeaders.transport, document.transport);
  h.set(intakeHeaders.mediaType, document.mediaType);
  h.set(intakeHeaders.receivedAt, document.receivedAt);
  if (document.answerTo !== undefined) h.set(intakeHeaders.answerTo, document.answerTo);
  if (document.answerAs !== undefined) h.set(intakeHeaders.answerAs, document.answerAs);
  if (object !== undefined) h.set(intakeHeaders.object, object);
  return h;
};

type Stored = { subject: string; data: Uint8Array; header: (name: string) => string };

const documentOf = async ({ subject, data, header }: Stored, objects: Objects): Promise<TakenDocument> => {
  const object = header(intakeHeaders.object);
  const bytes = object === "" ? data : await objects.get(object);
  if (bytes === undefined) throw new Error(`INTAKE names an object that is not kept: ${object}`);
  const answerTo = header(intakeHeaders.answerTo);
  const answerAs = EnvelopeKind.safeParse(header(intakeHeaders.answerAs));
  const [, , standard = "", intake = ""] = subject.split(".");
  return {
    intake,
    bytes,
    standard,
    mediaType: header(intakeHeaders.mediaType),
    sender: header(intakeHeaders.sender),
    speaksFor: header(intakeHeaders.speaksFor).split(" "),
    transport: header(intakeHeaders.transport),
    receivedAt: header(intakeHeaders.receivedAt),
    ...(answerTo === "" ? {} : { answerTo }),
    ...(answerAs.success ? { answerAs: answerAs.data } : {}),
  };
};

const storedOf = (m: JsMsg): Stored => ({
  subject: m.subject,
  data: m.data,
  header: (name) => m.headers?.get(name) ?? "",
});

type Needs = {
  publish: Publish;
  js: JetStreamClient;
  jsm: JetStreamManager;
  link: Link;
  objects: Objects;
  /** What is held of large documents at once. */
  large: ByteBudget;
  layout: Layout;
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
  const query = { seq: 1, next_by_subj: `intake.${shardOf(intakeId)}.*.${intakeId}` };
  const found = await link.hold(() => jsm.direct.getMessage(stream, query)).catch(faulty);
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

/** INTAKE: the original bytes of every document, before anything is parsed, and what they came to when refused. */
export const createIntake = (needs: Needs): Intake => {
  const { js, jsm, layout } = needs;
  const streams = Array.from({ length: layout.streams }, (_, i) => `INTAKE_${String(i)}`);
  return {
    append: append(needs),
    appendOnce: appendOnce(needs),
    original: original(needs),
    again: again(needs),
    noteRefusal: noteRefusal(needs),
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
      const read = (message: JsMsg): Promise<void> => readOne(needs, storedOf(message), reader);
      const taking = await Promise.all(
        streams.map((stream) => takeFrom({ js, jsm }, { stream, standard }, read)),
      );
      return {
        stop: async () => {
          await Promise.all(taking.map((t) => t.stop()));
        },
      };
    },
  };
};
