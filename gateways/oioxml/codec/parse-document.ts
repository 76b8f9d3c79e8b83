import { municipalityNamespace } from "../../../contracts/codes/oioxml-types.ts";
import type { ErrorCode } from "../../../contracts/errors.ts";
import type { Problem } from "../../../contracts/problem.ts";
import {
  childrenOf,
  defaultLimits,
  textAlong,
  type XmlElement,
  type XmlLimits,
  type XmlReading,
} from "../../xml/read-xml.ts";
import { localTimeIn, textIn } from "./fields.ts";
import { readMedComXml } from "./medcom-xml.ts";
import { parseLetter, tracesOf } from "./parse-letter.ts";
import type { ParsedDocument, ParsedEnvelope, ParsedLetter, UnreadableDocument } from "./parsed-document.ts";
import { below, type Place, report, type Sink, sinkFor } from "./place.ts";
import { problemOf, warningOf } from "./problem-texts.ts";
import { readGroup } from "./read-table.ts";
import { refuseCodeOf } from "./refuse-codes.ts";
import { isReceiptRoot } from "./spoken-types.ts";
import { envelopeTable } from "./tables/envelope.ts";
import { vansEnvelopeTable, vansNamespace } from "./tables/vans-envelope.ts";
import { type VansEnvelope, vansEnvelopeOf } from "./vans-envelope.ts";

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

/** Whoever can be named in a document that is not taken, so that its sender can be told. */
const unreadable = (
  code: ErrorCode,
  problems: readonly Problem[],
  rest: { emessage?: XmlElement | undefined; vans?: VansEnvelope },
): UnreadableDocument => {
  const base = { kind: "unreadable", code, refuseCode: refuseCodeOf(code, problems), problems } as const;
  const vans = rest.vans === undefined ? {} : { vans: rest.vans };
  if (rest.emessage?.local !== "Emessage") return { ...base, ...vans, letters: [] };
  const children = childrenOf(rest.emessage).filter((child) => !notLetters.has(child.local));
  const letters = children.map(tracesOf);
  const { senderGln, receiverGln } = letters[0] ?? {};
  return {
    ...base,
    ...vans,
    envelope: partialEnvelope(rest.emessage),
    ...(senderGln === undefined ? {} : { senderGln }),
    ...(receiverGln === undefined ? {} : { receiverGln }),
    ...(children.some((child) => isReceiptRoot(child.local)) ? { isReceipt: true } : {}),
    letters: letters.flatMap(({ letterId, version }) =>
      letterId === undefined ? [] : [{ letterId, ...(version === undefined ? {} : { version }) }],
    ),
  };
};

const unreadableXml = (
  reading: XmlReading & { ok: false },
  vans: { vans?: VansEnvelope },
): UnreadableDocument => {
  const path = reading.line === undefined ? "" : `line ${reading.line}`;
  return unreadable(reading.code, [problemOf(reading.code, path)], { emessage: reading.partial, ...vans });
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
  readonly vans?: VansEnvelope;
  readonly warnings: readonly Problem[];
}

const parseEmessage = (reading: XmlReading & { ok: true }, carried: Carried): ParsedDocument => {
  const emessage = reading.root;
  const vans = carried.vans === undefined ? {} : { vans: carried.vans };
  if (emessage.local !== "Emessage")
    return unreadable("type-unknown", [problemOf("type-unknown", "")], { ...vans });
  const sink = sinkFor(emessage.uri);
  const envelope = readEnvelope(emessage, sink);
  const letters = sink.problems.length === 0 ? readLetters(emessage) : [];
  if (sink.problems.length === 0 && letters.length === 0)
    report({ path: "Emessage", sink }, "element-missing");
  if (emessage.content.some((part) => typeof part === "string" && part.trim() !== ""))
    report({ path: "Emessage", sink }, "text-unexpected");
  if (envelope === undefined || sink.problems.length > 0)
    return unreadable("document-invalid", sink.problems, { emessage, ...vans });
  const doubts = reading.doubtful ? [warningOf("encoding-doubtful", "")] : [];
  const warnings = [...carried.warnings, ...sink.warnings, ...doubts];
  return { kind: "emessage", encoding: reading.encoding, ...vans, envelope, letters, warnings };
};

/** The document in a VANS envelope, or its receipt. Formats other than XML are known but not received here. */
const parseVans = (root: XmlElement, limits: XmlLimits): ParsedDocument => {
  const sink = sinkFor(vansNamespace);
  const place = { path: "VANSEnvelope", sink };
  const fields = readGroup(root, vansEnvelopeTable, place);
  if (sink.problems.length > 0) return unreadable("document-invalid", sink.problems, {});
  const { vans, data } = vansEnvelopeOf(fields, place);
  if (vans.receipt !== undefined)
    return { kind: "vansReceipt", vans, receipt: vans.receipt, warnings: sink.warnings };
  if (data === undefined || vans.document?.format !== "XML")
    return unreadable("type-unspoken", [problemOf("type-unspoken", "VANSEnvelope")], { vans });
  const reading = readMedComXml(data, limits);
  if (sink.problems.length > 0) {
    const emessage = reading.ok ? reading.root : reading.partial;
    return unreadable("envelope-size-differs", sink.problems, { emessage, vans });
  }
  return reading.ok
    ? parseEmessage(reading, { vans, warnings: sink.warnings })
    : unreadableXml(reading, { vans });
};

/** What a document says, once its bytes are a tree and no longer needed: for whoever cannot hold both. */
export const parseReading = (reading: XmlReading, limits: XmlLimits): ParsedDocument => {
  if (!reading.ok) return unreadableXml(reading, {});
  return reading.root.uri === vansNamespace && reading.root.local === "VANSEnvelope"
    ? parseVans(reading.root, limits)
    : parseEmessage(reading, { warnings: [] });
};

/**
 * A MedCom OIOXML document, bare or in a VANS envelope. Total: whatever the bytes are, the answer says what they hold or
 * why not, with every problem and its path, and never repeats a value of the sender's in an error.
 */
export const parseDocument = (bytes: Uint8Array, limits: XmlLimits = defaultLimits): ParsedDocument =>
  parseReading(readMedComXml(bytes, limits), limits);
