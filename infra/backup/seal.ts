import { createCipheriv, createDecipheriv, createHash, hkdfSync } from "node:crypto";
import type { BackupHeader } from "./manifest.ts";

/**
 * Closes and opens the frames of one backup. What seals a frame also binds it to its place, its kind and its backup: a frame
 * that was changed, moved, left out or brought in from elsewhere does not open.
 */
export type Seal = {
  close: (at: FramePlace, bytes: Uint8Array) => Buffer;
  /** `undefined`: the frame is not what was closed. */
  open: (at: FramePlace, sealed: Buffer) => Buffer | undefined;
};
/** `no`: 0 for the first frame, then one more each. */
type FramePlace = { kind: number; no: number };

const keyBytes = 32;
const tagBytes = 16;
const nonceBytes = 12;

const derived = (secret: Uint8Array, salt: string, purpose: string): Buffer =>
  Buffer.from(hkdfSync("sha256", secret, Buffer.from(salt, "hex"), `sektorbro backup ${purpose}`, keyBytes));

/** Tells whether a secret is the one of a backup, and nothing about it. */
export const keyCheckOf = (secret: Uint8Array, salt: string): string =>
  derived(secret, salt, "check").toString("hex").slice(0, 16);

const bound = (header: string, { kind, no }: FramePlace): Buffer => {
  const place = Buffer.alloc(9);
  place.writeUInt8(kind, 0);
  place.writeBigUInt64BE(BigInt(no), 1);
  return Buffer.concat([createHash("sha256").update(header).digest(), place]);
};

/** A key is derived for each backup from its own salt, so a counter is a nonce that never comes twice (NIST SP 800-38D, 8.2.1). */
const nonceOf = (no: number): Buffer => {
  const nonce = Buffer.alloc(nonceBytes);
  nonce.writeBigUInt64BE(BigInt(no), nonceBytes - 8);
  return nonce;
};

const encrypting = (header: string, key: Buffer): Seal => ({
  close: (at, bytes) => {
    const cipher = createCipheriv("aes-256-gcm", key, nonceOf(at.no));
    cipher.setAAD(bound(header, at));
    return Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
  },
  open: (at, sealed) => {
    if (sealed.length < tagBytes) return undefined;
    const decipher = createDecipheriv("aes-256-gcm", key, nonceOf(at.no));
    decipher.setAAD(bound(header, at));
    decipher.setAuthTag(sealed.subarray(-tagBytes));
    const opened = decipher.update(sealed.subarray(0, -tagBytes));
    try {
      return Buffer.concat([opened, decipher.final()]);
    } catch {
      // The tag does not fit; that is all that OpenSSL says, and all that there is to say.
      return undefined;
    }
  },
});

const digesting = (header: string): Seal => {
  const digestOf = (at: FramePlace, bytes: Uint8Array): Buffer =>
    createHash("sha256").update(bound(header, at)).update(bytes).digest().subarray(0, tagBytes);
  return {
    close: (at, bytes) => Buffer.concat([bytes, digestOf(at, bytes)]),
    open: (at, sealed) => {
      if (sealed.length < tagBytes) return undefined;
      const bytes = sealed.subarray(0, -tagBytes);
      return digestOf(at, bytes).equals(sealed.subarray(-tagBytes)) ? bytes : undefined;
    },
  };
};

/** @param line the header as it stands in the file: each frame is bound to it. */
export const sealOf = (line: string, { salt }: BackupHeader, secret: Uint8Array | undefined): Seal =>
  secret === undefined ? digesting(line) : encrypting(line, derived(secret, salt, "frames"));
