/** The entry of the thread in which the pages of large documents are made: one document, one page, and it is over. */
import { parentPort } from "node:worker_threads";
import type { XmlLimits } from "../xml/read-xml.ts";
import type { Language } from "./render/labels/words.ts";
import { renderDocument } from "./render/render-document.ts";

export type RenderOrder = { bytes: Uint8Array<ArrayBuffer>; language: Language; limits: XmlLimits };
export type RenderAnswer = { page: string };

parentPort?.once("message", ({ bytes, language, limits }: RenderOrder) => {
  // What is thrown here is a defect of ours. It ends the thread, and whoever waits for it hears why.
  parentPort?.postMessage({ page: renderDocument(bytes, language, limits) } satisfies RenderAnswer);
});
