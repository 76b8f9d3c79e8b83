import { municipalityNamespace } from "../../../contracts/codes/oioxml-types.ts";
import type { ErrorCode } from "../../../contracts/errors.ts";
import type { Problem } from "../../../contracts/problem.ts";
import { type Opened, openRoot } from "../../envelopes/open-envelope.ts";
import { compareHeader } from "../../envelopes/sbdh/compare-header.ts";
import { localTimeIn, textIn } from "../../tables/fields.ts";
import { below, type Place, report, type Sink, sinkFor } from "../../tables/place.ts";
import { problemOf, warningOf } from "../../tables/problem-texts.ts";
import { readGroup } from "../../tables/read-table.ts";
import {
  childrenOf,
  defaultLimits,
  textAlong,
  type XmlElement,
  type XmlLimits,
  type XmlReading,
} from "../../xml/read-xml.ts";
import { readMedComXml } from "./medcom-xml.ts";
import { parseLetter, tracesOf } from "./parse-letter.ts";
import type { ParsedDocument, ParsedEnvelope, ParsedLetter, UnreadableDocument } from "./parsed-document.ts";
import { refuseCodeOf } from "./refuse-codes.ts";
import { isReceiptRoot } from "./spoken-types.ts";
import { envelopeTable } from "./tables/envelope.ts";

const notLetters = new Set(["Envelope", "Local_Elements"]);

const partialEnvelope = (emessage: XmlElement): Partial<ParsedEnvelope> => {
  const identifier = textAlong(emessage, ["Envelope", "Identifier"], 14);
  const date = textAlong(emessage, ["Envelope", "Sent", "Date"], 10);
  const time = textAlong(emessage, ["Envelope", "Sent", "Time"], 5);
  const wish = textAlong(emessage, ["Envelope", "AcknowledgementCode"], 17);
  const sent = `${date ?? ""}T${time ?? ""}`;
  return {
    ...(identifier === undefined ? {} : { identifier }),
    ...(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(sent) ? { sent } : {}),
    ...(wish === undefined ? {} : { wantsPositiveReceipt: wish === "pluspositivkvitt" }),
  };
};

/** What a document came in, if in anything. */
type Around = Pick<UnreadableDocument, "vans" | "sbdh">;

/** Whoever can be named in a document that is not taken, so that its sender can be told. */
const unreadable = (
  code: ErrorCode,
  problems: readonly Problem[],
  { emessage, ...around }: Around & { emessage?: XmlElement | undefined },
): UnreadableDocument => {
  const refuseCode = refuseCodeOf(code, problems);
  const base = { kind: "unreadable", code, refuseCode, problems, ...around } as const;
  if (emessage?.local !== "Emessage") return { ...base, letters: [] };
  const children = childrenOf(emessage).filter((child) => !notLetters.has(child.local));
  const letters = children.map(tracesOf);
  const { senderGln, receiverGln } = letters[0] ?? {};
  return {
    ...base,
    envelope: partialEnvelope(emessage),
    ...(senderGln === undefined ? {} : { senderGln }),
    ...(receiverGln === undefined ? {} : { receiverGln }),
    ...(children.some((child) => isReceiptRoot(child.local)) ? { isReceipt: true } : {}),
    letters: letters.flatMap(({ letterId, version }) =>
      letterId === undefined ? [] : [{ letterId, ...(version === undefined ? {} : { version }) }],
    ),
  };
};

const unreadableXml = (reading: XmlReading & { ok: false }, around: Around): UnreadableDocument => {
  const path = reading.line === undefined ? "" : `line ${reading.line}`;
  return unreadable(reading.code, [problemOf(reading.code, path)], { emessage: reading.partial, ...around });
};

/** The municipality types keep Envelope in an older namespace than Emessage; all others have one for both. */
const isEnvelope = (child: XmlElement, emessage: XmlElement): boolean =>
  child.local === "Envelope" &&
  (child.uri === emessage.uri ||
    (child.uri.startsWith(municipalityNamespace) && emessage.uri.startsWith(municipalityNamespace)));

const readEnvelope = (emessage: XmlElement, sink: Sink): ParsedEnvelope | undefined => {
  const place: Place = { path: "Emessage", sink };
  const [first] = childrenOf(emessage);
  if (first === undefined || !isEnvelope(first, emessage)) {
    report(below(place, "Envelope"), "element-missing");
    return undefined;
  }
  const own = { path: "Emessage/Envelope", sink: { ...sink, namespace: first.uri } };
  const fields = readGroup(first, envelopeTable, own);
  return {
    identifier: textIn(fields, "Identifier"),
    sent: localTimeIn(fields, "Sent"),
    wantsPositiveReceipt: textIn(fields, "AcknowledgementCode") === "pluspositivkvitt",
  };
};

