import {
  calculateJwkThumbprint,
  createLocalJWKSet,
  decodeJwt,
  errors,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWTVerifyGetKey,
  type JWTVerifyOptions,
  jwtVerify,
  SignJWT,
} from "jose";
import { z } from "zod";
import type { Instant } from "../../contracts/time.ts";
import type { Caller } from "./ports.ts";
import { type ClaimRules, ownRules, readClaims, type Verified } from "./trust/claims.ts";
import type { Proof } from "./trust/revoked.ts";

/** A public key that may sign tokens: ES256 (EC P-256) or EdDSA (Ed25519). Private parts are dropped when read. */
const PublicKey = z.object({
  kty: z.enum(["EC", "OKP"]),
  crv: z.enum(["P-256", "Ed25519"]),
  x: z.string(),
  y: z.string().exactOptional(),
  kid: z.string().exactOptional(),
  alg: z.string().exactOptional(),
  use: z.string().exactOptional(),
});
const PrivateKey = PublicKey.extend({ d: z.string() });

/** A JSON Web Key Set (RFC 7517), as a file or an identity provider gives it. */
export const PublicKeys = z.object({ keys: z.array(PublicKey).min(1) });
export type PublicKeys = z.infer<typeof PublicKeys>;

/** What `createIssuer` makes and its keeper stores: the private key stays with the issuer. */
export const IssuerKeys = z.object({ privateKey: PrivateKey, publicKeys: PublicKeys });
export type IssuerKeys = z.infer<typeof IssuerKeys>;

/** `keys`: a set that is known, or what finds the key that a token names. `rules`: absent, the hub's own. */
export type TrustedIssuer = {
  issuer: string;
  keys: PublicKeys | JWTVerifyGetKey;
  rules?: ClaimRules;
  audience?: string | undefined;
  algorithms?: readonly string[];
  tokenType?: string | undefined;
};
export type VerifierOptions = {
  issuers: readonly TrustedIssuer[];
  audience: string;
  /** Whether tokens of the development issuer are trusted: only on a hub that listens on loopback alone. */
  allowDevelopmentIssuer: boolean;
  /** Whether somebody has said that it counts no more. Asked each time, of what is remembered too. */
  isRevoked?: (proof: Proof) => boolean;
  now: () => Instant;
};

/** The issuer that the hub makes for itself where there is no identity provider. */
export const developmentIssuer = "urn:sektorbro:development";
export const tokenAudience = "sektorbro";
const ownAlgorithms = ["ES256", "EdDSA"];

/** Tokens that are remembered as verified. A caller uses one for its lifetime, so few are enough. */
const maxRemembered = 1000;
/** So long a signature is not checked again: a key that its issuer has withdrawn counts no longer than this and the keys' own time. */
const rememberedMs = 5 * 60_000;

type Judge = { keys: JWTVerifyGetKey; rules: ClaimRules; options: Omit<JWTVerifyOptions, "currentDate"> };

const judgeOf = (
  { issuer, keys, rules = ownRules, audience, algorithms = ownAlgorithms, tokenType }: TrustedIssuer,
  hubs: string,
): Judge => ({
  keys: typeof keys === "function" ? keys : createLocalJWKSet(keys),
  rules,
  options: {
    ...{ issuer, audience: audience ?? hubs, algorithms: [...algorithms], requiredClaims: ["exp"] },
    clockTolerance: rules.clockSkewSeconds,
    ...(rules.maxAgeSeconds === undefined ? {} : { maxTokenAge: rules.maxAgeSeconds }),
    ...(tokenType === undefined ? {} : { typ: tokenType }),
  },
});

