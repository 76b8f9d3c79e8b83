/** The entry of the thread in which the pages of large messages are made: one message, one page, and it is over. */
import { parentPort } from "node:worker_threads";
import type { DocumentLimits } from "../../contracts/codes/document-limits.ts";
import type { RenderAnswer, RenderOrder } from "../pages/create-renderer.ts";
import { renderMessage } from "./render/render-message.ts";

/** What a page of this standard is limited by. */
export type RenderLimits = DocumentLimits;

parentPort?.once("message", ({ bytes, language, limits }: RenderOrder<RenderLimits>) => {
  // What is thrown here is a defect of ours. It ends the thread, and whoever waits for it hears why.
  parentPort?.postMessage({ page: renderMessage(bytes, language, limits) } satisfies RenderAnswer);
});
