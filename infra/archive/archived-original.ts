import { z } from "zod";
import { EnvelopeKind } from "../../contracts/deliveries.ts";
import type { TakenDocument } from "../nats/intake-document.ts";

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
});

const lengthBytes = 4;

/** What is told of a document, and its bytes as they came; those of a large one are an object of their own. */
export const packOriginal = ({ bytes, ...told }: TakenDocument, object?: string): Buffer => {
  const head = Buffer.from(JSON.stringify(Head.parse({ ...told, object })));
  const length = Buffer.alloc(lengthBytes);
  length.writeUInt32BE(head.length, 0);
  return Buffer.concat([length, head, ...(object === undefined ? [bytes] : [])]);
};

/** @param objectOf the bytes of an object */
export const unpackOriginal = async (
  packed: Buffer,
  objectOf: (digest: string) => Promise<Uint8Array | undefined>,
): Promise<TakenDocument> => {
  const end = lengthBytes + packed.readUInt32BE(0);
  const { answerAs, corrects, object, ...head } = Head.parse(
    JSON.parse(packed.toString("utf8", lengthBytes, end)),
  );
  const bytes = object === undefined ? packed.subarray(end) : await objectOf(object);
  if (bytes === undefined) throw new Error("The archive names a document that it does not hold.");
  return {
    ...head,
    bytes,
    ...(answerAs === undefined ? {} : { answerAs }),
    ...(corrects === undefined ? {} : { corrects }),
  };
};
