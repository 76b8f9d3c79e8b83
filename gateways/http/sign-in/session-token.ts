import { EncryptJWT, errors, jwtDecrypt, jwtVerify, SignJWT } from "jose";
import type { Instant } from "../../../contracts/time.ts";
import type { Sessions } from "../ports.ts";
import { readClaims } from "../trust/claims.ts";

const issuer = "urn:sektorbro:session";
const audience = "sektorbro-console";
/** A long day at work. */
const lifeSeconds = 10 * 3600;

const unlessNotOurs = async <T>(work: Promise<T>): Promise<T | undefined> => {
  try {
    return await work;
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined;
    throw error;
  }
};

/** `key`: 32 bytes. */
export const createSessions = ({ key, now }: { key: Uint8Array; now: () => Instant }): Sessions => {
  const seconds = (): number => Math.floor(Date.parse(now()) / 1000);
  const current = (): { currentDate: Date } => ({ currentDate: new Date(now()) });
  return {
    tokenFor: ({ gln, name, id, roles, assurance }) =>
      new SignJWT({
        ...{ name, roles, person: id },
        ...(assurance === undefined ? {} : { assurance }),
        role: roles.includes("operator") ? "operator" : "organisation",
      })
        .setProtectedHeader({ alg: "HS256" })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(gln)
        .setIssuedAt(seconds())
        .setExpirationTime(seconds() + lifeSeconds)
        .sign(key),
    verify: async (token) => {
      const verified = await unlessNotOurs(
        jwtVerify(token, key, { ...{ issuer, audience, algorithms: ["HS256"] }, ...current() }),
      );
      return verified === undefined ? undefined : readClaims(verified.payload)?.caller;
    },
    seal: (value, forSeconds) =>
      new EncryptJWT(value)
        .setProtectedHeader({ alg: "dir", enc: "A256GCM" })
        .setIssuer(issuer)
        .setExpirationTime(seconds() + forSeconds)
        .encrypt(key),
    open: async (sealed) =>
      (await unlessNotOurs(jwtDecrypt(sealed, key, { issuer, requiredClaims: ["exp"], ...current() })))
        ?.payload,
  };
};

/** The key from a keyed hash in hex, as the index's is. */
export const sessionKeyOf = (digest: (text: string) => string): Uint8Array =>
  new Uint8Array(Buffer.from(digest("sektorbro-session-key"), "hex"));
