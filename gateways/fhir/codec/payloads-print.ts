import type { CareAttachment, CarePayload } from "../../../contracts/fhir/care-communication.ts";
import { extensions } from "./care-communication-names.ts";
import type { FhirElement } from "./model/resource.ts";
import type { Line } from "./parts/narrative.ts";
import { practitionerReference } from "./parts/print-people.ts";
import { organisationReference, type Printing } from "./parts/printing.ts";

interface PrintedWith {
  readonly printing: Printing;
  /** The bytes of attachments, by the ids of their payloads. */
  readonly contents: ReadonlyMap<string, Uint8Array>;
}

const extensionsOf = (printing: Printing, payload: CarePayload): FhirElement[] => {
  const { id, assigner, at, author, contact } = payload;
  const by = assigner === undefined ? {} : { assigner: organisationReference(printing, assigner) };
  return [
    { url: extensions.date, valueDateTime: at },
    { url: extensions.identifier, valueIdentifier: { value: id, ...by } },
    ...(author === undefined
      ? []
      : [{ url: extensions.author, valueReference: practitionerReference(printing, author) }]),
    ...(contact === undefined ? [] : [{ url: extensions.contact, valueContactPoint: contact }]),
  ];
};

/** An earlier attachment, which a reply tells of without its bytes, keeps what is known of its size. */
const attachmentElement = (attachment: CareAttachment, data: Uint8Array | undefined): FhirElement => {
  const { contentType, url, sizeBytes, title, created } = attachment;
  return {
    ...(contentType === undefined ? {} : { contentType }),
    ...(data === undefined ? {} : { data }),
    ...(url === undefined ? {} : { url }),
    ...(data !== undefined || sizeBytes === undefined ? {} : { size: { numeral: String(sizeBytes) } }),
    ...(title === undefined ? {} : { title }),
    ...(created === undefined ? {} : { creation: created }),
  };
};

export const payloadElement = ({ printing, contents }: PrintedWith, payload: CarePayload): FhirElement => ({
  extension: extensionsOf(printing, payload),
  ...(payload.kind === "text"
    ? { contentString: payload.text }
    : { contentAttachment: attachmentElement(payload, contents.get(payload.id)) }),
});

/** What people read of a payload. */
export const payloadLine = (payload: CarePayload): Line =>
  payload.kind === "text" ? ["Tekst", payload.text] : ["Bilag", payload.title ?? payload.contentType];
