import { askerOf, mayI } from "../../contracts/access/may-i.ts";
import { caseOfDelivery } from "../../contracts/derived-ids.ts";
import { type CommandReply, Envelope, type QueryReply } from "../../contracts/envelope.ts";
import { errorCodes, isErrorCode } from "../../contracts/errors.ts";
import {
  type DeadLetter,
  DeadLetterCommand,
  DeadLetterQueries,
  type DeadLetterStep,
} from "../../contracts/messages/dead-letters.ts";
import type { DocumentOutcome } from "../../contracts/messages/document.ts";
import { parseCommand } from "../../contracts/parse-command.ts";
import { type Problem, problem } from "../../contracts/problem.ts";
import type { CaseRecord } from "../../contracts/record.ts";
import { operator } from "../case/hub-actor.ts";
import { type DocumentHistory, deadLetterOfDelivery, deadLetterOfDocument } from "./core/dead-letter.ts";

type Corrected = { corrects: string; sender: string; speaksFor: string[] } & NonNullable<
  SendAgain["document"]
>;

export type DeadLetterPorts = {
  loadCase: (caseId: string) => Promise<CaseRecord[]>;
  /** What INTAKE holds of a document. */
  history: (intakeId: string) => Promise<DocumentHistory | undefined>;
  /** On disk when it returns. */
  noteStep: (intakeId: string, step: DeadLetterStep) => Promise<void>;
  /** Keeps a corrected document as a document of its own, once for the one it corrects and its content; and what became of it. */
  submit: (document: Corrected) => Promise<{ as: string; outcome: DocumentOutcome }>;
  /** Has the same bytes read once more. */
  readAgain: (of: { intake: string; standard: string; speaksFor: string[] }) => Promise<DocumentOutcome>;
  /** An organisation and its units. */
  unitsOf: (gln: string) => string[];
  /** The commands of deliveries. */
  handle: (envelope: Envelope) => Promise<CommandReply>;
  now: () => string;
  audit: (event: string, fields: Readonly<Record<string, unknown>>) => void;
};

type SendAgain = Extract<DeadLetterCommand, { type: "delivery.sendDeadLetterAgain" }>["payload"];
type Close = Extract<DeadLetterCommand, { type: "delivery.closeDeadLetter" }>["payload"];
type Ordered = { command: DeadLetterCommand; envelope: Envelope };

const unknownCode = "dead-letter-unknown";
const refused = (code: string, problems: Problem[], duplicate = false): CommandReply => ({
  status: "refused",
  code,
  problems,
  duplicate,
});
const unknown = (): CommandReply =>
  refused(unknownCode, [problem("id", unknownCode, "There is no such dead letter.")]);
const notFor = (path: string, message: string): CommandReply =>
  refused("message-invalid", [problem(path, "not-for-this", message)]);

/** Only who sent it, or who runs the hub: to anybody else it does not exist. */
const isSeenBy = ({ unitsOf }: Pick<DeadLetterPorts, "unitsOf">, viewer: string, from: string): boolean =>
  mayI(askerOf(viewer), { resource: "dead-letter", relation: "everybody" }).yes ||
  (unitsOf(viewer).includes(from) &&
    mayI(askerOf(viewer), { resource: "dead-letter", relation: "sender" }).yes);

type Accepted = Extract<CommandReply, { status: "accepted" }>;

/** What is done about a document makes no record of a case by itself: where it opened or went on with one, `caseId` is that. */
const accepted = (at: string, rest: Partial<Accepted>): Accepted => ({
  status: "accepted",
  caseId: "none",
  recordNo: 0,
  at,
  duplicate: false,
  clocks: [],
  facts: [],
  ...rest,
});

/** What a document came to, as the answer to whoever sent it again. */
const replyOf = (outcome: DocumentOutcome, at: string): CommandReply => {
  const { status, code = "document-invalid", problems, duplicate, due } = outcome;
  const of = outcome.caseId === undefined ? {} : { caseId: outcome.caseId };
  switch (status) {
    case "accepted":
      return accepted(at, { duplicate, ...of, ...(due === undefined ? {} : { due }) });
    case "refused":
      return { status, code, problems, duplicate, ...of };
    case "ignored":
      return { status, reason: "nothing-to-do", ...of };
    case "failed":
      return { status, code, fate: isErrorCode(code) ? errorCodes[code].fate : "ask" };
  }
};

type Acted = Pick<DeadLetterStep, "at" | "commandId" | "by" | "person" | "reason">;

const actedBy = ({ envelope, command }: Ordered, at: string): Acted => {
  const { person, reason } = command.payload;
  const why = reason === undefined ? {} : { reason };
  return { at, commandId: envelope.id, by: envelope.sender, person, ...why };
};

/** Deliveries stand in their case's journal: what is done about them is decided and recorded there. */
const onDelivery = async (
  { handle }: DeadLetterPorts,
  { envelope, command }: Ordered,
  caseId: string,
): Promise<CommandReply> => {
  const { id: deliveryId, person, reason } = command.payload;
  if ("document" in command.payload && command.payload.document !== undefined)
    return notFor("document", "It went out: a corrected document is a new message, under a new number.");
  const to = "to" in command.payload ? command.payload.to : undefined;
  const payload = { caseId, deliveryId, person, reason, ...(to === undefined ? {} : { to }) };
  const closes = command.type === "delivery.closeDeadLetter";
  const type = closes ? "delivery.handle" : "delivery.resend";
  const reply = await handle({ ...envelope, type, payload });
  const isThere = reply.status !== "refused" || !/^(case|delivery)-unknown$/.test(reply.code);
  return isThere ? reply : unknown();
};

