import {
  createLocalJWKSet,
  createRemoteJWKSet,
  customFetch,
  type JSONWebKeySet,
  type JWTVerifyGetKey,
} from "jose";
import { z } from "zod";
import { Fault } from "../../../contracts/errors.ts";
import { type IssuerEntry, isSafeAddress } from "./trust-file.ts";
import { fileWhenChanged, type Watching } from "./when-changed.ts";

export type KeyTimes = {
  /** A key that is not known is asked for no more often than this, whoever makes tokens up. */
  cooldownMs: number;
  /** Keys are asked for again after this: one that was withdrawn counts no longer. */
  keptMs: number;
  /** After a failure the issuer is left in peace for so long. */
  restMs: number;
};
export const keyTimes: KeyTimes = { cooldownMs: 30_000, keptMs: 5 * 60_000, restMs: 5_000 };

const timeoutMs = 5_000;

/** Public keys as a file or an issuer gives them. Private parts are dropped when read; a symmetric key is none of these. */
const Keys = z.object({
  keys: z
    .array(
      z.object({
        kty: z.enum(["EC", "OKP", "RSA"]),
        ...{ crv: z.string().exactOptional(), x: z.string().exactOptional(), y: z.string().exactOptional() },
        ...{ n: z.string().exactOptional(), e: z.string().exactOptional() },
        ...{
          kid: z.string().exactOptional(),
          alg: z.string().exactOptional(),
          use: z.string().exactOptional(),
        },
      }),
    )
    .min(1),
});
const keysIn = (text: string): JSONWebKeySet => Keys.parse(JSON.parse(text));

/** That an issuer cannot be asked is nobody's fault who shows its tokens: they are to come back. */
const unavailable = (cause: unknown): Fault => new Fault("issuer-unavailable", { cause });

type Fetch = (url: string, options?: RequestInit) => Promise<Response>;

/** Fails at once for a while after a failure, and follows no redirect: keys are where the settings say. */
const patient = (nowMs: () => number, restMs: number): Fetch => {
  let failedAtMs: number | undefined;
  return async (url, options) => {
    if (failedAtMs !== undefined && nowMs() - failedAtMs < restMs) throw unavailable(undefined);
    try {
      const signal = options?.signal ?? AbortSignal.timeout(timeoutMs);
      const response = await fetch(url, { ...options, signal, redirect: "error" });
      if (response.status !== 200) throw unavailable(undefined);
      failedAtMs = undefined;
      return response;
    } catch (error) {
      failedAtMs = nowMs();
      throw error instanceof Fault ? error : unavailable(error);
    }
  };
};

const Discovery = z.object({ issuer: z.string(), jwks_uri: z.url().refine(isSafeAddress) });

/** Where an issuer's keys are (OpenID Connect Discovery 1.0, section 4): its document must be its own, lest one speaks for another. */
const discover = async (issuer: string, ask: Fetch): Promise<string> => {
  const response = await ask(`${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`);
  const found = Discovery.safeParse(await response.json().catch(() => undefined)).data;
  if (found?.issuer !== issuer) throw unavailable(undefined);
  return found.jwks_uri;
};

const remoteKeys = (
  { issuer, jwksUri }: IssuerEntry,
  { nowMs }: Watching,
  { cooldownMs, keptMs, restMs }: KeyTimes,
): JWTVerifyGetKey => {
  const ask = patient(nowMs, restMs);
  let keys: Promise<JWTVerifyGetKey> | undefined;
  const find = async (): Promise<JWTVerifyGetKey> =>
    createRemoteJWKSet(new URL(jwksUri ?? (await discover(issuer, ask))), {
      ...{ timeoutDuration: timeoutMs, cooldownDuration: cooldownMs, cacheMaxAge: keptMs },
      [customFetch]: ask,
    });
  return async (header, token) => {
    keys ??= find().catch((error: unknown) => {
      keys = undefined;
      throw error;
    });
    return (await keys)(header, token);
  };
};

/** The keys of a file, as it is now. */
const fileKeys = async (path: string, watching: Watching): Promise<JWTVerifyGetKey> => {
  const file = await fileWhenChanged(path, (text) => createLocalJWKSet(keysIn(text)), watching);
  return async (header, token) => (await file.current()).value(header, token);
};

/** Finds the key that a token names: in a file, or at the issuer, where a key that is not known yet is asked for again. */
export const keysOf = async (
  entry: IssuerEntry,
  watching: Watching,
  times: KeyTimes,
): Promise<JWTVerifyGetKey> =>
  entry.jwksFile === undefined ? remoteKeys(entry, watching, times) : fileKeys(entry.jwksFile, watching);
