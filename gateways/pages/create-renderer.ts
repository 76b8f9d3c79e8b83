import { ownMemory } from "../apart/memory.ts";
import { askOnceApart } from "../apart/once-apart.ts";
import { isTooCostly } from "../apart/thread.ts";
import { createTurns } from "../apart/turns.ts";
import type { Language } from "./words.ts";

export type Renderer = {
  /** The page of a document, whatever it is. Its bytes are left as they are. */
  render: (bytes: Uint8Array, language: Language) => Promise<string>;
  stop: () => Promise<void>;
};

export type RenderOrder<Limits> = { bytes: Uint8Array<ArrayBuffer>; language: Language; limits: Limits };
export type RenderAnswer = { page: string };

/** What a gateway can do: make a page here, say that a document was too costly, and make a page in a thread of this program. */
export type Rendering<Limits> = {
  here: (bytes: Uint8Array, language: Language, limits: Limits) => string;
  tooCostly: (language: Language) => string;
  program: URL;
};

export type RendererOptions<Limits> = {
  limits: Limits;
  /** Pages of larger documents are made in a thread of their own. */
  apartFromBytes?: number;
  /** How long a page may take, in milliseconds; longer, and the page says that the document was too costly. */
  timeLimitMs?: number;
};

/** A page of this size of dense markup takes some 50 ms. */
const usualApartFromBytes = 64 * 1024;
/** A document at every limit at once takes about four seconds. */
const usualTimeLimitMs = 30_000;

/**
 * Makes pages: of small documents here, at once, and of large ones in a thread, one after another, so that nobody else
 * waits for them. A thread that takes too long, or too much memory, is ended, and the page says so.
 */
export const createRenderer = <Limits>(
  { here, tooCostly, program }: Rendering<Limits>,
  options: RendererOptions<Limits>,
): Renderer => {
  const { limits, apartFromBytes = usualApartFromBytes, timeLimitMs = usualTimeLimitMs } = options;
  const turns = createTurns();
  const renderApart = async (bytes: Uint8Array, language: Language): Promise<string> => {
    const own = ownMemory(new Uint8Array(bytes));
    const told = await askOnceApart<RenderOrder<Limits>, RenderAnswer>(program, {
      order: { bytes: own, language, limits },
      transfer: [own.buffer],
      limitMs: timeLimitMs,
    });
    if ("answer" in told) return told.answer.page;
    if (isTooCostly(told)) return tooCostly(language);
    throw "error" in told ? told.error : new Error("A page took too long.");
  };
  return {
    render: async (bytes, language) =>
      bytes.byteLength <= apartFromBytes
        ? here(bytes, language, limits)
        : turns.take(() => renderApart(bytes, language)),
    stop: turns.ended,
  };
};
