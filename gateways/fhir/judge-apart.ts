import type { DocumentLimits } from "../../contracts/codes/document-limits.ts";
import { createLargeReader, type LargeReaderOptions } from "../apart/large-reader.ts";
import { programBeside } from "../apart/thread.ts";
import { readingProblem } from "./codec/model/fhir-problem.ts";
import { root } from "./codec/model/reading.ts";
import { type JudgedMessage, judgeMessage } from "./judge-message.ts";
import type { FhirPorts } from "./ports.ts";

/** What judging depends on beside the bytes. */
export type JudgeContext = { mediaType: string; limits: DocumentLimits };

export type Judge = { judge: FhirPorts["judge"]; stop: () => Promise<void> };

export type JudgeOptions = LargeReaderOptions & {
  limits: DocumentLimits;
  /** The thread's own program, for tests of what happens when it fails. */
  program?: URL;
};

const ownProgram = programBeside(import.meta.url, "./judge-thread");

/** Nothing of it could be read, so nobody in it can be told; whoever sent it is. */
const tooCostly = (): JudgedMessage => ({
  unread: true,
  format: undefined,
  head: { isAnswer: false },
  content: undefined,
  kind: undefined,
  problems: [readingProblem("document-too-costly", root)],
  typed: undefined,
});

/** Reads and checks messages: small ones here, and large ones in a thread of their own. */
export const createJudge = ({ limits, program = ownProgram, ...options }: JudgeOptions): Judge => {
  const here = (bytes: Uint8Array, context: JudgeContext): JudgedMessage =>
    judgeMessage(bytes, context.mediaType, context.limits);
  const reader = createLargeReader({ here, tooCostly, program }, options);
  return { judge: (bytes, mediaType) => reader.read(bytes, { mediaType, limits }), stop: reader.stop };
};