/** Each letter on its own; what follows it in Local_Elements is passed over, and said. */
const readLetters = (emessage: XmlElement): ParsedLetter[] => {
  const children = childrenOf(emessage);
  return children.flatMap((child, at) => {
    if (notLetters.has(child.local)) return [];
    const notes = [
      ...(children[at + 1]?.local === "Local_Elements" ? [warningOf("local-elements", child.local)] : []),
      ...(child.uri === emessage.uri ? [] : [warningOf("namespace-mixed", child.local)]),
    ];
    return [parseLetter(child, notes)];
  });
};

interface Carried {
  readonly around: Around;
  readonly warnings: readonly Problem[];
}

const parseEmessage = (
  reading: XmlReading & { ok: true },
  { around, warnings: before }: Carried,
): ParsedDocument => {
  const emessage = reading.root;
  if (emessage.local !== "Emessage")
    return unreadable("type-unknown", [problemOf("type-unknown", "")], around);
  const sink = sinkFor(emessage.uri);
  const envelope = readEnvelope(emessage, sink);
  const letters = sink.problems.length === 0 ? readLetters(emessage) : [];
  if (sink.problems.length === 0 && letters.length === 0)
    report({ path: "Emessage", sink }, "element-missing");
  if (emessage.content.some((part) => typeof part === "string" && part.trim() !== ""))
    report({ path: "Emessage", sink }, "text-unexpected");
  if (envelope === undefined || sink.problems.length > 0)
    return unreadable("document-invalid", sink.problems, { emessage, ...around });
  const doubts = reading.doubtful ? [warningOf("encoding-doubtful", "")] : [];
  const warnings = [...before, ...sink.warnings, ...doubts];
  return { kind: "emessage", encoding: reading.encoding, ...around, envelope, letters, warnings };
};

const aroundOf = ({ enveloped }: Pick<Opened & { is: "unopened" }, "enveloped">): Around => {
  if (enveloped === undefined) return {};
  return enveloped.kind === "vans" ? { vans: enveloped.vans } : { sbdh: enveloped.sbdh };
};

/** Where the header of a StandardBusinessDocument says something else than the letter in it. */
const differences = ({ sbdh }: Around, document: ParsedDocument): Problem[] => {
  if (sbdh === undefined || document.kind !== "emessage") return [];
  const [first] = document.letters;
  if (first === undefined || !("letter" in first)) return [];
  const { sender, receiver, letterId } = first.letter;
  const { identifier: bundleId } = document.envelope;
  return compareHeader(sbdh, {
    senderGln: sender.gln,
    receiverGln: receiver.gln,
    messageId: letterId,
    bundleId,
  });
};

type OpenedMessage = Extract<Opened, { is: "message" }>;

const parseInside = ({ enveloped, data, warnings }: OpenedMessage, limits: XmlLimits): ParsedDocument => {
  const around = aroundOf({ enveloped });
  // Formats other than XML are known but not received here.
  if (around.vans !== undefined && around.vans.document?.format !== "XML")
    return unreadable("type-unspoken", [problemOf("type-unspoken", "VANSEnvelope")], around);
  const reading = readMedComXml(data, limits);
  if (!reading.ok) return unreadableXml(reading, around);
  const document = parseEmessage(reading, { around, warnings });
  return { ...document, ...warned(document, differences(around, document)) };
};

const warned = (document: ParsedDocument, more: readonly Problem[]): { warnings?: readonly Problem[] } =>
  document.kind === "emessage" && more.length > 0 ? { warnings: [...document.warnings, ...more] } : {};

/** Of an envelope whose size differs the message is looked into all the same: its sender can be told. */
const parseUnopened = (
  { code, problems, data, ...opened }: Extract<Opened, { is: "unopened" }>,
  limits: XmlLimits,
): ParsedDocument => {
  const reading = data === undefined ? undefined : readMedComXml(data, limits);
  const emessage = reading?.ok === true ? reading.root : reading?.partial;
  return unreadable(code, problems, { emessage, ...aroundOf(opened) });
};

const parseOpened = (opened: Opened, limits: XmlLimits): ParsedDocument => {
  switch (opened.is) {
    case "message":
      return parseInside(opened, limits);
    case "unopened":
      return parseUnopened(opened, limits);
    case "receipt":
      return opened.receipt.kind === "vans"
        ? { ...opened.receipt, kind: "vansReceipt", warnings: opened.warnings }
        : unreadable("type-unspoken", [problemOf("type-unspoken", "StandardBusinessDocument")], {});
  }
};

/** What a document says, once its bytes are a tree and no longer needed: for whoever cannot hold both. */
export const parseReading = (reading: XmlReading, limits: XmlLimits): ParsedDocument => {
  if (!reading.ok) return unreadableXml(reading, {});
  const opened = openRoot(reading.root, limits);
  return opened === undefined
    ? parseEmessage(reading, { around: {}, warnings: [] })
    : parseOpened(opened, limits);
};

/**
 * A MedCom OIOXML document, bare or in an envelope. Total: whatever the bytes are, the answer says what they hold or
 * why not, with every problem and its path, and never repeats a value of the sender's in an error.
 */
export const parseDocument = (bytes: Uint8Array, limits: XmlLimits = defaultLimits): ParsedDocument =>
  parseReading(readMedComXml(bytes, limits), limits);
