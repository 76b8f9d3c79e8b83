/** The entry of the thread in which large documents are read. It gets bytes and limits, and gives what the bytes hold. */
import { parentPort } from "node:worker_threads";
import type { XmlLimits } from "../xml/read-xml.ts";
import { readMedComXml } from "./codec/medcom-xml.ts";
import { parseReading } from "./codec/parse-document.ts";
import type { ParsedDocument } from "./codec/parsed-document.ts";
import { forgetMemory } from "./forget-memory.ts";

export type ParseOrder = { bytes: Uint8Array<ArrayBuffer>; limits: XmlLimits };
/** `ready` comes once, before the first order is read. */
export type ParseAnswer = { ready: true } | { document: ParsedDocument };

/** The memory of attachments changes threads; it is not copied. */
const memoryOf = (document: ParsedDocument): ArrayBuffer[] => {
  const letters = document.kind === "emessage" ? document.letters : [];
  const objects = letters.flatMap((letter) => (letter.kind === "attachments" ? letter.letter.objects : []));
  const buffers = objects.flatMap(({ bytes: { buffer } }) => (buffer instanceof ArrayBuffer ? [buffer] : []));
  return [...new Set(buffers)];
};

const read = async ({ bytes, limits }: ParseOrder): Promise<void> => {
  const reading = readMedComXml(bytes, limits);
  await forgetMemory(bytes);
  const document = parseReading(reading, limits);
  parentPort?.postMessage({ document } satisfies ParseAnswer, memoryOf(document));
};

parentPort?.on("message", (order: ParseOrder) => {
  // What is thrown here is a defect of ours. It ends the thread, and whoever waits for it hears why.
  void read(order);
});
parentPort?.postMessage({ ready: true } satisfies ParseAnswer);