type Found = DocumentHistory & { letter: DeadLetter };

/** Nothing is noted of a fault: whoever asks again finds the corrected document in INTAKE, and what became of it. */
const sendDocument = async (
  ports: DeadLetterPorts,
  { document: { intake, sender, standard } }: Found,
  { ordered, payload }: { ordered: Ordered; payload: SendAgain },
): Promise<CommandReply> => {
  if (payload.to !== undefined)
    return notFor("to", "It came in, and names its receiver itself: send it corrected.");
  const speaksFor = ports.unitsOf(sender);
  const tried =
    payload.document === undefined
      ? { outcome: await ports.readAgain({ intake, standard, speaksFor }) }
      : await ports.submit({ corrects: intake, sender, speaksFor, ...payload.document });
  const { status, code, caseId } = tried.outcome;
  const at = ports.now();
  if (status === "failed") return replyOf(tried.outcome, at);
  const came = {
    status,
    ...(code === undefined ? {} : { code }),
    ...(caseId === undefined ? {} : { caseId }),
  };
  const acted = actedBy(ordered, at);
  const step: DeadLetterStep =
    "as" in tried
      ? { step: "sentAgain", ...acted, as: tried.as, ...came }
      : { step: "readAgain", ...acted, ...came };
  await ports.noteStep(intake, step);
  return replyOf(tried.outcome, at);
};

const closeDocument = async (
  ports: DeadLetterPorts,
  { document: { intake }, letter }: Found,
  { ordered, payload }: { ordered: Ordered; payload: Close },
): Promise<CommandReply> => {
  const at = ports.now();
  if (letter.state === "closed") return accepted(at, { duplicate: true });
  await ports.noteStep(intake, { step: "closed", ...actedBy(ordered, at), reason: payload.reason });
  return accepted(at, {});
};

/** The same command again does nothing more, and says what the first said as far as that was kept. */
const answeredBefore = ({ steps }: Found, { envelope }: Ordered): CommandReply | undefined => {
  const step = steps.find(({ commandId }) => commandId === envelope.id);
  if (step === undefined) return undefined;
  if ("status" in step && step.status === "refused")
    return refused(step.code ?? "document-invalid", [], true);
  return accepted(step.at, { duplicate: true });
};

const onDocument = async (
  ports: DeadLetterPorts,
  ordered: Ordered,
  intakeId: string,
): Promise<CommandReply> => {
  const history = await ports.history(intakeId);
  const letter = history === undefined ? undefined : deadLetterOfDocument(history);
  if (history === undefined || letter === undefined) return unknown();
  if (!isSeenBy(ports, ordered.envelope.sender, letter.from)) return unknown();
  const found = { ...history, letter };
  const before = answeredBefore(found, ordered);
  if (before !== undefined) return before;
  const { command } = ordered;
  return command.type === "delivery.closeDeadLetter"
    ? closeDocument(ports, found, { ordered, payload: command.payload })
    : sendDocument(ports, found, { ordered, payload: command.payload });
};

/** As it may stand in a subject. */
const intakeId = /^[\w-]{1,100}$/;

/** What is done about dead letters. Each step is a record: of a delivery in its case's journal, of a document beside it in INTAKE. */
export const createDeadLetterCommands =
  (ports: DeadLetterPorts) =>
  async (message: unknown): Promise<CommandReply> => {
    const parsed = parseCommand(DeadLetterCommand, message);
    if (!parsed.ok) return parsed.reply;
    const { command, envelope } = parsed;
    const { id } = command.payload;
    const delivery = caseOfDelivery(id);
    if (delivery === undefined && !intakeId.test(id)) return unknown();
    const reply =
      delivery === undefined
        ? await onDocument(ports, parsed, id)
        : await onDelivery(ports, parsed, delivery.caseId);
    const actor = envelope.sender === operator ? command.payload.person : envelope.sender;
    ports.audit("dead-letter", { key: id, commandType: command.type, actor, status: reply.status });
    return reply;
  };

const letterOf = async (ports: DeadLetterPorts, id: string): Promise<DeadLetter | undefined> => {
  const delivery = caseOfDelivery(id);
  if (delivery !== undefined) return deadLetterOfDelivery(await ports.loadCase(delivery.caseId), id);
  const history = intakeId.test(id) ? await ports.history(id) : undefined;
  return history === undefined ? undefined : deadLetterOfDocument(history);
};

const givesContent = (viewer: string): boolean => {
  const may = mayI(askerOf(viewer), { resource: "dead-letter" });
  return may.yes && may.gives === "content";
};

/** What the receiver wrote may be about a citizen: it is its sender's to read. */
const withoutWords = ({ text: _text, ...letter }: DeadLetter): DeadLetter => letter;

/** One dead letter with all that is known of it, from the journal and INTAKE alone. */
export const createDeadLetterQuery =
  (ports: DeadLetterPorts) =>
  async (message: unknown): Promise<QueryReply<DeadLetter>> => {
    const envelope = Envelope.safeParse(message);
    const query = DeadLetterQueries["delivery.deadLetter"].safeParse(envelope.data?.payload);
    if (!envelope.success || !query.success) return { status: "refused", code: "message-invalid" };
    const viewer = envelope.data.sender;
    const letter = await letterOf(ports, query.data.id);
    if (letter === undefined || !isSeenBy(ports, viewer, letter.from))
      return { status: "refused", code: unknownCode };
    return { status: "ok", value: givesContent(viewer) ? letter : withoutWords(letter) };
  };
