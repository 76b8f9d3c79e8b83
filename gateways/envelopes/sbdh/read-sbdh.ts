import { below, type Place, report, warn } from "../../tables/place.ts";
import { decodeBase64, endBase64 } from "../../xml/base64.ts";
import { childrenOf, textAlong, type XmlElement } from "../../xml/read-xml.ts";
import { isUuid } from "../uuid.ts";
import {
  type Acknowledging,
  contentPath,
  headerPath,
  isDateTime,
  isGlnParticipant,
  messagingScope,
  peppolNamespace,
  receiptScope,
  type Sbdh,
  type SbdhScope,
  sbdhNamespace,
} from "./sbdh.ts";

const idLength = 255;
/** Metadata for document sharing is a whole DocumentReference. */
const scopeLength = 100_000;

const childNamed = (element: XmlElement | undefined, local: string): XmlElement | undefined =>
  element === undefined ? undefined : childrenOf(element).find((child) => child.local === local);

/** A text that an envelope cannot be handled without. */
const required = (header: XmlElement | undefined, path: readonly string[], place: Place): string => {
  const text = textAlong(header, path, idLength);
  if (text === undefined) report({ ...place, path: `${headerPath}/${path.join("/")}` }, "element-missing");
  return text ?? "";
};

const scopeIn = (scope: XmlElement): SbdhScope[] => {
  const type = textAlong(scope, ["Type"], idLength);
  const value = textAlong(scope, ["InstanceIdentifier"], scopeLength);
  const identifier = textAlong(scope, ["Identifier"], idLength) ?? messagingScope;
  return type === undefined || value === undefined ? [] : [{ type, value, identifier }];
};

const isReceiptScope = ({ type }: SbdhScope): boolean => type.toLowerCase() === receiptScope.toLowerCase();

/** Times are trimmed: MedCom's own samples indent them. What is not told of a correlation is empty. */
const acknowledgingIn = (scopes: readonly XmlElement[]): Acknowledging | undefined => {
  const scope = scopes.find((one) => scopeIn(one).some(isReceiptScope));
  const [said] = scope === undefined ? [] : scopeIn(scope);
  if (said === undefined) return undefined;
  const told = (name: string): string => textAlong(scope, ["CorrelationInformation", name], idLength) ?? "";
  return {
    what: /^response$/i.test(said.value) ? "Response" : "Request",
    requestedAt: told("RequestingDocumentCreationDateTime"),
    requestedId: told("RequestingDocumentInstanceIdentifier"),
    expectedAt: told("ExpectedResponseDateTime"),
  };
};

/** What is odd, and taken all the same: MedCom's samples break their own schema. */
const doubt = ({ sender, receiver, identifier, createdAt }: Sbdh, place: Place): void => {
  if (!isGlnParticipant(sender)) warn(below(place, "Sender/Identifier"), "identifier-form");
  if (!isGlnParticipant(receiver)) warn(below(place, "Receiver/Identifier"), "identifier-form");
  const at = below(place, "DocumentIdentification");
  if (!isUuid(identifier)) warn(below(at, "InstanceIdentifier"), "identifier-not-uuid");
  if (!isDateTime(createdAt)) warn(below(at, "CreationDateAndTime"), "value-format");
};

const bytesIn = (content: XmlElement): Uint8Array | undefined => {
  if (content.base64 !== undefined) return endBase64(content.base64);
  const texts = content.content.filter((part) => typeof part === "string");
  return texts.length === content.content.length ? decodeBase64(texts.join("")) : undefined;
};

/** The one element that holds the document. */
const contentElement = (root: XmlElement, place: Place): XmlElement | undefined => {
  const [content, second] = childrenOf(root).filter(({ local }) => local === "BinaryContent");
  if (content === undefined) report(place, "element-missing");
  if (second !== undefined) report(place, "element-repeated");
  return second === undefined ? content : undefined;
};

/** The bytes in the envelope: in the header's namespace by the schema, in Peppol's by the samples. */
const contentIn = (root: XmlElement, place: Place): { data: Uint8Array; mediaType?: string } => {
  const content = contentElement(root, place);
  if (content === undefined) return { data: new Uint8Array() };
  if (content.uri !== sbdhNamespace && content.uri !== peppolNamespace) report(place, "namespace-wrong");
  const data = bytesIn(content);
  if (data === undefined) report(place, "base64-malformed");
  const mediaType = content.attributes.find(({ local }) => local === "mimeType")?.value.trim();
  return {
    data: data ?? new Uint8Array(),
    ...(mediaType === undefined || mediaType === "" ? {} : { mediaType }),
  };
};

/**
 * A StandardBusinessDocument, as it is sent and not as its schema has it: the samples of MedCom break that. What the hub cannot do without
 * is sender, receiver, the envelope's identifier and the content; problems and warnings go to the sink of `place`.
 */
export const readSbdh = (root: XmlElement, place: Place): { sbdh: Sbdh; data: Uint8Array } => {
  if (root.uri !== sbdhNamespace) report({ ...place, path: root.local }, "namespace-wrong");
  const at = { ...place, path: headerPath };
  const header = childNamed(root, "StandardBusinessDocumentHeader");
  const { data, mediaType } = contentIn(root, { ...place, path: contentPath });
  const identification = (name: string): string =>
    textAlong(header, ["DocumentIdentification", name], idLength) ?? "";
  const scopes = childrenOf(childNamed(header, "BusinessScope") ?? root).filter((c) => c.local === "Scope");
  const acknowledging = acknowledgingIn(scopes);
  const sbdh = {
    sender: required(header, ["Sender", "Identifier"], place),
    receiver: required(header, ["Receiver", "Identifier"], place),
    standard: identification("Standard"),
    typeVersion: identification("TypeVersion"),
    identifier: required(header, ["DocumentIdentification", "InstanceIdentifier"], place),
    type: identification("Type"),
    createdAt: identification("CreationDateAndTime"),
    scopes: scopes.flatMap(scopeIn).filter((scope) => !isReceiptScope(scope)),
    ...(acknowledging === undefined ? {} : { acknowledging }),
    ...(mediaType === undefined ? {} : { mediaType }),
  };
  if (at.sink.problems.length === 0) doubt(sbdh, at);
  return { sbdh, data };
};
