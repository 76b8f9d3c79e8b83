import { RenderDocument } from "../../contracts/messages/document.ts";
import { renderSubject } from "../../contracts/subjects.ts";
import type { Platform } from "../platform.ts";
import { carried, carry } from "./carried-bytes.ts";
import { overJson } from "./json.ts";

type Language = RenderDocument["language"];

const pager =
  ({ objects, large }: Platform, render: (bytes: Uint8Array, language: Language) => Promise<string>) =>
  async (message: unknown): Promise<unknown> => {
    const { document, language } = RenderDocument.parse(message);
    const bytes = "digest" in document ? ((await objects.stat(document.digest))?.sizeBytes ?? 0) : 0;
    return large.hold(bytes, async () => {
      const page = Buffer.from(await render(await carried(objects, document), language));
      return { mediaType: "text/html; charset=utf-8", ...(await carry(objects, page)) };
    });
  };

/** Serves pages for people of a standard's documents, within the byte budget. Who may see a document is not decided here. */
export const servePages = (
  platform: Platform,
  standard: string,
  render: (bytes: Uint8Array, language: Language) => Promise<string>,
): ReturnType<Platform["bus"]["serve"]> =>
  platform.bus.serve(renderSubject(standard), standard, overJson(pager(platform, render)));