/** The issuer is read before the signature is checked, only to choose whose keys must have signed. */
const verifyAgainst =
  (judges: ReadonlyMap<string, Judge>, now: () => Instant) =>
  async (token: string): Promise<Verified | undefined> => {
    try {
      const judge = judges.get(decodeJwt(token).iss ?? "");
      if (judge === undefined) return undefined;
      const { payload } = await jwtVerify(token, judge.keys, {
        ...judge.options,
        currentDate: new Date(now()),
      });
      return readClaims(payload, judge.rules);
    } catch (error) {
      if (error instanceof errors.JOSEError) return undefined;
      throw error;
    }
  };

type Remembered = { verified: Verified; until: number };

/** Remembers at most `maxRemembered`; the one used longest ago is forgotten first. */
const remember = (known: Map<string, Remembered>, token: string, found: Remembered): void => {
  known.delete(token);
  known.set(token, found);
  const oldest = known.size > maxRemembered ? known.keys().next() : undefined;
  if (oldest?.done === false) known.delete(oldest.value);
};

/** Tells who a token speaks for. `thumbprint`: of the certificate that was shown on the connection it came by. */
export type VerifyToken = (token: string, thumbprint?: string) => Promise<Caller | undefined>;

/**
 * Verifies bearer tokens: signature, issuer, audience, time. `undefined` for any token that is not trusted now, and why is
 * not told. A verified token is remembered for a while, so that the signature is not checked at every request.
 */
export const createTokenVerifier = (options: VerifierOptions): VerifyToken => {
  const { issuers, allowDevelopmentIssuer, audience, now, isRevoked = () => false } = options;
  const trusted = issuers.filter(({ issuer }) => allowDevelopmentIssuer || issuer !== developmentIssuer);
  const judges = new Map(trusted.map((one) => [one.issuer, judgeOf(one, audience)] as const));
  const verify = verifyAgainst(judges, now);
  const known = new Map<string, Remembered>();
  const look = async (token: string, nowMs: number): Promise<Remembered | undefined> => {
    const before = known.get(token);
    if (before !== undefined && nowMs < before.until) return before;
    known.delete(token);
    const verified = await verify(token);
    if (verified === undefined) return undefined;
    return { verified, until: Math.min(Date.parse(verified.until), nowMs + rememberedMs) };
  };
  return async (token, thumbprint) => {
    const nowMs = Date.parse(now());
    const found = await look(token, nowMs);
    if (found === undefined || nowMs >= found.until) return undefined;
    remember(known, token, found);
    const { caller, boundTo, ...proof } = found.verified;
    if (boundTo !== undefined && boundTo !== thumbprint) return undefined;
    return isRevoked({ gln: caller.gln, ...proof }) ? undefined : caller;
  };
};

export type TokenOrder = {
  keys: IssuerKeys;
  issuer: string;
  audience: string;
  gln: string;
  role: Caller["role"];
  name?: string;
  ttlSeconds: number;
  now: Instant;
};

/** A signed token. Whoever holds it is the caller, so a short life is a safe one. */
export const issueToken = async (order: TokenOrder): Promise<string> => {
  const { privateKey } = order.keys;
  const alg = privateKey.kty === "EC" ? "ES256" : "EdDSA";
  const issuedAt = Math.floor(Date.parse(order.now) / 1000);
  return await new SignJWT({ role: order.role, ...(order.name === undefined ? {} : { name: order.name }) })
    .setProtectedHeader({ alg, ...(privateKey.kid === undefined ? {} : { kid: privateKey.kid }) })
    .setIssuer(order.issuer)
    .setAudience(order.audience)
    .setSubject(order.gln)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + order.ttlSeconds)
    .sign(await importJWK(privateKey, alg));
};

/** A new ES256 key pair for an issuer of one's own. */
export const createIssuer = async (): Promise<IssuerKeys> => {
  const pair = await generateKeyPair("ES256", { extractable: true });
  const jwk = await exportJWK(pair.privateKey);
  const kid = await calculateJwkThumbprint(jwk);
  const privateKey = PrivateKey.parse({ ...jwk, kid, alg: "ES256", use: "sig" });
  return { privateKey, publicKeys: PublicKeys.parse({ keys: [privateKey] }) };
};
