import {
  calculateJwkThumbprint,
  createLocalJWKSet,
  decodeJwt,
  errors,
  exportJWK,
  generateKeyPair,
  importJWK,
  jwtVerify,
  SignJWT,
} from "jose";
import { z } from "zod";
import { Address } from "../../contracts/identifiers.ts";
import { Person } from "../../contracts/messages/session.ts";
import type { Instant } from "../../contracts/time.ts";
import type { Caller } from "./ports.ts";

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

type TrustedIssuer = { issuer: string; keys: PublicKeys };
export type VerifierOptions = {
  issuers: readonly TrustedIssuer[];
  audience: string;
  /** Whether tokens of the development issuer are trusted: only on a hub that listens on loopback alone. */
  allowDevelopmentIssuer: boolean;
  now: () => Instant;
};

/** The issuer that the hub makes for itself where there is no identity provider. */
export const developmentIssuer = "urn:sektorbro:development";
export const tokenAudience = "sektorbro";
const algorithms = ["ES256", "EdDSA"];

/** Tokens that are remembered as verified. A caller uses one for its lifetime, so few are enough. */
const maxRemembered = 1000;

/** `exp` ends before the last instant that can be written. */
const Claims = z.object({
  sub: Address,
  role: z.enum(["organisation", "operator"]),
  name: z.string().max(70).optional(),
  /** Of a person: who, and what they do there. Both or neither. */
  person: Person.shape.id.optional(),
  roles: Person.shape.roles.optional(),
  exp: z.number().int().positive().max(250_000_000_000),
});

const instantOf = (seconds: number): Instant => new Date(seconds * 1000).toISOString();

type Verified = { caller: Caller; until: Instant };

/** Who the claims of a verified token speak for. */
export const readClaims = (payload: unknown): Verified | undefined => {
  const claims = Claims.safeParse(payload);
  if (!claims.success) return undefined;
  const { sub, role, name, person: id, roles, exp } = claims.data;
  const named = name === undefined ? {} : { name };
  const person =
    id === undefined || roles === undefined || name === undefined ? {} : { person: { id, name, roles } };
  return { caller: { gln: sub, role, ...named, ...person }, until: instantOf(exp) };
};

type KeySet = ReturnType<typeof createLocalJWKSet>;

/** The issuer is read before the signature is checked, only to choose whose keys must have signed. */
const verifyAgainst =
  (keySets: ReadonlyMap<string, KeySet>, options: VerifierOptions) =>
  async (token: string): Promise<Verified | undefined> => {
    try {
      const issuer = decodeJwt(token).iss ?? "";
      const keys = keySets.get(issuer);
      if (keys === undefined) return undefined;
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        audience: options.audience,
        algorithms,
        currentDate: new Date(options.now()),
        requiredClaims: ["exp", "sub"],
      });
      return readClaims(payload);
    } catch (error) {
      if (error instanceof errors.JOSEError) return undefined;
      throw error;
    }
  };

/** Remembers at most `maxRemembered`; the one used longest ago is forgotten first. */
const remember = (verified: Map<string, Verified>, token: string, found: Verified): void => {
  verified.delete(token);
  verified.set(token, found);
  const oldest = verified.size > maxRemembered ? verified.keys().next() : undefined;
  if (oldest?.done === false) verified.delete(oldest.value);
};

/**
 * Verifies bearer tokens: signature, issuer, audience, time. `undefined` for any token that is not trusted now, and why is
 * not told. A verified token is remembered until it expires, so that the signature is not checked at every request.
 */
export const createTokenVerifier = (
  options: VerifierOptions,
): ((token: string) => Promise<Caller | undefined>) => {
  const trusted = options.issuers.filter(
    ({ issuer }) => options.allowDevelopmentIssuer || issuer !== developmentIssuer,
  );
  const keySets = new Map(trusted.map(({ issuer, keys }) => [issuer, createLocalJWKSet(keys)] as const));
  const verify = verifyAgainst(keySets, options);
  const verified = new Map<string, Verified>();
  return async (token) => {
    const found = verified.get(token) ?? (await verify(token));
    if (found === undefined) return undefined;
    if (options.now() >= found.until) {
      verified.delete(token);
      return undefined;
    }
    remember(verified, token, found);
    return found.caller;
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
