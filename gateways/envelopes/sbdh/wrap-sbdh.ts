import { localTimeOf, withDanishOffset } from "../../../contracts/danish-time.ts";
import { printSbdh } from "./print-sbdh.ts";
import { messagingScope, participantOf, receiptDueMs, type Sbdh, type SbdhScope } from "./sbdh.ts";

/** An instant as EHMI's envelopes and FHIR's messages carry it: Danish time with its offset. */
export const sbdhTimeOf = (instant: string): string =>
  withDanishOffset(`${localTimeOf(instant)}:${instant.slice(17, 19)}`);

const laterBy = (instant: string, ms: number): string => new Date(Date.parse(instant) + ms).toISOString();
/** When the receipt of an envelope that was sent then is due. */
export const receiptDueAt = (instant: string): string => sbdhTimeOf(laterBy(instant, receiptDueMs));

export const process = "urn:ehmi:sdn-emergence";

/** What an envelope holds, as SMP and EER name it. */
const documentIdOf = (event: string, version: string): string =>
  `urn:dk:healthcare:medcom:messaging:fhir:structuredefinition::${event}##urn:dk:medcom:fhir:${event}::${version}`;

/** Scopes in their order; what is not known is left out. */
export const scopesOf = (
  values: readonly (readonly [type: string, value: string | undefined])[],
): SbdhScope[] =>
  values.flatMap(([type, value]) =>
    value === undefined ? [] : [{ type, value, identifier: messagingScope }],
  );

/** The message that an answer is about, as its own envelope named it. */
export interface SbdhOriginal {
  readonly messageId?: string | undefined;
  readonly bundleId?: string | undefined;
  readonly standard: string;
  readonly version: string;
  readonly envelopeId: string;
}

export interface SbdhWrapping {
  /** UUID, new with each sending. */
  readonly identifier: string;
  readonly at: string;
  readonly sender: { readonly gln: string; readonly sor?: string | undefined };
  readonly receiver: { readonly gln: string; readonly sor?: string | undefined };
  /** The message's event code and version. */
  readonly event: string;
  readonly version: string;
  /** CPR, or the number that stands for it; none of an answer, which is about no citizen. */
  readonly patientId?: string | undefined;
  readonly messageId: string;
  readonly bundleId: string;
  readonly mediaType: string;
  /** Of an answer, what it is about. */
  readonly original?: SbdhOriginal;
}

export const originalScopes = (original: SbdhOriginal | undefined): SbdhScope[] =>
  original === undefined
    ? []
    : scopesOf([
        ["ORIGINALMESSAGEIDENTIFIER", original.messageId],
        ["ORIGINALMESSAGEENVELOPEIDENTIFIER", original.bundleId],
        ["ORIGINALMESSAGESTANDARD", original.standard],
        ["ORIGINALMESSAGEVERSION", original.version],
        ["ORIGINALENVELOPEIDENTIFIER", original.envelopeId],
      ]);

/** The envelope of a message. It asks for a receipt of its own, as every one of EHMI's that holds a message does. */
export const sbdhFor = (wrapping: SbdhWrapping): Sbdh => {
  const { identifier, sender, receiver, event, version, at } = wrapping;
  const createdAt = sbdhTimeOf(at);
  return {
    sender: participantOf(sender.gln),
    receiver: participantOf(receiver.gln),
    standard: event,
    typeVersion: version,
    identifier,
    type: "Bundle",
    createdAt,
    scopes: [
      ...scopesOf([
        ["DOCUMENTID", documentIdOf(event, version)],
        ["PROCESSID", process],
        ["PATIENTID", wrapping.patientId],
        ["SENDERID", sender.sor],
        ["RECEIVERID", receiver.sor],
        ["MESSAGEIDENTIFIER", wrapping.messageId],
        ["MESSAGEENVELOPEIDENTIFIER", wrapping.bundleId],
      ]),
      ...originalScopes(wrapping.original),
      ...scopesOf([["StatisticalInformation", `MCM:${event}`]]),
    ],
    acknowledging: {
      what: "Request",
      requestedAt: createdAt,
      requestedId: identifier,
      expectedAt: receiptDueAt(at),
    },
    mediaType: wrapping.mediaType,
  };
};

export const wrapInSbdh = (bytes: Uint8Array, wrapping: SbdhWrapping): Uint8Array =>
  printSbdh(sbdhFor(wrapping), bytes);
