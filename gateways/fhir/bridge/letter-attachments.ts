import { objectCodeOfExtension } from "../../../contracts/codes/oioxml-objects.ts";
import { plainUuid, uuidOf } from "../../../contracts/derived-ids.ts";
import type { CareAttachment, CareCommunication } from "../../../contracts/fhir/care-communication.ts";
import type { Reference, StoredObject } from "../../../contracts/letter.ts";
import { extensionOfType, typeOfUrl } from "./codes.ts";
import type { Lose } from "./losses.ts";
import { timelineOf } from "./timeline.ts";
import { clip, wording } from "./wording.ts";

/** What a letter and its attachment letter have room for. */
const most = 10;

export interface LetterAttachments {
  readonly references: Reference[];
  readonly objects: StoredObject[];
  /** Lines of the text that name what could not be carried. */
  readonly told: readonly string[];
}

type Carried =
  | { readonly reference: Reference; readonly object?: StoredObject }
  | { readonly told: string }
  | undefined;

const uuid = /^(?:urn:uuid:)?([0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12})$/i;

/** 32 digits, as XDIS91 has it; XBIN01 is printed with hyphens. */
const objectIdOf = (id: string, lose: Lose): string => {
  const [, found] = uuid.exec(id) ?? [];
  if (!/^urn:uuid:[0-9a-f-]{36}$/.test(id)) lose("attachment-id");
  return plainUuid(found ?? uuidOf(id));
};

const titleOf = ({ title }: CareAttachment, lose: Lose): string => {
  if (title === undefined) lose("attachment-untitled");
  const whole = title ?? wording.attachment;
  const kept = clip(whole, 70);
  if (kept !== whole) lose("title-cut");
  return kept;
};

const notCarried = (attachment: CareAttachment, lose: Lose): { told: string } => {
  lose("attachment-not-carried");
  return { told: `${wording.notCarried}: ${attachment.title ?? wording.attachment}` };
};

const stored = (attachment: CareAttachment, lose: Lose): Carried => {
  const { digest, sizeBytes, contentType = "" } = attachment;
  const extension = Object.hasOwn(extensionOfType, contentType) ? extensionOfType[contentType] : undefined;
  if (digest === undefined || sizeBytes === undefined || sizeBytes === 0) {
    lose("attachment-without-content");
    return undefined;
  }
  const code = extension === undefined ? undefined : objectCodeOfExtension[extension];
  if (extension === undefined || code === undefined) return notCarried(attachment, lose);
  const object = { objectId: objectIdOf(attachment.id, lose), code, extension, sizeBytes, digest };
  const { digest: _, ...bin } = object;
  return {
    reference: { description: titleOf(attachment, lose), target: { kind: "bin", ...bin } },
    object,
  };
};

const carried = (attachment: CareAttachment, lose: Lose): Carried => {
  const { url, digest, contentType } = attachment;
  if (url === undefined || digest !== undefined) return stored(attachment, lose);
  lose("url-id");
  if (url.length > 350) {
    lose("url-too-long");
    return { told: `${wording.address}: ${url}` };
  }
  if (typeOfUrl(url) === undefined || typeOfUrl(url) !== contentType) lose("url-type");
  return { reference: { description: titleOf(attachment, lose), target: { kind: "url", url } } };
};

const isAttachment = (payload: CareCommunication["payloads"][number]): payload is CareAttachment =>
  payload.kind === "attachment";

/** Attachments have the letter's own time, and nobody to ask. */
const loseDates = ({ at, author, contact, created }: CareAttachment, letterAt: string, lose: Lose): void => {
  if (at !== letterAt || [author, contact, created].some((one) => one !== undefined))
    lose("attachment-dates");
};

/** The attachments of a message that have content, and addresses; a reply only tells of those that came before. `at`: the letter's time. */
export const letterAttachments = (message: CareCommunication, at: string, lose: Lose): LetterAttachments => {
  const references: Reference[] = [];
  const objects: StoredObject[] = [];
  const told: string[] = [];
  for (const attachment of timelineOf(message).filter(isAttachment)) {
    loseDates(attachment, at, lose);
    if (attachment.url !== undefined && attachment.digest !== undefined) {
      lose("url-beside-content");
      told.push(`${wording.address}: ${attachment.url}`);
    }
    const found = references.length < most ? carried(attachment, lose) : notCarried(attachment, lose);
    if (found === undefined) continue;
    if ("told" in found) told.push(found.told);
    else {
      references.push(found.reference);
      if (found.object !== undefined) objects.push(found.object);
    }
  }
  return { references, objects, told };
};
