import { type CommandReply, type Envelope, parkedAsRefused, settledReply } from "../../contracts/envelope.ts";
import type { DocumentOutcome } from "../../contracts/messages/document.ts";
import type { Problem } from "../../contracts/problem.ts";
import { takeReceipt } from "../envelopes/take-receipt.ts";
import { settleDocument } from "../families/settle-document.ts";
import {
  isReceipt,
  type Refusal,
  receiptFor,
  receiptForUnreadable,
  refusalOf,
  type SettledLetter,
} from "./answer-document.ts";
import { answersTo } from "./answer-in-vans.ts";
import type { ParsedDocument, ParsedLetter } from "./codec/parsed-document.ts";
import { commandOfLetter } from "./letter-command.ts";
import type { OioxmlPorts, TakenDocument } from "./ports.ts";
import { type Answers, notAuthorised, refusedOutcome } from "./refused-outcome.ts";
import { refusedExchange } from "./take-vans.ts";
import { envelopeOf } from "./vans-exchange.ts";

type Emessage = Extract<ParsedDocument, { kind: "emessage" }>;
type Unreadable = Extract<ParsedDocument, { kind: "unreadable" }>;

const senderOf = (letter: ParsedLetter): string | undefined => {
  if ("letter" in letter) return letter.letter.sender.gln;
  return letter.senderGln;
};

/** A sender speaks only for itself and its own units, whatever the document says inside. */
const speaksForAll = (letters: readonly ParsedLetter[], { speaksFor }: TakenDocument): boolean =>
  letters.every((letter) => {
    const sender = senderOf(letter);
    return sender === undefined || speaksFor.includes(sender);
  });

type Told = { reply?: CommandReply; refusal?: Refusal };

/** Commands, and says what came of it. @throws Fault */
const commanded = async (ports: OioxmlPorts, envelope: Envelope): Promise<Told> => {
  const reply = await ports.command(envelope).then(settledReply).catch(parkedAsRefused);
  const refusal = refusalOf(reply);
  return { reply, ...(refusal === undefined ? {} : { refusal }) };
};

/** What a document's envelopes are called: an Emessage's number, and the identifiers of what it came in. */
const envelopesOf = (document: Emessage): string[] => {
  const around = envelopeOf(document);
  return [
    document.envelope.identifier,
    ...(around === undefined ? [] : [around.identifier, around.messageId]),
  ].filter((id) => id !== "");
};

const settle = async (
  ports: OioxmlPorts,
  letter: ParsedLetter,
  document: Parameters<typeof commandOfLetter>[2],
): Promise<SettledLetter> => {
  const envelope = await commandOfLetter(ports, letter, document);
  const told = envelope === undefined ? {} : await commanded(ports, envelope);
  return letter.kind === "refused"
    ? { letter, ...told, refusal: { code: letter.code, problems: letter.problems } }
    : { letter, ...told };
};

const accepted = (reply: CommandReply | undefined) => (reply?.status === "accepted" ? reply : undefined);

const problemsIn = (settled: readonly SettledLetter[], document: Emessage): Problem[] => [
  ...document.warnings,
  ...settled.flatMap(({ letter, refusal }) => [
    ...("warnings" in letter ? letter.warnings : []),
    ...(refusal?.problems ?? []),
  ]),
];

const wasThere = (reply: CommandReply | undefined): boolean =>
  reply !== undefined && "duplicate" in reply && reply.duplicate;

const statusOf = (refused: boolean, anyAccepted: boolean): DocumentOutcome["status"] => {
  if (refused) return "refused";
  return anyAccepted ? "accepted" : "ignored";
};

const refusedReply = (refused: SettledLetter | undefined) =>
  refused?.reply?.status === "refused" ? refused.reply : undefined;

const answersOf = (
  document: Emessage,
  settled: readonly SettledLetter[],
  { at, taken }: { at: string; taken: TakenDocument },
): Answers => {
  const refusal = settled.find((s) => s.refusal !== undefined)?.refusal;
  const silent = settled.every(({ letter }) => isReceipt(letter));
  const receipt = receiptFor(document, settled, at);
  return answersTo(document, { receipt, refusal, at, silent }, taken);
};

const outcomeOf = (document: Emessage, settled: SettledLetter[], taken: TakenDocument): DocumentOutcome => {
  const refused = settled.find((s) => s.refusal !== undefined);
  const first = settled.map((s) => accepted(s.reply)).find((reply) => reply !== undefined);
  const recorded = refusedReply(refused) ?? first;
  const at = recorded?.at ?? taken.receivedAt;
  return {
    intake: taken.intake,
    status: statusOf(refused !== undefined, first !== undefined),
    duplicate: settled.every((s) => wasThere(s.reply)),
    problems: problemsIn(settled, document),
    code: refused?.refusal?.code,
    caseId: recorded?.caseId,
    due: first?.due,
    documentType: (refused ?? settled[0])?.letter.type,
    ...answersOf(document, settled, { at, taken }),
  };
};

const unreadable = (document: Unreadable, taken: TakenDocument): DocumentOutcome => {
  const { code, problems } = document;
  const receipt = receiptForUnreadable(document, taken.receivedAt);
  const silent = document.isReceipt === true;
  const answered = { receipt, refusal: { code, problems }, at: taken.receivedAt, silent };
  return refusedOutcome(taken.intake, { code, problems }, answersTo(document, answered, taken));
};

/** Reads one document of INTAKE, commands what its letters ask for, and says what came of it. @throws Fault */
const readDocument = async (ports: OioxmlPorts, taken: TakenDocument): Promise<DocumentOutcome> => {
  const document = await ports.parse(taken.bytes);
  if (document.kind === "vansReceipt") {
    const { vans, receipt, warnings } = document;
    return takeReceipt(ports, { receipt: { kind: "vans", vans, receipt }, warnings }, taken);
  }
  if (document.kind === "emessage" && !speaksForAll(document.letters, taken))
    return notAuthorised(taken.intake);
  const refused = await refusedExchange(ports, document, taken);
  if (refused !== undefined) return refused;
  if (document.kind === "unreadable") return unreadable(document, taken);
  const settled: SettledLetter[] = [];
  const from = { intake: taken.intake, envelopes: envelopesOf(document) };
  for (const letter of document.letters) settled.push(await settle(ports, letter, from));
  return outcomeOf(document, settled, taken);
};

/** One document from INTAKE to its answer. @throws Fault, and then it is read again */
export const takeDocument = (ports: OioxmlPorts, taken: TakenDocument): Promise<void> =>
  settleDocument(ports, taken, () => readDocument(ports, taken));
