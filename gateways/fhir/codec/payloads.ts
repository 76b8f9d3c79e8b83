import type { CareAttachment, CarePayload, CareText } from "../../../contracts/fhir/care-communication.ts";
import { extensions } from "./care-communication-names.ts";
import { elementAt, elementsAt, extensionOf, isBytes, textAt } from "./model/navigate.ts";
import type { FhirElement, FhirResource } from "./model/resource.ts";
import type { NotRead } from "./parts/not-read.ts";
import { type OpenMessage, targetOf } from "./parts/open-message.ts";
import { organisationAt } from "./parts/organisations.ts";
import { practitionerAt } from "./parts/practitioners.ts";

/** The payloads of a Communication, and the bytes of attachments by the payloads' ids. */
export interface ReadPayloads {
  readonly payloads: CarePayload[];
  readonly contents: ReadonlyMap<string, Uint8Array>;
  /** Bytes under an id that another payload has already. */
  readonly notRead: readonly NotRead[];
}

interface Place {
  readonly message: OpenMessage;
  readonly communication: FhirResource;
}

type Added = Pick<CareText, "id" | "assigner" | "at" | "contact">;

const contactFrom = (payload: FhirElement): CareText["contact"] => {
  const point = elementAt(extensionOf(payload, extensions.contact), "valueContactPoint");
  const value = textAt(point, "value");
  // MedCom's contact of an author is a telephone number unless it says otherwise (mapping sheet, "Sender telephone").
  return value === undefined ? undefined : { system: textAt(point, "system") ?? "phone", value };
};

const addedFrom = ({ message, communication }: Place, payload: FhirElement): Added => {
  const identifier = elementAt(extensionOf(payload, extensions.identifier), "valueIdentifier");
  const assigner = organisationAt(message, communication, elementAt(identifier, "assigner"));
  const contact = contactFrom(payload);
  return {
    id: textAt(identifier, "value") ?? "",
    ...(assigner === undefined ? {} : { assigner }),
    at: textAt(extensionOf(payload, extensions.date), "valueDateTime") ?? "",
    ...(contact === undefined ? {} : { contact }),
  };
};

const authorFrom = ({ message, communication }: Place, payload: FhirElement): CareAttachment["author"] =>
  practitionerAt(
    message,
    communication,
    elementAt(extensionOf(payload, extensions.author), "valueReference"),
  );

const sizeOf = (attachment: FhirElement): number | undefined => {
  const { data } = attachment;
  if (isBytes(data)) return data.length;
  const size = textAt(attachment, "size");
  return size === undefined ? undefined : Number(size);
};

const attachmentFrom = (place: Place, payload: FhirElement, attachment: FhirElement): CareAttachment => {
  const author = authorFrom(place, payload);
  const [contentType, title] = [textAt(attachment, "contentType"), textAt(attachment, "title")];
  const [created, url] = [textAt(attachment, "creation"), textAt(attachment, "url")];
  const sizeBytes = sizeOf(attachment);
  return {
    kind: "attachment",
    ...addedFrom(place, payload),
    ...(author === undefined ? {} : { author }),
    ...(contentType === undefined ? {} : { contentType }),
    ...(title === undefined ? {} : { title }),
    ...(created === undefined ? {} : { created }),
    ...(url === undefined ? {} : { url }),
    ...(sizeBytes === undefined ? {} : { sizeBytes }),
  };
};

const payloadFrom = (place: Place, payload: FhirElement): CarePayload => {
  const attachment = elementAt(payload, "contentAttachment");
  if (attachment !== undefined) return attachmentFrom(place, payload, attachment);
  const author = authorFrom(place, payload) ?? { givenNames: [] };
  const text = textAt(payload, "contentString") ?? "";
  return { kind: "text", ...addedFrom(place, payload), author, text };
};

const bytesIn = (payload: FhirElement): Uint8Array | undefined => {
  const data = elementAt(payload, "contentAttachment")?.["data"];
  return isBytes(data) ? data : undefined;
};

const twice =
  "Another attachment has the same identifier, and its content is taken. / Et andet bilag har samme id, og det er dets indhold, der bruges.";

/** Every text and attachment of the Communication, in its order (guide to MedCom FHIR, section 5). */
export const payloadsOf = (place: Place): ReadPayloads => {
  const contents = new Map<string, Uint8Array>();
  const notRead: NotRead[] = [];
  const payloads = elementsAt(place.communication, "payload").map((element, at) => {
    const payload = payloadFrom(place, element);
    const bytes = bytesIn(element);
    if (bytes === undefined) return payload;
    if (contents.has(payload.id))
      notRead.push({ path: `Communication.payload[${String(at)}].contentAttachment.data`, text: twice });
    else contents.set(payload.id, bytes);
    return payload;
  });
  return { payloads, contents, notRead };
};

/** The Communication that the header is about; of a message that does not say, its first. */
export const focusOf = (message: OpenMessage): FhirResource | undefined =>
  targetOf(message, message.header, elementAt(message.header, "focus"));
