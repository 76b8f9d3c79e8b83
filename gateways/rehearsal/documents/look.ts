import { lookAtLetter } from "./look-letter.ts";
import { lookAtMessage } from "./look-message.ts";
import { nothingSeen, type Seen } from "./seen.ts";

/** The same FHIR message in the other format, by the hub's own codec; `undefined` of what cannot be read to its end. */
export type InFormat = (bytes: Uint8Array, format: "json" | "xml") => Uint8Array | undefined;

/** A FHIR message of either format as the text of its JSON. */
export const jsonOf = (bytes: Uint8Array, mediaType: string, inFormat: InFormat): string => {
  const json = /fhir\+xml/.test(mediaType) ? inFormat(bytes, "json") : bytes;
  return json === undefined ? "" : Buffer.from(json).toString("utf8");
};

/** What a document says of itself, by the standard that its media type names. */
export const look = (bytes: Uint8Array, mediaType: string, inFormat: InFormat): Seen => {
  if (/fhir/.test(mediaType)) return lookAtMessage(jsonOf(bytes, mediaType, inFormat));
  return /xml/.test(mediaType) ? lookAtLetter(bytes) : nothingSeen("json");
};
