import type { XmlElement } from "../../gateways/xml/read-xml.ts";
import { childrenOf } from "../../gateways/xml/read-xml.ts";

/**
 * What EHMI's schema of StandardBusinessDocument and OASIS' of ebBP signals ask, written down as rows: children in their order with
 * least and most, attributes, and how a value is written (ehmiSBDH of MedCom's dk-ehmi-sbdh; ebbp-signals-2.0.4; guide to MedCom FHIR, section
 * 10.2, where versions of the schema differ).
 */
interface Form {
  readonly children?: readonly (readonly [name: string, least: number, most: number])[];
  readonly attributes?: Readonly<Record<string, RegExp>>;
  readonly value?: RegExp;
}

const any = /^[\s\S]+$/;
const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?$/;
const party: Form = { children: [["Identifier", 1, 1]] };
const signalHead = [
  ["OriginalMessageIdentifier", 1, 1],
  ["OriginalDocumentIdentifier", 0, 1],
  ["OriginalMessageDateTime", 1, 1],
  ["ThisMessageDateTime", 1, 1],
  ["FromPartyInfo", 0, 1],
  ["ToPartyInfo", 0, 1],
  ["FromRole", 0, 1],
  ["ToRole", 0, 1],
  ["ProcessSpecificationInfo", 0, 1],
  ["CollaborationIdentifier", 0, 1],
  ["BusinessActivityIdentifier", 0, 1],
] as const;

const scopeTypes = [
  ...["DOCUMENTID", "PROCESSID", "PATIENTID", "SENDERID", "RECEIVERID", "MESSAGEIDENTIFIER"],
  ...["MESSAGEENVELOPEIDENTIFIER", "ORIGINALMESSAGEIDENTIFIER", "ORIGINALMESSAGEENVELOPEIDENTIFIER"],
  ...["ORIGINALMESSAGESTANDARD", "ORIGINALMESSAGEVERSION", "ORIGINALENVELOPEIDENTIFIER"],
  ...["StatisticalInformation", "XDS-METADATA", "EHMI-ReceiptAcknowledgement"],
];

