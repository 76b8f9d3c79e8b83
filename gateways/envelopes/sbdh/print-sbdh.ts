import { joinDocument } from "../../tables/join-document.ts";
import { bytesHere } from "../../tables/print-table.ts";
import { escapeText } from "../../xml/escape-text.ts";
import {
  type Acknowledging,
  messagingScope,
  receiptDueMs,
  receiptScope,
  type Sbdh,
  type SbdhScope,
  sbdhNamespace,
} from "./sbdh.ts";

/** What XML cannot carry becomes the replacement character: it is in no identifier that means anything. */
export const xmlText = (text: string): string => escapeText(text, () => undefined).replaceAll('"', "&quot;");

const element = (name: string, text: string): string => `<${name}>${xmlText(text)}</${name}>`;

const party = (name: string, participant: string): string =>
  `<${name}><Identifier Authority="iso6523-actorid-upis">${xmlText(participant)}</Identifier></${name}>`;

const scopeHead = ({ type, value, identifier }: SbdhScope): string =>
  element("Type", type) + element("InstanceIdentifier", value) + element("Identifier", identifier);

const transaction = (what: Acknowledging["what"]): string =>
  [
    ["TypeOfServiceTransaction", `${what === "Request" ? "Requesting" : "Responding"}ServiceTransaction`],
    ["IsNonRepudiationRequired", "false"],
    ["IsAuthenticationRequired", "false"],
    ["IsNonRepudiationOfReceiptRequired", "false"],
    ["IsIntelligibleCheckRequired", "false"],
    ["IsApplicationErrorResponseRequested", "false"],
    ["TimeToAcknowledgeReceipt", String(receiptDueMs)],
    ["TimeToAcknowledgeAcceptance", "0"],
    ["TimeToPerform", "0"],
    ["Recurrence", "0"],
  ]
    .map(([name, value]) => ` ${String(name)}="${String(value)}"`)
    .join("");

const receiptScopeOf = ({ what, requestedAt, requestedId, expectedAt }: Acknowledging): string => {
  const correlation =
    element("RequestingDocumentCreationDateTime", requestedAt) +
    element("RequestingDocumentInstanceIdentifier", requestedId) +
    element("ExpectedResponseDateTime", expectedAt);
  return (
    `<Scope>${scopeHead({ type: receiptScope, value: what, identifier: messagingScope })}` +
    `<CorrelationInformation>${correlation}</CorrelationInformation>` +
    `<BusinessService>${element("BusinessServiceName", `${receiptScope}-${what}`)}` +
    `<ServiceTransaction${transaction(what)}/></BusinessService></Scope>`
  );
};

const identificationOf = (sbdh: Sbdh): string =>
  element("Standard", sbdh.standard) +
  element("TypeVersion", sbdh.typeVersion) +
  element("InstanceIdentifier", sbdh.identifier) +
  element("Type", sbdh.type) +
  "<MultipleType>false</MultipleType>" +
  element("CreationDateAndTime", sbdh.createdAt);

/**
 * A StandardBusinessDocument in UTF-8. BinaryContent stands in the header's namespace, where EHMI's schema has it: the one sample of
 * MedCom's that its own schema finds valid has it there (guide to MedCom FHIR, section 10.2).
 */
export const printSbdh = (sbdh: Sbdh, data: Uint8Array): Uint8Array => {
  const scopes = sbdh.scopes.map((scope) => `<Scope>${scopeHead(scope)}</Scope>`).join("");
  const receipt = sbdh.acknowledging === undefined ? "" : receiptScopeOf(sbdh.acknowledging);
  const header =
    `<StandardBusinessDocumentHeader><HeaderVersion>1.0</HeaderVersion>` +
    party("Sender", sbdh.sender) +
    party("Receiver", sbdh.receiver) +
    `<DocumentIdentification>${identificationOf(sbdh)}</DocumentIdentification>` +
    `<BusinessScope>${scopes}${receipt}</BusinessScope></StandardBusinessDocumentHeader>`;
  const mime = sbdh.mediaType === undefined ? "" : ` mimeType="${xmlText(sbdh.mediaType)}"`;
  const xml =
    `<?xml version="1.0" encoding="UTF-8"?>\n<StandardBusinessDocument xmlns="${sbdhNamespace}">${header}` +
    `<BinaryContent${mime} encoding="UTF-8">${bytesHere}</BinaryContent></StandardBusinessDocument>`;
  return joinDocument(xml, [data], "utf8");
};
