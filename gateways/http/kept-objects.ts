import type { StoredObject } from "../../contracts/letter.ts";

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
