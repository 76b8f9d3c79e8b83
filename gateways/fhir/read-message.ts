import { uuidOf } from "../../contracts/derived-ids.ts";
import type { CommandReply, Envelope } from "../../contracts/envelope.ts";
import { type ErrorCode, Fault, isErrorCode } from "../../contracts/errors.ts";
import type { FhirCorrespondent } from "../../contracts/fhir/parts.ts";
import type { DocumentOutcome } from "../../contracts/messages/document.ts";
import type { Problem } from "../../contracts/problem.ts";
import { settleDocument } from "../families/settle-document.ts";
import { printAcknowledgement } from "./codec/acknowledgement.ts";
import type { FhirProblem } from "./codec/model/fhir-problem.ts";
import { printFhir } from "./codec/model/print-fhir.ts";
import type { FhirDocument, FhirFormat } from "./codec/model/read-fhir.ts";
import type { FhirResource } from "./codec/model/resource.ts";
import { checkMessage } from "./codec/rules/check-message.ts";
import { commandOfMessage } from "./message-command.ts";
import type { FhirPorts, TakenDocument } from "./ports.ts";
import { acknowledge, type Outcome } from "./reliable/acknowledge.ts";
import { issueOf, issuesOf, outcomeOfReply, type ToldProblem } from "./reliable/issues.ts";
import { type KnownHead, knownHead } from "./reliable/known-head.ts";

export const mediaTypes = { xml: "application/fhir+xml", json: "application/fhir+json" } as const;

const isError = ({ severity }: FhirProblem): boolean => severity === "error";

/** Both languages, as every problem of the hub's is told to whoever mends it. */
const problemFrom = ({ path, severity, code, text }: FhirProblem): Problem => ({
  path,
  code,
  message: `${text.en} / ${text.da}`,
  severity,
});

/** What is being answered: as much of the message as was read, and the format that its sender speaks. */
interface Answering {
  readonly head: KnownHead;
  readonly format: FhirFormat;
  readonly kind: string | undefined;
}

const correspondent =
  ({ organisation }: FhirPorts) =>
  (gln: string): FhirCorrespondent | undefined => {
    const known = organisation(gln);
    const sor = known?.identifiers.sor;
    return known === undefined || sor === undefined
      ? undefined
      : { gln, sor, name: known.name, otherIdentifiers: [] };
  };

/**
 * The answer in the sender's own format. Its MessageHeader.id is the message's for ever; the bundle's is of this copy of it, and so
 * is the time (guide to MedCom FHIR, section 3.1, "resent acknowledgement"). None for an answer, and none that nobody can be sent.
 */
const answerTo = (
  ports: FhirPorts,
  { head, format, kind }: Answering,
  { outcome, taken }: { outcome: Outcome; taken: TakenDocument },
): Pick<DocumentOutcome, "answer"> => {
  if (kind === "Acknowledgement") return {};
  const about = `${head.sender?.gln ?? ""}:${head.messageId ?? ""}`;
  const idFor = (name: string): string =>
    uuidOf(name === "Bundle" ? `answer-bundle:${taken.intake}` : `answer:${about}:${name}`);
  const answered = acknowledge(head, outcome, { now: taken.receivedAt, idFor, lookUp: correspondent(ports) });
  if (!answered.ok) return {};
  const bytes = printFhir(printAcknowledgement(answered.answer, { idFor }), format);
  return { answer: { mediaType: mediaTypes[format], base64: Buffer.from(bytes).toString("base64") } };
};

interface Refused {
  readonly code: ErrorCode;
  readonly problems: readonly Problem[];
  readonly outcome: Outcome;
}

const refusedWith = (problems: readonly ToldProblem[], code: ErrorCode = "document-invalid"): Refused => ({
  code,
  problems: problems.map(problemFrom),
  outcome: { code: "fatal-error", issues: issuesOf(problems) },
});

const refused = (
  ports: FhirPorts,
  answering: Answering,
  { refusal, taken }: { refusal: Refused; taken: TakenDocument },
): DocumentOutcome => ({
  intake: taken.intake,
  status: "refused",
  duplicate: false,
  code: refusal.code,
  problems: [...refusal.problems],
  ...(answering.kind === undefined ? {} : { documentType: answering.kind }),
  ...answerTo(ports, answering, { outcome: refusal.outcome, taken }),
});

const readingCodes: Readonly<Record<string, ErrorCode>> = {
  "document-too-large": "document-too-large",
  "xml-malformed": "xml-malformed",
  "xml-forbidden": "xml-forbidden",
  "xml-too-deep": "xml-too-deep",
};

/** Nothing was read of it to its end: whoever sent it is told by what could be. */
const unreadable = (
  ports: FhirPorts,
  reading: Extract<FhirDocument, { ok: false }>,
  taken: TakenDocument,
): DocumentOutcome => {
  const head = reading.partial === undefined ? {} : knownHead(reading.partial);
  const code = readingCodes[reading.problems.at(-1)?.code ?? ""] ?? "document-invalid";
  const refusal = refusedWith(reading.problems, code);
  return refused(ports, { head, format: reading.format ?? "json", kind: undefined }, { refusal, taken });
};

