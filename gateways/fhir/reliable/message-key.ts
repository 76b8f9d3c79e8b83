/**
 * A duplicate is a message of the same sender with the same MessageHeader.id (governance 040, MR8). The id alone is not
 * enough: MedCom's own test files give two hospitals' messages the same one, and want both shown (guide to FHIR, section 13).
 */
export interface MessageKey {
  readonly senderGln: string;
  readonly messageId: string;
}

/** What is remembered of a message is found by this, once it is hashed: an id may be anything that its sender wrote. */
export const answerKeyOf = ({ senderGln, messageId }: MessageKey): string =>
  `fhir-answer|${senderGln}|${messageId}`;

/** The commands that messages become are named by the same two, whatever envelope they come in. */
export const careCommandId = ({ senderGln, messageId }: MessageKey): string =>
  `care:${senderGln}:${messageId}`;
export const fhirCommandId = ({ senderGln, messageId }: MessageKey): string =>
  `fhir:${senderGln}:${messageId}`;

/** What a Bundle.id was used for is found by this. */
export const bundleKeyOf = (senderGln: string, bundleId: string): string =>
  `fhir-bundle|${senderGln}|${bundleId}`;
