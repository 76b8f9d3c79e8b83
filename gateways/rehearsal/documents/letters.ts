import { escapeText } from "../../xml/escape-text.ts";
import type { Seen } from "./seen.ts";

/** What makes a document another one than the one before: its numbers, and its time on Danish clocks. */
export type Fresh = { id: () => string; date: string; time: string };

const receiptNamespace = "http://rep.oio.dk/sundcom.dk/medcom.dk/xml/schemas/2005/08/07/";
const escaped = (text: string): string => escapeText(text, () => undefined);
const latin1 = (text: string): Uint8Array => Buffer.from(text, "latin1");

const envelope = ({ id, date, time }: Fresh, asks: "minuspositivkvitt" | "pluspositivkvitt"): string =>
  `<Envelope><Sent><Date>${date}</Date><Time>${time}</Time></Sent><Identifier>${id()}</Identifier><AcknowledgementCode>${asks}</AcknowledgementCode></Envelope>`;

const ean = (element: string, gln: string): string =>
  `<${element}><EANIdentifier>${escaped(gln)}</EANIdentifier></${element}>`;

export type Refusal = { code: string; text: string };

/** A receipt (XCTL03, or XCTL02 with the reason) about a letter. It asks for none itself (guide to OIOXML, section 9). */
export const receiptLetter = (about: Seen, refusal: Refusal | undefined, fresh: Fresh): Uint8Array => {
  const [root, version, type] =
    refusal === undefined
      ? ["PositiveReceipt", "XC0330Q", "XCTL03"]
      : ["NegativeReceipt", "XC0230Q", "XCTL02"];
  const { from = "", to = "", envelopeId = "", messageId, version: original = "" } = about;
  const why =
    refusal === undefined
      ? ""
      : `<RefuseCode>${refusal.code}</RefuseCode><RefuseText>${escaped(refusal.text)}</RefuseText>`;
  const letter =
    messageId === undefined
      ? ""
      : `<OriginalLetter><OriginalLetterIdentifier>${escaped(messageId)}</OriginalLetterIdentifier><OriginalVersionCode>${escaped(original)}</OriginalVersionCode>${why}</OriginalLetter>`;
  return latin1(
    `<?xml version="1.0" encoding="ISO-8859-1"?>\n<Emessage xmlns="${receiptNamespace}">${envelope(fresh, "minuspositivkvitt")}<${root}><Letter><Identifier>${fresh.id()}</Identifier><VersionCode>${version}</VersionCode><StatisticalCode>${type}</StatisticalCode></Letter>${ean("Sender", to)}${ean("Receiver", from)}<OriginalEmessage><OriginalEnvelopeIdentifier>${escaped(envelopeId)}</OriginalEnvelopeIdentifier>${ean("OriginalSender", from)}${ean("OriginalReceiver", to)}${letter === "" ? why : letter}</OriginalEmessage></${root}></Emessage>`,
  );
};

const between = (xml: string, element: string): string =>
  new RegExp(`<${element}>([\\s\\S]*?)</${element}>`).exec(xml)?.[1] ?? "";

/** Without what only a sender has: its number and speciality stand in no Receiver. */
const asReceiver = (party: string): string =>
  party.replace(/<(TelephoneSubscriberIdentifier|MedicalSpecialityCode)>[^<]*<\/\1>/g, "");

/** An answer in the thread of a letter, from whom it was written to (XDIS91). */
export const replyLetter = (letter: Uint8Array, text: string, fresh: Fresh): Uint8Array => {
  const xml = Buffer.from(letter).toString("latin1");
  const [sender, receiver] = [between(xml, "Receiver"), between(xml, "Sender")];
  const authorised = `<Authorisation><Date>${fresh.date}</Date><Time>${fresh.time}</Time></Authorisation>`;
  return latin1(
    xml
      .replace(/<Envelope>[\s\S]*?<\/Envelope>/, () => envelope(fresh, "pluspositivkvitt"))
      .replace(/(<Letter>\s*<Identifier>)[^<]*/, (_, head: string) => `${head}${fresh.id()}`)
      .replace(/<Authorisation>[\s\S]*?<\/Authorisation>/, () => authorised)
      .replace(/<Sender>[\s\S]*?<\/Sender>/, () => `<Sender>${sender}</Sender>`)
      .replace(/<Receiver>[\s\S]*?<\/Receiver>/, () => `<Receiver>${asReceiver(receiver)}</Receiver>`)
      .replace(/<Reference>[\s\S]*?<\/Reference>/g, "")
      .replace(/(<Subject>)(?!Sv: )([^<]{0,60})[^<]*/, "$1Sv: $2")
      .replace(/<Text01>[\s\S]*?<\/Text01>/, () => `<Text01>${escaped(text)}</Text01>`),
  );
};

/** The same letter in an envelope of its own, as when it is sent again. */
export const inNewEnvelope = (letter: Uint8Array, id: string): Uint8Array =>
  latin1(
    Buffer.from(letter)
      .toString("latin1")
      .replace(/(<Envelope>[\s\S]*?<Identifier>)[^<]*/, (_, head: string) => `${head}${id}`),
  );
