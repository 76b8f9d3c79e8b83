import { objectCodeOfExtension } from "../../../contracts/codes/oioxml-objects.ts";
import { plainUuid } from "../../../contracts/derived-ids.ts";
import type { CareAttachment } from "../../../contracts/fhir/care-communication.ts";
import type { FhirOrganisation } from "../../../contracts/fhir/parts.ts";
import type { Letter, Reference, StoredObject } from "../../../contracts/letter.ts";
import { typeOfExtension, typeOfUrl } from "./codes.ts";
import type { Lose } from "./losses.ts";
import { visible, wording } from "./wording.ts";

/** What came with a letter, whichever letter brought it. */
interface Brought {
  readonly references: Letter["references"];
  readonly objects: readonly StoredObject[];
}

interface Made {
  readonly at: string;
  readonly assigner: FhirOrganisation;
  /** Of what has no id of its own. */
  readonly idFor: (name: string) => string;
  readonly lose: Lose;
}

type Attached = { readonly payload: CareAttachment } | { readonly told: string };

const isPlainUuid = (text: string): boolean => /^[0-9a-f]{32}$/.test(text);

const hyphenated = (hex: string): string =>
  hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");

const objectIdOf = (objectId: string, { idFor }: Made): string => {
  const plain = plainUuid(objectId);
  return isPlainUuid(plain) ? `urn:uuid:${hyphenated(plain)}` : idFor(`attachment.${plain}`);
};

const titled = (description: string | undefined, { lose }: Made): string => {
  const title = visible(description);
  if (title !== description) lose("text-characters");
  return title ?? wording.attachment;
};

type Bin = Extract<Reference["target"], { kind: "bin" }>;
type Object = Omit<StoredObject, "digest"> & { readonly digest?: string | undefined };

/**
 * A new attachment must bring its content (guide to MedCom FHIR, section 11: without it the receiver refuses the whole message), so
 * one that cannot is told of in words, and the rest of the letter arrives.
 */
const ofObject = (object: Object, description: string | undefined, made: Made): Attached => {
  const { extension, digest, code, sizeBytes, objectId } = object;
  const { at, assigner, lose } = made;
  const contentType = typeOfExtension[extension];
  const title = titled(description ?? wording.attachment, made);
  if (contentType === undefined || digest === undefined) {
    lose(contentType === undefined ? "attachment-type" : "attachment-missing");
    return { told: `${wording.notCarried}: ${title}` };
  }
  if (code !== objectCodeOfExtension[extension] || plainUuid(objectId) !== objectId)
    lose("reference-content");
  const content = { contentType, title, sizeBytes, digest };
  return { payload: { kind: "attachment", id: objectIdOf(objectId, made), assigner, at, ...content } };
};

/** A uri has no blanks. */
const encoded = (url: string, { lose }: Made): string => {
  const found = (visible(url) ?? "about:blank").replace(/\s/g, (blank) => encodeURIComponent(blank));
  if (found !== url) lose("reference-url");
  return found;
};

const ofUrl = (
  { description, url }: { description: string; url: string },
  at: number,
  made: Made,
): Attached => {
  const title = titled(description, made);
  const contentType = typeOfUrl(url);
  if (contentType === undefined) {
    made.lose("reference-url");
    return { told: `${title}: ${url}` };
  }
  const id = made.idFor(`url.${String(at + 1)}`);
  const { assigner } = made;
  return { payload: { kind: "attachment", id, assigner, at: made.at, contentType, url, title } };
};

const ofReference = (
  { description, target }: Reference,
  { at, objects, made }: { at: number; objects: readonly StoredObject[]; made: Made },
): Attached => {
  if (target.kind === "sup") {
    made.lose("reference-sup");
    return { told: `${wording.attachment}: ${titled(description, made)}` };
  }
  if (target.kind === "bin") return ofObject(found(target, objects), description, made);
  return ofUrl({ description, url: encoded(target.url, made) }, at, made);
};

const same = (a: string, b: string): boolean => plainUuid(a) === plainUuid(b);

/** The object that a letter names: XDIS91 writes its id without hyphens, XBIN01 with. Its own size and kind are the truth. */
const found = (target: Bin, objects: readonly StoredObject[]): Object =>
  objects.find(({ objectId }) => same(objectId, target.objectId)) ?? target;

const isNamed = ({ objectId }: StoredObject, references: Letter["references"]): boolean =>
  references.some(({ target }) => target.kind === "bin" && same(target.objectId, objectId));

/** What the references of a letter point at, and what came beside them, as attachments of a message. */
export const careAttachments = ({ references, objects }: Brought, made: Made): readonly Attached[] => [
  ...references.map((reference, at) => ofReference(reference, { at, objects, made })),
  ...objects
    .filter((object) => !isNamed(object, references))
    .map((object) => ofObject(object, undefined, made)),
];