const notAuthorised = ({ intake }: TakenDocument): DocumentOutcome => ({
  intake,
  status: "refused",
  code: "sender-not-authorised",
  duplicate: false,
  problems: [
    {
      path: "Bundle.entry[0].resource.sender",
      code: "sender-not-authorised",
      message: "The caller may not speak for the sender that the message names.",
      severity: "error",
    },
  ],
});

/**
 * A Bundle.id names one message for ever (guide to MedCom FHIR, section 8.1): the first message that it came with stands. What is
 * kept is ids alone, under a hash.
 */
const isReused = async (ports: FhirPorts, { sender, bundleId, messageId }: KnownHead): Promise<boolean> => {
  if (sender?.gln === undefined || bundleId === undefined || messageId === undefined) return false;
  const { kept } = await ports.noteOnce(`fhir-bundle|${sender.gln}|${bundleId}`, messageId);
  return kept !== messageId;
};

const commandStatus = (reply: CommandReply): DocumentOutcome["status"] =>
  reply.status === "accepted" || reply.status === "refused" ? reply.status : "ignored";

/**
 * What the first message of that number came to, when another came under it: its answer stands, for no answer is ever turned
 * (guide to MedCom FHIR, section 8.1, last row).
 */
const firstReply = async (ports: FhirPorts, commandId: string, reply: CommandReply): Promise<Outcome> => {
  const outcome = outcomeOfReply(reply);
  if (reply.status !== "refused" || reply.code !== "content-differs" || reply.caseId === undefined)
    return outcome;
  const records = await ports.loadCase(reply.caseId);
  const first = records.find(({ meta }) => meta.commandId === commandId);
  return first?.meta.outcome === "accepted"
    ? { code: "ok", issues: [issueOf("MSG_DUPLICATE_ID", "warning")] }
    : outcome;
};

const settled = (
  reply: CommandReply,
  { kind, warnings, taken }: { kind: string; warnings: readonly FhirProblem[]; taken: TakenDocument },
): DocumentOutcome => ({
  intake: taken.intake,
  status: commandStatus(reply),
  duplicate: "duplicate" in reply && reply.duplicate,
  documentType: kind,
  problems: [...warnings.map(problemFrom), ...(reply.status === "refused" ? reply.problems : [])],
  ...(reply.status === "refused" ? { code: isErrorCode(reply.code) ? reply.code : "document-invalid" } : {}),
  ...("caseId" in reply ? { caseId: reply.caseId } : {}),
  ...("due" in reply ? { due: reply.due } : {}),
});

/**
 * Commands. What will come to nothing however often it is tried is refused, though no service did: a record that no server takes.
 * @throws Fault of any other fate
 */
const commanded = async (ports: FhirPorts, envelope: Envelope): Promise<CommandReply> => {
  try {
    const reply = await ports.command(envelope);
    if (reply.status !== "failed") return reply;
    throw new Fault(isErrorCode(reply.code) ? reply.code : "service-unavailable");
  } catch (error) {
    if (!(error instanceof Fault) || error.fate !== "park") throw error;
    return { status: "refused", code: error.code, problems: [], duplicate: false };
  }
};

interface InOrder {
  readonly bundle: FhirResource;
  readonly kind: string;
  readonly warnings: readonly FhirProblem[];
  readonly answering: Answering;
}

const carryOut = async (
  ports: FhirPorts,
  { bundle, kind, warnings, answering }: InOrder,
  taken: TakenDocument,
): Promise<DocumentOutcome> => {
  const ordered = await commandOfMessage(ports, kind, bundle);
  if (!ordered.ok) return refused(ports, answering, { refusal: refusedWith(ordered.problems), taken });
  const { order, mismatch = false } = ordered;
  const reply = await commanded(ports, { ...order, version: 1, time: ports.now(), intake: taken.intake });
  if (mismatch) ports.log.warn("an answer names two messages", { intake: taken.intake });
  const outcome = await firstReply(ports, order.id, reply);
  return { ...settled(reply, { kind, warnings, taken }), ...answerTo(ports, answering, { outcome, taken }) };
};

/** Reads one message of INTAKE, commands what it asks for, and says what came of it. @throws Fault */
const readMessage = async (ports: FhirPorts, taken: TakenDocument): Promise<DocumentOutcome> => {
  const reading = ports.read(taken.bytes, taken.mediaType);
  if (!reading.ok) return unreadable(ports, reading, taken);
  const { resource: bundle, format, warnings } = reading;
  const head = knownHead(bundle);
  const { kind, problems } = checkMessage(bundle);
  const answering = { head, format, kind };
  if (head.sender?.gln !== undefined && !taken.speaksFor.includes(head.sender.gln))
    return notAuthorised(taken);
  const all = [...warnings, ...problems];
  if (kind === undefined || all.some(isError))
    return refused(ports, answering, { refusal: refusedWith(all), taken });
  if (await isReused(ports, head)) {
    const reused: Refused = {
      code: "content-differs",
      problems: [],
      outcome: { code: "fatal-error", issues: [issueOf("MSG_DUPLICATE_ID")] },
    };
    return refused(ports, answering, { refusal: reused, taken });
  }
  return carryOut(ports, { bundle, kind, warnings: all, answering }, taken);
};

/** One message from INTAKE to its answer. @throws Fault, and then it is read again */
export const takeMessage = (ports: FhirPorts, taken: TakenDocument): Promise<void> =>
  settleDocument(ports, taken, () => readMessage(ports, taken));
