import { createHash, hash, randomUUID } from "node:crypto";

/** sha256 of a text or of bytes, 64 hex digits. */
export const sha256 = (data: string | Uint8Array): string => hash("sha256", data, "hex");
export const newId = (): string => randomUUID();

/** The namespace of case ids. Made once for this product and fixed for ever: case ids are derived from it. */
const caseNamespace = Buffer.from("5b8f1c0e3d2a4e679c417a6f0d93e2b1", "hex");

/** UUID version 5 (RFC 9562, section 5.5) of a name in our namespace. */
const uuidV5 = (name: string): string => {
  const bytes = createHash("sha1").update(caseNamespace).update(name).digest();
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    "-",
  );
};

/** What a document is kept under in INTAKE where its sender and its content name it: the same again is the same message. */
export const intakeIdFor = (senderGln: string, digest: string): string =>
  uuidV5(`intake|${senderGln}|${digest}`);

/** The case that a message opens: derived from who sent it and the sender's own id for it (design, section 2). */
export const caseIdFor = (senderGln: string, messageId: string): string =>
  uuidV5(`${senderGln}|${messageId}`);
