import { objectCodeOfExtension } from "../../../contracts/codes/oioxml-objects.ts";
import { plainUuid, uuidOf } from "../../../contracts/derived-ids.ts";
import type { HomeCareMedia, HomeCareObservation } from "../../../contracts/fhir/home-care-observation.ts";
import { ObjectExtension } from "../../../contracts/letter.ts";
import type { MeasuredMedia } from "../../../contracts/messages/observation-parts.ts";
import { instantOf } from "./observation-kept.ts";
import type { ObservationNote } from "./observation-notes.ts";

/** As many as one letter of attachments holds (MedCom XBIN01). */
const most = 10;

/** How a letter calls the types that go by another name there; any other is a file whose type stands beside it. */
const extensions: Readonly<Record<string, string>> = {
  plain: "txt",
  "x-ms-bmp": "bmp",
  "svg+xml": "bin",
  mpeg: "mpg",
};

const extensionOf = (contentType: string): MeasuredMedia["extension"] => {
  const [, subtype = ""] = contentType.toLowerCase().split(";")[0]?.split("/") ?? [];
  return ObjectExtension.safeParse(extensions[subtype] ?? subtype).data ?? "bin";
};

const isWhole = (text: string): boolean => text.includes("T");

const keptAs = (messageId: string, media: HomeCareMedia): MeasuredMedia | undefined => {
  const { id, contentType, title, comment, created, sizeBytes, digest } = media;
  if (digest === undefined || sizeBytes === undefined || sizeBytes === 0) return undefined;
  const extension = extensionOf(contentType);
  const description = [title, comment].filter((one) => one !== undefined).join(": ");
  return {
    objectId: plainUuid(uuidOf(`media:${messageId}:${id}`)),
    code: objectCodeOfExtension[extension] ?? "proprietaert_indhold",
    extension,
    sizeBytes,
    digest,
    ...(description === "" ? {} : { description: description.slice(0, 255) }),
    contentType,
    ...(created === undefined || !isWhole(created) ? {} : { takenAt: instantOf(created) }),
  };
};

/** The pictures and documents of a message whose bytes are kept, as attachments of its measurement. */
export const mediaOf = ({
  messageId,
  media,
}: HomeCareObservation): { attachments: MeasuredMedia[]; notes: ObservationNote[] } => {
  const kept = media.flatMap((one) => keptAs(messageId, one) ?? []);
  const attachments = kept.slice(0, most);
  return { attachments, notes: attachments.length < media.length ? ["media-not-kept"] : [] };
};
