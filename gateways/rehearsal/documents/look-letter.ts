import { childrenOf, readXml, textAlong, type XmlElement } from "../../xml/read-xml.ts";
import { nothingSeen, type Seen } from "./seen.ts";

const longest = 100;
const text = (element: XmlElement | undefined, ...path: string[]): string | undefined =>
  textAlong(element, path, longest);
const child = (element: XmlElement | undefined, name: string): XmlElement | undefined =>
  element === undefined ? undefined : childrenOf(element).find(({ local }) => local === name);

const verdicts: Readonly<Record<string, Seen["verdict"]>> = {
  PositiveReceipt: "positive",
  NegativeReceipt: "negative",
};

const aboutOf = (root: XmlElement): Pick<Seen, "about" | "refuseCode"> => {
  const original = child(root, "OriginalEmessage");
  const letter = child(original, "OriginalLetter");
  return {
    about: {
      envelopeId: text(original, "OriginalEnvelopeIdentifier"),
      messageId: text(letter, "OriginalLetterIdentifier"),
    },
    refuseCode: text(letter, "RefuseCode") ?? text(original, "RefuseCode"),
  };
};

const kindOf = (root: XmlElement): Seen["kind"] => {
  if (verdicts[root.local] !== undefined) return "receipt";
  return root.local === "BinaryLetter" ? "attachments" : "letter";
};

/** An Emessage with one letter, receipt or XBIN01 in it, as far as it can be read. */
export const lookAtLetter = (bytes: Uint8Array): Seen => {
  const reading = readXml(bytes);
  const message = reading.ok ? reading.root : reading.partial;
  const envelope = child(message, "Envelope");
  const root =
    message === undefined ? undefined : childrenOf(message).find(({ local }) => local !== "Envelope");
  const letter = child(root, "Letter");
  const seen = {
    ...nothingSeen("oioxml"),
    type: text(letter, "StatisticalCode"),
    version: text(letter, "VersionCode"),
    envelopeId: text(envelope, "Identifier"),
    messageId: text(letter, "Identifier"),
    from: text(root, "Sender", "EANIdentifier"),
    to: text(root, "Receiver", "EANIdentifier"),
    thread: text(letter, "EpisodeOfCareIdentifier"),
    wantsReceipt: text(envelope, "AcknowledgementCode") === "pluspositivkvitt",
  };
  if (!reading.ok || root === undefined) return seen;
  const kind = kindOf(root);
  if (kind !== "receipt") return { ...seen, kind };
  return { ...seen, kind, verdict: verdicts[root.local], ...aboutOf(root) };
};
