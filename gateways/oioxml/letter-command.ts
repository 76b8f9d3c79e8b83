import type { Envelope } from "../../contracts/envelope.ts";
import { toPlainText } from "../../contracts/formatted-text.ts";
import type { StoredObject } from "../../contracts/letter.ts";
import { seenCases } from "../families/seen-cases.ts";
import type { UnstoredAttachmentLetter } from "./codec/binary-letter.ts";
import type { ParsedLetter, ParsedReceipt } from "./codec/parsed-document.ts";
import { letterCommandId } from "./families/letter-command-id.ts";
import { readClinical, readsCases } from "./families/read-clinical.ts";
import type { OioxmlPorts, TakenDocument } from "./ports.ts";

type Letter = Extract<ParsedLetter, { kind: "letter" }>;
type Refused = Extract<ParsedLetter, { kind: "refused" }>;
type Clinical = Extract<ParsedLetter, { kind: "clinical" }>;
type Ordered = Pick<Envelope, "id" | "type" | "sender" | "payload" | "written" | "notes">;

const letterOrder = ({ letter }: Letter): Ordered => ({
  id: letterCommandId(letter),
  type: "advice.receiveLetter",
  sender: letter.sender.gln,
  payload: { letter, standard: "oioxml" },
});

/** Families whose cases a letter of the standard may belong to. */
const families = ["referral", "discharge", "booking"] as const;

const clinicalOrder = async (ports: OioxmlPorts, { letter }: Clinical): Promise<Ordered> => {
  const id = letterCommandId(letter);
  const { cpr } = letter.patient;
  const alternativeId = "alternativeId" in letter.patient ? letter.patient.alternativeId : undefined;
  const patient = { ...(cpr === undefined ? { alternativeId } : { cpr }) };
  const asked = { viewer: letter.sender.gln, patient, families };
  const cases = readsCases(letter) ? await seenCases(ports, asked) : [];
  const { type, payload, notes } = readClinical(letter, { commandId: id, cases });
  return { id, type, sender: letter.sender.gln, payload, written: letter, notes: [...notes] };
};

const keep = async (ports: OioxmlPorts, letter: UnstoredAttachmentLetter): Promise<StoredObject[]> => {
  const kept: StoredObject[] = [];
  for (const { bytes, ...object } of letter.objects)
    kept.push({ ...object, digest: (await ports.putObject(bytes)).digest });
  return kept;
};

const attachmentOrder = (letter: UnstoredAttachmentLetter, objects: StoredObject[]): Ordered => ({
  id: `attachments:${letter.sender.gln}:${letter.letterId}`,
  type: "attachment.receive",
  sender: letter.sender.gln,
  payload: { letter: { ...letter, objects }, standard: "oioxml" },
});

const textLength = 3500;

/** Why, in the receiver's words: on the envelope, or on a letter. An Emessage of the hub's holds one letter. */
const refusalIn = (receipt: ParsedReceipt): { code?: string; text?: string } => {
  const said = [receipt, ...receipt.originalLetters];
  const code = said.find(({ refuseCode }) => refuseCode !== undefined)?.refuseCode;
  const text = said.find(({ refuseText }) => refuseText !== undefined)?.refuseText;
  return {
    ...(code === undefined ? {} : { code }),
    ...(text === undefined ? {} : { text: toPlainText(text).slice(0, textLength) }),
  };
};

const receiptOrder = (receipt: ParsedReceipt): Ordered => {
  const { originalEnvelopeId, outcome, vansLevel } = receipt;
  return {
    id: `receipt:${receipt.senderGln}:${originalEnvelopeId}:${receipt.letterId}`,
    type: "delivery.receiveReceipt",
    sender: receipt.senderGln,
    payload: {
      originalEnvelopeId,
      outcome,
      level: vansLevel ? "operator" : "receiver",
      ...refusalIn(receipt),
    },
  };
};

const refusalTypes: Readonly<Record<string, string>> = {
  XDIS91: "advice.refuseLetter",
  XBIN01: "attachment.refuse",
};

/** A letter that is refused by the codec is recorded when its sender and number are known and its type is spoken. */
const refusalOrder = (refused: Refused): Ordered | undefined => {
  const { letterId, senderGln, problems, code } = refused;
  const type = refusalTypes[refused.type ?? ""];
  if (type === undefined || letterId === undefined || senderGln === undefined) return undefined;
  const prefix = type === "attachment.refuse" ? "attachments" : "letter";
  const first = { path: "", code, message: "", severity: "error" };
  return {
    id: `${prefix}:${senderGln}:${letterId}`,
    type,
    sender: senderGln,
    payload: { letterId, problems: [first, ...problems].slice(0, 100), contentDigest: code },
  };
};

const orderOf = async (ports: OioxmlPorts, letter: ParsedLetter): Promise<Ordered | undefined> => {
  switch (letter.kind) {
    case "letter":
      return letterOrder(letter);
    case "clinical":
      return clinicalOrder(ports, letter);
    case "attachments":
      return attachmentOrder(letter.letter, await keep(ports, letter.letter));
    case "receipt":
      return receiptOrder(letter);
    case "refused":
      return refusalOrder(letter);
  }
};

/** What a letter asks of the hub, as a command. Attachments are kept before the command that names them is made. */
export const commandOfLetter = async (
  ports: OioxmlPorts,
  letter: ParsedLetter,
  document: Pick<TakenDocument, "intake"> & { envelopes: string[] },
): Promise<Envelope | undefined> => {
  const order = await orderOf(ports, letter);
  const { intake, envelopes } = document;
  return order === undefined ? undefined : { ...order, version: 1, time: ports.now(), intake, envelopes };
};
