/** The entry of the thread in which the pages of large documents are made: one document, one page, and it is over. */
import { parentPort } from "node:worker_threads";
import type { RenderAnswer, RenderOrder } from "../pages/create-renderer.ts";
import type { XmlLimits } from "../xml/read-xml.ts";
import { renderDocument } from "./render/render-document.ts";

/** What a page of this standard is limited by. */
export type RenderLimits = XmlLimits;

parentPort?.once("message", ({ bytes, language, limits }: RenderOrder<RenderLimits>) => {
  // What is thrown here is a defect of ours. It ends the thread, and whoever waits for it hears why.
  parentPort?.postMessage({ page: renderDocument(bytes, language, limits) } satisfies RenderAnswer);
});
