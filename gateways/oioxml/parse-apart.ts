import { createLargeReader, type LargeReaderOptions } from "../apart/large-reader.ts";
import { programBeside } from "../apart/thread.ts";
import { problemOf } from "../tables/problem-texts.ts";
import type { XmlLimits } from "../xml/read-xml.ts";
import { parseDocument } from "./codec/parse-document.ts";
import type { ParsedDocument, UnreadableDocument } from "./codec/parsed-document.ts";
import { refuseCodeOf } from "./codec/refuse-codes.ts";

export type Parser = {
  /**
   * What a document holds. Its bytes are taken: afterwards they may be gone.
   * @throws Fault `service-unavailable` when no thread can be had for it.
   */
  parse: (bytes: Uint8Array) => Promise<ParsedDocument>;
  stop: () => Promise<void>;
};

export type ParserOptions = LargeReaderOptions & {
  limits: XmlLimits;
  /** The thread's own program, for tests of what happens when it fails. */
  program?: URL;
};

const ownProgram = programBeside(import.meta.url, "./parse-thread");

/** Nothing of it could be read, so nobody in it can be told; whoever sent it is. */
export const tooCostly = (): UnreadableDocument => {
  const code = "document-too-costly";
  const problems = [problemOf(code, "")];
  return { kind: "unreadable", code, refuseCode: refuseCodeOf(code, problems), problems, letters: [] };
};

/** Reads documents: small ones here, and large ones in a thread of their own. */
export const createParser = ({ limits, program = ownProgram, ...options }: ParserOptions): Parser => {
  const reader = createLargeReader({ here: parseDocument, tooCostly, program }, options);
  return { parse: (bytes) => reader.read(bytes, limits), stop: reader.stop };
};
