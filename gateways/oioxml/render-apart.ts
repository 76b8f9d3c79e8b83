import type { XmlLimits } from "../xml/read-xml.ts";
import { askOnceApart } from "./once-apart.ts";
import { isOutOfMemory, ownMemory, tooCostly } from "./parse-apart.ts";
import type { Language } from "./render/labels/words.ts";
import { renderDocument, renderUnread } from "./render/render-document.ts";
import type { RenderAnswer, RenderOrder } from "./render-thread.ts";

export type Renderer = {
  /** The page of a document, whatever it is. Its bytes are left as they are. */
  render: (bytes: Uint8Array, language: Language) => Promise<string>;
  stop: () => Promise<void>;
};

export type RendererOptions = {
  limits: XmlLimits;
  /** Pages of larger documents are made in a thread of their own. */
  apartFromBytes?: number;
  /** How long a page may take, in milliseconds; longer, and the page says that the document was too costly. */
  timeLimitMs?: number;
  /** The thread's own program, for tests of what happens when it fails. */
  program?: URL;
};

/** A page of this size of dense markup takes some 50 ms. */
const apartFromBytes = 64 * 1024;
/** A document at every limit at once takes about four seconds. */
const timeLimitMs = 30_000;

const ownProgram = new URL(
  import.meta.url.endsWith(".ts") ? "./render-thread.ts" : "./render-thread.js",
  import.meta.url,
);

/**
 * Makes pages: of small documents here, at once, and of large ones in a thread, one after another, so that nobody else
 * waits for them. A thread that takes too long, or too much memory, is ended, and the page says so.
 */
export const createRenderer = (options: RendererOptions): Renderer => {
  const { limits } = options;
  let last: Promise<unknown> = Promise.resolve();
  const renderApart = async (bytes: Uint8Array, language: Language): Promise<string> => {
    const own = ownMemory(new Uint8Array(bytes));
    const told = await askOnceApart<RenderOrder, RenderAnswer>(options.program ?? ownProgram, {
      order: { bytes: own, language, limits },
      transfer: [own.buffer],
      limitMs: options.timeLimitMs ?? timeLimitMs,
    });
    if ("answer" in told) return told.answer.page;
    if ("late" in told || isOutOfMemory(told.error)) return renderUnread(tooCostly(), language);
    throw told.error;
  };
  return {
    render: async (bytes, language) => {
      if (bytes.byteLength <= (options.apartFromBytes ?? apartFromBytes))
        return renderDocument(bytes, language, limits);
      const page = last.then(() => renderApart(bytes, language));
      last = page.catch(() => undefined);
      return page;
    },
    stop: async () => {
      await last;
    },
  };
};
