import type { CarriedBytes } from "../../contracts/messages/document.ts";
import type { Objects } from "./objects.ts";

/** Larger bytes go by the object store: a message on the bus has a limit, a document has not. */
export const inlineBytes = 512 * 1024;

/** Bytes as a message carries them: themselves, or the digest that they are kept under. */
export const carry = async (objects: Pick<Objects, "put">, bytes: Uint8Array): Promise<CarriedBytes> =>
  bytes.length <= inlineBytes
    ? { base64: Buffer.from(bytes).toString("base64") }
    : { digest: (await objects.put(bytes)).digest };

/** The bytes that a message carries. @throws when they are said to be kept, and are not */
export const carried = async (objects: Pick<Objects, "get">, message: CarriedBytes): Promise<Uint8Array> => {
  if ("base64" in message) return Buffer.from(message.base64, "base64");
  const bytes = await objects.get(message.digest);
  if (bytes === undefined) throw new Error("A document that a message names is not kept.");
  return bytes;
};
