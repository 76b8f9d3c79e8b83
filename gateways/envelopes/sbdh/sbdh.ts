/** One thing that the header tells beside sender, receiver and document (BusinessScope/Scope). */
export interface SbdhScope {
  readonly type: string;
  readonly value: string;
  /** `dk-medcom-messaging`, or `dk-medcom-DocumentReference` for document sharing. */
  readonly identifier: string;
}

/** Whether the envelope asks for a receipt of its own, or is one (scope EHMI-ReceiptAcknowledgement). Times are xs:dateTime. */
export interface Acknowledging {
  readonly what: "Request" | "Response";
  readonly requestedAt: string;
  readonly requestedId: string;
  readonly expectedAt: string;
}

/**
 * EHMI's StandardBusinessDocument: the header, and what is said of its content. Sender and receiver are participants, `0088:` before a
 * GLN. `identifier` is the envelope's own (DocumentIdentification/InstanceIdentifier), as written: some are no UUIDs.
 */
export interface Sbdh {
  readonly sender: string;
  readonly receiver: string;
  /** The event code of the message, or `ehmisbdh-acknowledgement`. */
  readonly standard: string;
  readonly typeVersion: string;
  readonly identifier: string;
  readonly type: string;
  readonly createdAt: string;
  readonly scopes: readonly SbdhScope[];
  readonly acknowledging?: Acknowledging;
  readonly mediaType?: string;
}

export const sbdhNamespace = "http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader";
/** Where MedCom's samples put BinaryContent, and its schema does not. */
export const peppolNamespace = "http://peppol.eu/xsd/ticc/envelope/1.0";
export const sbdhRoot = "StandardBusinessDocument";
export const headerPath = `${sbdhRoot}/StandardBusinessDocumentHeader`;
export const contentPath = `${sbdhRoot}/BinaryContent`;

export const messagingScope = "dk-medcom-messaging";
export const receiptScope = "EHMI-ReceiptAcknowledgement";
/** Of an envelope that holds no message but the receipt of another. */
export const receiptStandard = "ehmisbdh-acknowledgement";
/** An envelope's receipt is due after so long (EHMI SBDH, TimeToAcknowledgeReceipt). */
export const receiptDueMs = 600_000;

const scheme = "0088:";
export const participantOf = (gln: string): string => `${scheme}${gln}`;
/** The GLN of a participant; of another scheme, its number as it is. */
export const glnOf = (participant: string): string => participant.replace(/^\d{4}:/, "");
export const isGlnParticipant = (participant: string): boolean => /^0088:\d{13}$/.test(participant);

const isNamed = (written: string, name: string): boolean => written.toLowerCase() === name.toLowerCase();

/** The value of a scope, whose type may be written in any case. */
export const scopeOf = ({ scopes }: Pick<Sbdh, "scopes">, type: string): string | undefined =>
  scopes.find((scope) => isNamed(scope.type, type))?.value;

/** Whether the envelope holds the receipt of another, positive or not, and no message. */
export const isReceiptOf = ({ standard, type }: Pick<Sbdh, "standard" | "type">): boolean =>
  /^(receiptacknowledgement|receiptexception|exception)$/i.test(type) ||
  isNamed(standard, receiptStandard) ||
  isNamed(standard, "ebbp-signals");

/** xs:dateTime, which may lack a zone. */
export const isDateTime = (text: string): boolean =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)?$/.test(text);
