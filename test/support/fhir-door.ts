import { defaultDocumentLimits } from "../../contracts/codes/document-limits.ts";
import type { CommandReply, Envelope } from "../../contracts/envelope.ts";
import { Fault } from "../../contracts/errors.ts";
import type { DocumentOutcome } from "../../contracts/messages/document.ts";
import type { RefusedDocument } from "../../contracts/messages/worklist.ts";
import { readAcknowledgement } from "../../gateways/fhir/codec/acknowledgement.ts";
import { printFhir } from "../../gateways/fhir/codec/model/print-fhir.ts";
import { type FhirFormat, readFhir } from "../../gateways/fhir/codec/model/read-fhir.ts";
import type { FhirResource } from "../../gateways/fhir/codec/model/resource.ts";
import { type JudgedMessage, judgeMessage } from "../../gateways/fhir/judge-message.ts";
import type { FhirPorts } from "../../gateways/fhir/ports.ts";
import { printOrder } from "../../gateways/fhir/print-order.ts";
import { takeMessage } from "../../gateways/fhir/read-message.ts";
import { GivenAnswer } from "../../gateways/fhir/reliable/given-answer.ts";
import { collectingLog } from "../../infra/observability/logger.ts";

/** What a test decides of the world behind the door: each may change between two messages. */
type BehindDoor = {
  /** What a service says of a command that it has not seen. */
  reply?: (envelope: Envelope) => CommandReply;
  /** Another release's word on a message. */
  judge?: (judged: JudgedMessage) => JudgedMessage;
  /** What is away. */
  away?: "services" | "memory";
};

export type FhirDoor = {
  behind: BehindDoor;
  /** Messages that a service took, by command id. */
  taken: string[];
  refused: RefusedDocument[];
  /** What is remembered, as it is kept. */
  kept: Map<string, string>;
  events: () => string[];
  send: (
    bundle: FhirResource,
    options?: { format?: FhirFormat; intake?: string },
  ) => Promise<DocumentOutcome>;
};

export const accepted = (envelope: Envelope): CommandReply => ({
  status: "accepted",
  caseId: `case-of-${envelope.id}`,
  recordNo: 1,
  at: envelope.time,
  duplicate: false,
  clocks: [],
  facts: [],
});

export const answerOf = ({ answer }: DocumentOutcome) => {
  if (answer === undefined) return undefined;
  const document = readFhir(Buffer.from(answer.base64, "base64"), answer.mediaType);
  if (!document.ok) throw new Error("the answer is unreadable");
  return readAcknowledgement(document.resource).message;
};

const receivedAt = "2026-11-23T10:15:00.000Z";

/** The door of FHIR with everything behind it in memory; each case knows its commands, as the services' do. */
export const openFhirDoor = (speaksFor: readonly string[]): FhirDoor => {
  const { log, lines } = collectingLog();
  const notes = new Map<string, string>();
  const replies = new Map<string, CommandReply>();
  let copies = 0;
  const door: Omit<FhirDoor, "send" | "events"> = { behind: {}, taken: [], refused: [], kept: new Map() };
  const memory = <T>(work: () => T): Promise<T> =>
    door.behind.away === "memory"
      ? Promise.reject(new Fault("journal-unavailable"))
      : Promise.resolve().then(work);
  const once = (map: Map<string, string>, key: string, value: string): string => {
    const kept = map.get(key) ?? value;
    map.set(key, kept);
    return kept;
  };
  const command = (envelope: Envelope): Promise<CommandReply> => {
    if (door.behind.away === "services") return Promise.reject(new Fault("service-unavailable"));
    const before = replies.get(envelope.id);
    if (before !== undefined)
      return Promise.resolve("duplicate" in before ? { ...before, duplicate: true } : before);
    const reply = (door.behind.reply ?? accepted)(envelope);
    if (reply.status === "accepted") {
      door.taken.push(envelope.id);
      replies.set(envelope.id, reply);
    }
    return Promise.resolve(reply);
  };
  const ports = (answer: FhirPorts["answer"]): FhirPorts => ({
    command,
    query: () => Promise.resolve({ status: "ok", value: { items: [] } }),
    loadCase: () => Promise.resolve([]),
    judge: (bytes, mediaType) => {
      const judged = judgeMessage(bytes, mediaType, defaultDocumentLimits);
      return Promise.resolve((door.behind.judge ?? ((one) => one))(judged));
    },
    print: (order) => Promise.resolve(printOrder(order)),
    putObject: (bytes) => Promise.resolve({ digest: `sha256-${"0".repeat(64)}`, sizeBytes: bytes.length }),
    getObject: () => Promise.resolve(undefined),
    organisation: () => undefined,
    answer,
    noteRefusal: (refused) => Promise.resolve(void door.refused.push(refused)),
    findAnswer: (key) =>
      memory(() => {
        const text = door.kept.get(key);
        return text === undefined ? undefined : GivenAnswer.parse(JSON.parse(text));
      }),
    keepAnswer: (key, given) =>
      memory(() => GivenAnswer.parse(JSON.parse(once(door.kept, key, JSON.stringify(given))))),
    noteOnce: (key, value) =>
      memory(() => {
        const first = !notes.has(key);
        return { kept: once(notes, key, value), first };
      }),
    now: () => receivedAt,
    log,
  });
  const send: FhirDoor["send"] = async (
    bundle,
    { format = "xml", intake = `in-${String(++copies)}` } = {},
  ) => {
    const told: DocumentOutcome[] = [];
    const document = {
      intake,
      bytes: printFhir(bundle, format),
      mediaType: `application/fhir+${format}`,
      sender: speaksFor[0] ?? "",
      speaksFor,
      receivedAt,
      answerTo: "waiting",
    };
    await takeMessage(
      ports((_to, outcome) => void told.push(outcome)),
      document,
    ).catch((error: unknown) => {
      if (!(error instanceof Fault)) throw error;
    });
    const [outcome] = told;
    if (outcome === undefined) throw new Error("nothing was told");
    return outcome;
  };
  return Object.assign(door, { send, events: () => lines.map(({ event }) => event) });
};
