import type { Letter } from "../../contracts/letter.ts";
import type { UnstoredAttachmentLetter } from "../../gateways/oioxml/codec/binary-letter.ts";
import type { ParsedDocument, ParsedLetter } from "../../gateways/oioxml/codec/parsed-document.ts";
import type { ReceiptContent } from "../../gateways/oioxml/codec/receipt.ts";

export const envelope = {
  envelopeId: "HUBKUVERT00001",
  sent: "2026-11-26T08:00",
  wantsPositiveReceipt: true,
} as const;

export const aLetter = (more: Partial<Letter> = {}): Letter => ({
  letterId: "AAPBREV0000001",
  status: "new",
  authorised: "2026-11-23T10:12",
  statisticalCode: "XDIS91",
  sender: {
    gln: "5790000100019",
    identifier: { code: "ydernummer", value: "061654" },
    organisation: "Lægehuset Åparken",
  },
  receiver: {
    gln: "5790000200016",
    identifier: { code: "sygehusafdelingsnummer", value: "990110M" },
    organisation: "Østerbæk Sygehus",
  },
  patient: { cpr: "1105650000", surname: "Prøve-Åsen", episodeOfCareStatus: "inaktiv" },
  texts: [["Kære kollega", { el: "Break" }, "Hvad nu?"]],
  references: [],
  ...more,
});

export const anAttachmentLetter = (
  more: Partial<UnstoredAttachmentLetter> = {},
): UnstoredAttachmentLetter => {
  const { letterId, authorised, sender, receiver } = aLetter();
  const bytes = Buffer.from("Blodsukker 7,9");
  return {
    letterId,
    authorised,
    statisticalCode: "XBIN01",
    sender,
    receiver,
    about: { kind: "patient", cpr: "1105650000", surname: "Prøve-Åsen" },
    objects: [
      {
        objectId: "6d2f8c1e0b7a4e539c48d1a2b3c4e5f6",
        code: "tekstfil",
        extension: "txt",
        sizeBytes: bytes.length,
        bytes,
      },
    ],
    ...more,
  };
};

export const aReceipt = (more: Partial<ReceiptContent> = {}): ReceiptContent => ({
  outcome: "negative",
  vansLevel: false,
  letterId: "HUBBREV0000001",
  senderGln: "5790000200016",
  receiverGln: "5790000100019",
  originalEnvelopeId: "AAP26112300001",
  originalSenderGln: "5790000100019",
  originalReceiverGln: "5790000200016",
  originalLetters: [{ letterId: "AAPBREV0000001", version: "XD9134L" }],
  ...more,
});

export const lettersOf = (document: ParsedDocument): readonly ParsedLetter[] => {
  if (document.kind !== "emessage") throw new Error(`unreadable: ${JSON.stringify(document)}`);
  return document.letters;
};
export const onlyLetter = (document: ParsedDocument): ParsedLetter => {
  const [first] = lettersOf(document);
  if (first === undefined) throw new Error("no letter");
  return first;
};
export const letterIn = (document: ParsedDocument): Letter => {
  const letter = onlyLetter(document);
  if (letter.kind !== "letter") throw new Error(`not a letter but ${letter.kind}`);
  return letter.letter;
};

export const latin1 = (text: string): Uint8Array => Buffer.from(text, "latin1");
export const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("latin1");
/** A document with one piece of it changed; the piece must be there. */
export const changed = (bytes: Uint8Array, from: string, to: string): Uint8Array => {
  const text = textOf(bytes);
  if (!text.includes(from)) throw new Error(`not in the document: ${from}`);
  return latin1(text.replace(from, () => to));
};
