import type { Envelope } from "../../contracts/envelope.ts";
import type { StoredObject } from "../../contracts/letter.ts";
import type { UnstoredAttachmentLetter } from "./codec/binary-letter.ts";
import type { ParsedLetter, ParsedReceipt } from "./codec/parsed-document.ts";
import type { OioxmlPorts, TakenDocument } from "./ports.ts";

type Letter = Extract<ParsedLetter, { kind: "letter" }>;
type Refused = Extract<ParsedLetter, { kind: "refused" }>;
type Ordered = Pick<Envelope, "id" | "type" | "sender" | "payload">;

/**
 * The same letter is the same command, whichever envelope and transport it comes in: its id is the sender's number for it.
 * A corrected letter may keep its number, so its time is part of its identity.
 */
const letterOrder = ({ letter }: Letter): Ordered => ({
  id: `letter:${letter.sender.gln}:${letter.letterId}${letter.status === "corrected" ? `:${letter.authorised}` : ""}`,
  type: "advice.receiveLetter",
  sender: letter.sender.gln,
  payload: { letter, standard: "oioxml" },
});

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

const receiptOrder = (receipt: ParsedReceipt): Ordered => {
  const refusal =
    receipt.refuseCode ?? receipt.originalLetters.find((l) => l.refuseCode !== undefined)?.refuseCode;
  const { originalEnvelopeId, outcome } = receipt;
  return {
    id: `receipt:${receipt.senderGln}:${originalEnvelopeId}:${receipt.letterId}`,
    type: "delivery.receiveReceipt",
    sender: receipt.senderGln,
    payload: { originalEnvelopeId, outcome, ...(refusal === undefined ? {} : { code: refusal }) },
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
  { intake }: TakenDocument,
): Promise<Envelope | undefined> => {
  const order = await orderOf(ports, letter);
  return order === undefined ? undefined : { ...order, version: 1, time: ports.now(), intake };
};