/** By the local name, behind the name of what it stands in where that tells more. */
const forms: Readonly<Record<string, Form>> = {
  StandardBusinessDocument: {
    children: [
      ["StandardBusinessDocumentHeader", 1, 1],
      ["BinaryContent", 1, 1],
    ],
  },
  StandardBusinessDocumentHeader: {
    children: [
      ["HeaderVersion", 1, 1],
      ["Sender", 1, 1],
      ["Receiver", 1, 1],
      ["DocumentIdentification", 1, 1],
      ["BusinessScope", 1, 1],
    ],
  },
  HeaderVersion: { value: /^1\.0$/ },
  Sender: party,
  Receiver: party,
  "Sender/Identifier": { attributes: { Authority: /^iso6523-actorid-upis$/ }, value: /^0088:\d{13}$/ },
  "Receiver/Identifier": { attributes: { Authority: /^iso6523-actorid-upis$/ }, value: /^0088:\d{13}$/ },
  DocumentIdentification: {
    children: [
      ["Standard", 1, 1],
      ["TypeVersion", 1, 1],
      ["InstanceIdentifier", 1, 1],
      ["Type", 1, 1],
      ["MultipleType", 0, 1],
      ["CreationDateAndTime", 1, 1],
    ],
  },
  Standard: { value: any },
  TypeVersion: { value: any },
  InstanceIdentifier: { value: any },
  "DocumentIdentification/Type": { value: /^(?:Bundle|ReceiptAcknowledgement|ReceiptException)$/ },
  MultipleType: { value: /^false$/ },
  CreationDateAndTime: { value: moment },
  BusinessScope: { children: [["Scope", 0, Number.POSITIVE_INFINITY]] },
  Scope: {
    children: [
      ["Type", 1, 1],
      ["InstanceIdentifier", 1, 1],
      ["Identifier", 1, 1],
      ["CorrelationInformation", 0, 1],
      ["BusinessService", 0, 1],
    ],
  },
  "Scope/Type": { value: new RegExp(`^(?:${scopeTypes.join("|")})$`) },
  "Scope/Identifier": { value: /^(?:dk-medcom-messaging|dk-medcom-DocumentReference)$/ },
  CorrelationInformation: {
    children: [
      ["RequestingDocumentCreationDateTime", 1, 1],
      ["RequestingDocumentInstanceIdentifier", 1, 1],
      ["ExpectedResponseDateTime", 1, 1],
    ],
  },
  RequestingDocumentCreationDateTime: { value: moment },
  RequestingDocumentInstanceIdentifier: { value: any },
  ExpectedResponseDateTime: { value: moment },
  BusinessService: {
    children: [
      ["BusinessServiceName", 1, 1],
      ["ServiceTransaction", 1, 1],
    ],
  },
  BusinessServiceName: { value: /^EHMI-ReceiptAcknowledgement-(?:Request|Response)$/ },
  ServiceTransaction: {
    attributes: {
      TypeOfServiceTransaction: /^(?:Requesting|Responding)ServiceTransaction$/,
      IsNonRepudiationRequired: /^false$/,
      IsAuthenticationRequired: /^false$/,
      IsNonRepudiationOfReceiptRequired: /^false$/,
      IsIntelligibleCheckRequired: /^false$/,
      IsApplicationErrorResponseRequested: /^false$/,
      TimeToAcknowledgeReceipt: /^600000$/,
      TimeToAcknowledgeAcceptance: /^0$/,
      TimeToPerform: /^0$/,
      Recurrence: /^0$/,
    },
  },
  BinaryContent: {
    attributes: { mimeType: /^application\/(?:fhir\+xml|fhir\+json|xml)$/, encoding: /^UTF-8$/ },
    value: /^[A-Za-z0-9+/\s]+={0,2}\s*$/,
  },
  ReceiptAcknowledgement: { children: signalHead },
  Exception: {
    children: [...signalHead, ["ExceptionType", 1, 1], ["Reason", 1, 1], ["ExceptionMessage", 0, 1]],
  },
  OriginalMessageIdentifier: { value: any },
  OriginalDocumentIdentifier: { value: any },
  OriginalMessageDateTime: { value: moment },
  ThisMessageDateTime: { value: moment },
  FromPartyInfo: { attributes: { type: any }, value: any },
  ToPartyInfo: { attributes: { type: any }, value: any },
  CollaborationIdentifier: { value: any },
  ExceptionType: { children: [["ReceiptException", 1, 1]] },
  ReceiptException: { value: /^(?:Syntax|Authorization|Signature|Sequence)$/ },
  Reason: { value: any },
};

const textOf = ({ content }: XmlElement): string =>
  content.filter((part) => typeof part === "string").join("");

/** Children that are too few, too many, out of order or none of the schema's. */
const wrongChildren = (element: XmlElement, { children = [] }: Form): string[] => {
  const found = childrenOf(element).map(({ local }) => local);
  const counted = children.flatMap(([name, least, most]) => {
    const times = found.filter((one) => one === name).length;
    return times < least || times > most ? [`${name} ${String(times)} times`] : [];
  });
  const names = children.map(([name]) => name);
  const places = found.map((name) => names.indexOf(name));
  const strangers = found.filter((name) => !names.includes(name));
  const isOrdered = places.every((place, at) => at === 0 || place >= (places[at - 1] ?? 0));
  return [...counted, ...strangers.map((name) => `${name} unknown`), ...(isOrdered ? [] : ["out of order"])];
};

const wrongAttributes = (element: XmlElement, { attributes = {} }: Form): string[] => [
  ...element.attributes.flatMap(({ local, value }) =>
    attributes[local]?.test(value) === true ? [] : [`@${local}`],
  ),
];

/** What of a StandardBusinessDocument, or of a signal in one, breaks the schema: places, with what is wrong there. */
export const schemaFaults = (element: XmlElement, within = "", path = element.local): string[] => {
  const form = forms[`${within}/${element.local}`] ?? forms[element.local];
  if (form === undefined) return [`${path}: unknown`];
  const value = form.value === undefined ? [] : form.value.test(textOf(element)) ? [] : ["value"];
  return [
    ...[...wrongChildren(element, form), ...wrongAttributes(element, form), ...value].map(
      (fault) => `${path}: ${fault}`,
    ),
    ...childrenOf(element).flatMap((child) => schemaFaults(child, element.local, `${path}/${child.local}`)),
  ];
};
