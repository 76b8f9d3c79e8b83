import { EncryptJWT, errors, type JWTPayload, jwtDecrypt, jwtVerify, SignJWT } from "jose";
import { sessionSeconds } from "../../../contracts/codes/session-rules.ts";
import type { Instant } from "../../../contracts/time.ts";
import type { Sessions } from "../ports.ts";
import { readClaims } from "../trust/claims.ts";
import type { Proof } from "../trust/revoked.ts";

const issuer = "urn:sektorbro:session";
const audience = "sektorbro-console";

const unlessNotOurs = async <T>(work: Promise<T>): Promise<T | undefined> => {
  try {
    return await work;
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined;
    throw error;
  }
};

type SessionWorld = {
  /** 32 bytes. */
  key: Uint8Array;
  now: () => Instant;
  newId: () => string;
  /** Those that ended before their time. */
  ended: { has: (id: string) => boolean; end: (id: string) => Promise<void> };
  /** Whether whoever runs the hub has said that it counts no more: of an organisation, or all from before a time. */
  isRevoked: (proof: Proof) => Promise<boolean>;
};

/** What a token says that is one of ours and is not over. One without a number was given by a release that could not end it. */
const inForce = async (
  { key, now, ended, isRevoked }: Pick<SessionWorld, "key" | "now" | "ended" | "isRevoked">,
  token: string,
): Promise<JWTPayload | undefined> => {
  const kind = { issuer, audience, algorithms: ["HS256"], requiredClaims: ["jti"] };
  const verified = await unlessNotOurs(jwtVerify(token, key, { ...kind, currentDate: new Date(now()) }));
  const payload = verified?.payload;
  if (payload?.jti === undefined || ended.has(payload.jti)) return undefined;
  const { sub: gln = "", jti, iat = 0 } = payload;
  const issuedAt = new Date(iat * 1_000).toISOString();
  return (await isRevoked({ gln, jti, issuedAt })) ? undefined : payload;
};

export const createSessions = ({ key, now, newId, ended, isRevoked }: SessionWorld): Sessions => {
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
        .setJti(newId())
        .setIssuedAt(seconds())
        .setExpirationTime(seconds() + sessionSeconds)
        .sign(key),
    verify: async (token) => {
      const payload = await inForce({ key, now, ended, isRevoked }, token);
      return payload === undefined ? undefined : readClaims(payload)?.caller;
    },
    end: async (token) => {
      const { jti } = (await inForce({ key, now, ended, isRevoked }, token)) ?? {};
      if (jti !== undefined) await ended.end(jti);
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
