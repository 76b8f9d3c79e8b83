import { oioxmlTypeOf } from "../../../contracts/codes/oioxml-types.ts";
import { sbdhNamespace, sbdhRoot } from "../../envelopes/sbdh/sbdh.ts";
import { vansEnvelopeTable, vansNamespace } from "../../envelopes/vans/vans-envelope-table.ts";
import { childrenOf, type XmlElement, type XmlLimits, type XmlReading } from "../../xml/read-xml.ts";
import { readMedComXml } from "../codec/medcom-xml.ts";
import { parseReading } from "../codec/parse-document.ts";
import type { ParsedDocument, ParsedLetter } from "../codec/parsed-document.ts";
import { spokenTypeOf } from "../codec/spoken-types.ts";
import { envelopeTable } from "../codec/tables/envelope.ts";
import { bytesIn, loosePartsOf, type Part, partOf } from "./part.ts";

/** One letter of an Emessage as it is to be shown, with what reading it for real came to. */
export interface LetterView {
  readonly namespace: string;
  /** The MedCom type that namespace and root name, when it is known. */
  readonly type: string | undefined;
  readonly part: Part;
  /** `undefined`: the document as a whole could not be taken, so no letter was judged. */
  readonly verdict: ParsedLetter | undefined;
}

/** A document as it is to be shown: everything that could be read of it, and what the codec says of it. */
export interface DocumentView {
  readonly verdict: ParsedDocument;
  readonly vans: Part | undefined;
  readonly envelope: Part | undefined;
  readonly letters: readonly LetterView[];
  /** What stands beside the letters, or a root that is no Emessage. */
  readonly rest: readonly Part[];
}

const treeOf = (reading: XmlReading): XmlElement | undefined => (reading.ok ? reading.root : reading.partial);

const isVans = (root: XmlElement): boolean => root.local === "VANSEnvelope" && root.uri === vansNamespace;

const childNamed = (element: XmlElement | undefined, name: string): XmlElement | undefined =>
  element === undefined ? undefined : childrenOf(element).find((child) => child.local === name);

const carriedIn = (vans: XmlElement, limits: XmlLimits): XmlElement | undefined => {
  const data = childNamed(childNamed(vans, "Message"), "Data");
  const bytes = data === undefined ? undefined : bytesIn(data);
  return bytes === undefined ? undefined : treeOf(readMedComXml(bytes, limits));
};

const notLetters = new Set(["Envelope", "Local_Elements"]);

const letterView = (element: XmlElement, verdict: ParsedLetter | undefined): LetterView => ({
  namespace: element.uri,
  type: oioxmlTypeOf(element.uri, element.local)?.type,
  part: partOf(element, spokenTypeOf(element.uri, element.local)?.table),
  verdict,
});

const emessageView = (
  emessage: XmlElement,
  verdict: ParsedDocument,
): Pick<DocumentView, "envelope" | "letters" | "rest"> => {
  const children = childrenOf(emessage);
  const judged = verdict.kind === "emessage" ? verdict.letters : [];
  const [first] = children;
  const envelope = first?.local === "Envelope" ? first : undefined;
  return {
    envelope: envelope === undefined ? undefined : partOf(envelope, envelopeTable),
    letters: children
      .filter((child) => !notLetters.has(child.local))
      .map((child, at) => letterView(child, judged[at])),
    rest: [
      ...loosePartsOf(emessage),
      ...children
        .filter((child) => child !== envelope && notLetters.has(child.local))
        .map((child) => partOf(child, undefined)),
    ],
  };
};

/** What a StandardBusinessDocument holds; its header is shown beside, by its own names. */
const sbdhView = (root: XmlElement, verdict: ParsedDocument, limits: XmlLimits): DocumentView => {
  const header = childNamed(root, "StandardBusinessDocumentHeader");
  const content = childNamed(root, "BinaryContent");
  const bytes = content === undefined ? undefined : bytesIn(content);
  const carried = bytes === undefined ? undefined : treeOf(readMedComXml(bytes, limits));
  const view =
    carried?.local === "Emessage"
      ? emessageView(carried, verdict)
      : {
          envelope: undefined,
          letters: [],
          rest: carried === undefined ? [] : [partOf(carried, undefined)],
        };
  const headers = header === undefined ? [] : [partOf(header, undefined)];
  return { verdict, vans: undefined, ...view, rest: [...view.rest, ...headers] };
};

/** Reads a document for showing. Total: whatever the bytes are, there is something to show and a reason. */
export const viewDocument = (bytes: Uint8Array, limits: XmlLimits): DocumentView => {
  const reading = readMedComXml(bytes, limits);
  const verdict = parseReading(reading, limits);
  const root = treeOf(reading);
  const wrapped = root !== undefined && isVans(root);
  const vans = wrapped ? partOf(root, vansEnvelopeTable) : undefined;
  if (root?.local === sbdhRoot && root.uri === sbdhNamespace) return sbdhView(root, verdict, limits);
  const carried = wrapped ? carriedIn(root, limits) : root;
  if (carried === undefined) return { verdict, vans, envelope: undefined, letters: [], rest: [] };
  if (carried.local === "Emessage") return { verdict, vans, ...emessageView(carried, verdict) };
  return { verdict, vans, envelope: undefined, letters: [], rest: [partOf(carried, undefined)] };
};
