/** The entry of the thread in which large documents are read. It gets bytes and limits, and gives what the bytes hold. */
import { parentPort } from "node:worker_threads";
import type { Ready } from "../apart/kept-thread.ts";
import type { ReadAnswer, ReadOrder } from "../apart/large-reader.ts";
import { forgetMemory, memoryOf } from "../apart/memory.ts";
import type { XmlLimits } from "../xml/read-xml.ts";
import { readMedComXml } from "./codec/medcom-xml.ts";
import { parseReading } from "./codec/parse-document.ts";
import type { ParsedDocument } from "./codec/parsed-document.ts";

const attachmentsOf = (document: ParsedDocument): Uint8Array[] => {
  const letters = document.kind === "emessage" ? document.letters : [];
  const objects = letters.flatMap((letter) => (letter.kind === "attachments" ? letter.letter.objects : []));
  return objects.map(({ bytes }) => bytes);
};

const read = async ({ bytes, context: limits }: ReadOrder<XmlLimits>): Promise<void> => {
  const reading = readMedComXml(bytes, limits);
  await forgetMemory(bytes);
  const document = parseReading(reading, limits);
  const answer: ReadAnswer<ParsedDocument> = { read: document };
  parentPort?.postMessage(answer, memoryOf(attachmentsOf(document)));
};

parentPort?.on("message", (order: ReadOrder<XmlLimits>) => {
  // What is thrown here is a defect of ours. It ends the thread, and whoever waits for it hears why.
  void read(order);
});
parentPort?.postMessage({ ready: true } satisfies Ready);
