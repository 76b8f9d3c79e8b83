import { z } from "zod";
import { EnvelopeKind } from "../../contracts/deliveries.ts";
import { DeadLetterStep } from "../../contracts/messages/dead-letters.ts";
import { Told } from "../../contracts/messages/told.ts";
import { RefusedDocument } from "../../contracts/messages/worklist.ts";
import type { TakenDocument } from "../nats/intake-document.ts";

const Notes = z.object({
  refused: RefusedDocument.optional(),
  steps: z.array(DeadLetterStep),
  told: Told.optional(),
});
export type Notes = z.infer<typeof Notes>;

const Head = z.object({
  intake: z.string(),
  standard: z.string(),
  mediaType: z.string(),
  sender: z.string(),
  speaksFor: z.array(z.string()),
  transport: z.string(),
  receivedAt: z.string(),
  answerAs: EnvelopeKind.optional(),
  corrects: z.string().optional(),
  /** The object that holds its bytes; absent: they stand here. */
  object: z.string().optional(),
  /** Of a document that was refused, or became no case: why, what was done about it, and that its sender was told. */
  noted: Notes.optional(),
  /** No case was read from it. */
  loose: z.literal(true).optional(),
});
type Head = z.infer<typeof Head>;

const lengthBytes = 4;

/** What is told of a document, and its bytes as they came; those of a large one are an object of their own. */
export const packOriginal = (
  { bytes, ...told }: TakenDocument,
  beside: Pick<Head, "object" | "noted" | "loose">,
): Buffer => {
  const { object } = beside;
  const head = Buffer.from(JSON.stringify(Head.parse({ ...told, ...beside })));
  const length = Buffer.alloc(lengthBytes);
  length.writeUInt32BE(head.length, 0);
  return Buffer.concat([length, head, ...(object === undefined ? [bytes] : [])]);
};

const headEnd = (packed: Buffer): number => lengthBytes + packed.readUInt32BE(0);

/** All that is told of a document, without its bytes. */
export const headOfOriginal = (packed: Buffer): Head =>
  Head.parse(JSON.parse(packed.toString("utf8", lengthBytes, headEnd(packed))));

/** @param objectOf the bytes of an object */
export const unpackOriginal = async (
  packed: Buffer,
  objectOf: (digest: string) => Promise<Uint8Array | undefined>,
): Promise<TakenDocument> => {
  const end = headEnd(packed);
  const { answerAs, corrects, object, noted: _noted, loose: _loose, ...head } = headOfOriginal(packed);
  const bytes = object === undefined ? packed.subarray(end) : await objectOf(object);
  if (bytes === undefined) throw new Error("The archive names a document that it does not hold.");
  return {
    ...head,
    bytes,
    ...(answerAs === undefined ? {} : { answerAs }),
    ...(corrects === undefined ? {} : { corrects }),
  };
};
