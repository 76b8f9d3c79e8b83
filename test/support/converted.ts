import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { CareCommunication } from "../../contracts/fhir/care-communication.ts";
import { parseMessage } from "../../gateways/fhir/parse-message.ts";
import { parseDocument } from "../../gateways/oioxml/codec/parse-document.ts";
import { keepEmitted } from "./emitted.ts";

export const messageIn = (bytes: Uint8Array | string) => {
  const parsed = parseMessage(typeof bytes === "string" ? Buffer.from(bytes) : bytes);
  if (parsed.kind !== "message") throw new Error(JSON.stringify(parsed.problems));
  return parsed;
};
export const careIn = (bytes: Uint8Array | string) => messageIn(bytes).message as CareCommunication;
export const lettersIn = (bytes: Uint8Array) => {
  const document = parseDocument(bytes);
  if (document.kind !== "emessage") throw new Error(JSON.stringify(document));
  return { envelope: document.envelope, letters: document.letters };
};
/** Documents of a folder by their type; those of OIOXML are held against MedCom's schemas at the end of the run. */
export const made = async (folder: string): Promise<Map<string, Uint8Array>> => {
  const names = (await readdir(folder)).toSorted();
  const found = new Map<string, Uint8Array>();
  for (const one of names) {
    const bytes = await readFile(join(folder, one));
    if (bytes.includes("<Emessage")) keepEmitted(bytes);
    found.set(one, bytes);
  }
  return found;
};
export const only = (documents: Map<string, Uint8Array>, type: string): Uint8Array => {
  const [found, ...more] = [...documents].filter(([name]) => name.startsWith(type));
  if (found === undefined || more.length > 0) throw new Error(`${type}: ${[...documents.keys()].join(" ")}`);
  return found[1];
};
