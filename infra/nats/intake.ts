import type { JetStreamClient, JetStreamManager, JsMsg } from "@nats-io/jetstream";
import { headers } from "@nats-io/transport-node";
import { shardOf } from "../../contracts/derived-ids.ts";
import { intakeHeaders } from "../../contracts/messages/document.ts";
import { RefusedDocument } from "../../contracts/messages/worklist.ts";
import { intakeSubject, refusedSubject } from "../../contracts/subjects.ts";
import { isConflict, journalFault } from "./faults.ts";
import { takeFrom } from "./intake-take.ts";
import type { Link } from "./link.ts";
import type { Objects } from "./objects.ts";
import type { Publish } from "./publish.ts";
import { type Layout, streamIndexOf } from "./streams.ts";

/** A document as it reached a transport, before anybody read it. */
export type Arrived = {
  bytes: Uint8Array;
  mediaType: string;
  standard: string;
  /** The GLN that the transport authenticated, and those it may speak for. */
  sender: string;
  speaksFor: readonly string[];
  transport: string;
  receivedAt: string;
  /** The bus subject that waits for what became of it. */
  answerTo?: string;
};
export type TakenDocument = Arrived & { intake: string };

export type Intake = {
  /** Appends the bytes; they are on disk when this returns. */
  append: (intakeId: string, document: Arrived) => Promise<void>;
  original: (intakeId: string) => Promise<TakenDocument | undefined>;
  /** Notes, durably and once, why a document was refused. */
  noteRefusal: (refused: RefusedDocument) => Promise<void>;
  refused: (limit: number) => Promise<RefusedDocument[]>;
  /** Hands each document of a standard to a reader until it settles; after a crash, those that were not settled. */
  take: (
    standard: string,
    reader: (document: TakenDocument) => Promise<void>,
  ) => Promise<{ stop: () => Promise<void> }>;
};

/** Larger documents are kept as objects, and INTAKE names them: a message has a limit, a document has not. */
const inlineBytes = 512 * 1024;
const encoder = new TextEncoder();

const headersOf = (document: Arrived, object?: string): ReturnType<typeof headers> => {
  const h = headers();
  h.set(intakeHeaders.sender, document.sender);
  h.set(intakeHeaders.speaksFor, document.speaksFor.join(" "));
  h.set(intakeHeaders.transport, document.transport);
  h.set(intakeHeaders.mediaType, document.mediaType);
  h.set(intakeHeaders.receivedAt, document.receivedAt);
  if (document.answerTo !== undefined) h.set(intakeHeaders.answerTo, document.answerTo);
  if (object !== undefined) h.set(intakeHeaders.object, object);
  return h;
};

type Stored = { subject: string; data: Uint8Array; header: (name: string) => string };

const documentOf = async ({ subject, data, header }: Stored, objects: Objects): Promise<TakenDocument> => {
  const object = header(intakeHeaders.object);
  const bytes = object === "" ? data : await objects.get(object);
  if (bytes === undefined) throw new Error(`INTAKE names an object that is not kept: ${object}`);
  const answerTo = header(intakeHeaders.answerTo);
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
  layout: Layout;
};

const faulty = (error: unknown): never => {
  throw journalFault(error);
};

const readRefused = async (
  js: JetStreamClient,
  stream: string,
  limit: number,
): Promise<RefusedDocument[]> => {
  const consumer = await js.consumers.get(stream, { filter_subjects: "intake.*.refused.>" });
  const { num_pending: pending } = await consumer.info();
  if (pending === 0) return [];
  const found: RefusedDocument[] = [];
  const messages = await consumer.fetch({ max_messages: Math.min(pending, 10_000), expires: 2_000 });
  for await (const message of messages) found.push(RefusedDocument.parse(message.json()));
  return found.slice(-limit);
};

const append =
  ({ publish, objects }: Needs) =>
  async (intakeId: string, document: Arrived): Promise<void> => {
    const object =
      document.bytes.length > inlineBytes ? (await objects.put(document.bytes)).digest : undefined;
    const body = object === undefined ? document.bytes : new Uint8Array();
    const subject = intakeSubject(document.standard, intakeId);
    await publish(subject, body, { headers: headersOf(document, object) }).catch(faulty);
  };

const original =
  ({ jsm, link, objects, layout }: Needs) =>
  async (intakeId: string): Promise<TakenDocument | undefined> => {
    const stream = `INTAKE_${String(streamIndexOf(shardOf(intakeId), layout))}`;
    const query = { seq: 1, next_by_subj: `intake.${shardOf(intakeId)}.*.${intakeId}` };
    const found = await link.hold(() => jsm.direct.getMessage(stream, query)).catch(faulty);
    if (found === null) return undefined;
    const header = (name: string): string => found.header.get(name);
    return documentOf({ subject: found.subject, data: found.data, header }, objects);
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

/** INTAKE: the original bytes of every document, before anything is parsed, and what they came to when refused. */
export const createIntake = (needs: Needs): Intake => {
  const { js, jsm, objects, layout } = needs;
  const streams = Array.from({ length: layout.streams }, (_, i) => `INTAKE_${String(i)}`);
  return {
    append: append(needs),
    original: original(needs),
    noteRefusal: noteRefusal(needs),
    refused: async (limit) => {
      const all = await Promise.all(streams.map((stream) => readRefused(js, stream, limit)));
      return all
        .flat()
        .toSorted((a, b) => b.at.localeCompare(a.at))
        .slice(0, limit);
    },
    take: async (standard, reader) => {
      const read = async (message: JsMsg): Promise<void> =>
        reader(await documentOf(storedOf(message), objects));
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
