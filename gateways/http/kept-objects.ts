import { z } from "zod";
import { StoredObject } from "../../contracts/letter.ts";

/** Where facts name kept objects: letters of advice, joined attachments, and letters of attachments. */
const Naming = z.looseObject({
  attachments: z.array(StoredObject).optional(),
  objects: z.array(StoredObject).optional(),
  letter: z.looseObject({ objects: z.array(StoredObject).optional() }).optional(),
});

/** The objects that one fact names. */
export const objectsOf = (fact: unknown): StoredObject[] => {
  const named = Naming.safeParse(fact);
  if (!named.success) return [];
  const { attachments = [], objects = [], letter } = named.data;
  return [...attachments, ...objects, ...(letter?.objects ?? [])];
};

/** Media types of the extensions that a browser can be trusted to show; any other is bytes to save. */
const mediaTypes: Readonly<Record<string, string>> = {
  pdf: "application/pdf",
  jpeg: "image/jpeg",
  png: "image/png",
  gif: "image/gif",
  tiff: "image/tiff",
  bmp: "image/bmp",
  txt: "text/plain",
  dcm: "application/dicom",
};

/** Every type that an attachment may be given out as. */
export const attachmentTypes: readonly string[] = [...Object.values(mediaTypes), "application/octet-stream"];

export const mediaTypeOf = (object: StoredObject): string =>
  mediaTypes[object.extension] ?? "application/octet-stream";

/** A name to save it under: an id, never what a message called it. */
export const fileNameOf = (object: StoredObject): string => `${object.objectId}.${object.extension}`;
