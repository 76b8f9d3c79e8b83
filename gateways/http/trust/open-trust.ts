import type { HttpPorts } from "../ports.ts";
import { createTokenVerifier, developmentIssuer, type TrustedIssuer, type VerifyToken } from "../token.ts";
import { developmentKeys, isLoopback } from "../token-file.ts";
import { callerBy } from "./certificate.ts";
import { ownRules } from "./claims.ts";
import { type KeyTimes, keysOf, keyTimes } from "./issuer-keys.ts";
import { isRevoked, type Proof } from "./revoked.ts";
import { type IssuerEntry, TrustFile, trustIn } from "./trust-file.ts";
import { type ChangingFile, fileWhenChanged, type Watching } from "./when-changed.ts";

export type TrustSource = {
  dataDir: string;
  audience: string;
  host: string;
  /** Public keys of an issuer that somebody else runs. */
  issuer?: { jwksFile: string; issuer: string } | undefined;
  /** File of everybody else who may call. */
  trustFile?: string | undefined;
  /** Off: the development issuer is trusted nowhere, on loopback neither. */
  development?: boolean;
  nowMs?: () => number;
  onProblem?: Watching["onProblem"];
  times?: KeyTimes;
};

/** Who may call: by a token, or by the certificate that was shown. */
export type Trust = Required<Pick<HttpPorts, "verifyToken" | "verifyCertificate">> & {
  /** Whether the file says that it counts no more: of sessions too, which the hub gave itself. */
  isRevoked: (proof: Proof) => Promise<boolean>;
};

type Opened = { times: KeyTimes; watching: Watching; audience: string; always: readonly TrustedIssuer[] };

const issuerOf = async (entry: IssuerEntry, { watching, times }: Opened): Promise<TrustedIssuer> => ({
  issuer: entry.issuer,
  keys: await keysOf(entry, watching, times),
  rules: { ...entry, mayLackRole: true },
  audience: entry.audience,
  algorithms: entry.algorithms,
  tokenType: entry.tokenType,
});

/** An issuer that two settings name: in the hub's own words, with everybody's limits. */
const issuerOfSettings = async (
  { issuer, jwksFile }: { issuer: string; jwksFile: string },
  { watching, times }: Opened,
): Promise<TrustedIssuer[]> => {
  const { issuers } = TrustFile.parse({ issuers: [{ issuer, jwksFile }] });
  return Promise.all(
    issuers.map(async (entry) => ({
      issuer,
      keys: await keysOf(entry, watching, times),
      rules: { ...ownRules, maxAgeSeconds: entry.maxAgeSeconds, clockSkewSeconds: entry.clockSkewSeconds },
    })),
  );
};

const verifierFor = async (file: TrustFile, opened: Opened, nowMs: () => number): Promise<VerifyToken> =>
  createTokenVerifier({
    issuers: [...opened.always, ...(await Promise.all(file.issuers.map((entry) => issuerOf(entry, opened))))],
    audience: opened.audience,
    allowDevelopmentIssuer: true,
    isRevoked: (proof) => isRevoked(file.revoked, proof),
    now: () => new Date(nowMs()).toISOString(),
  });

const nobodyElse = (): Promise<ChangingFile<TrustFile>> => {
  const value = TrustFile.parse({});
  return Promise.resolve({ current: () => Promise.resolve({ value, version: 1 }) });
};

const developmentIssuers = async (source: TrustSource): Promise<TrustedIssuer[]> => {
  if (source.development === false || !isLoopback(source.host)) return [];
  const { publicKeys } = await developmentKeys(source.dataDir);
  return [{ issuer: developmentIssuer, keys: publicKeys }];
};

/**
 * Everybody who may call, by what is in force now: the file is read again when it changes, and what was remembered under the old
 * one is forgotten. Tokens of the development issuer count only where the hub listens on loopback. @throws TrustUnusable
 */
export const openTrust = async (source: TrustSource): Promise<Trust> => {
  const { audience, trustFile, nowMs = Date.now, onProblem = () => undefined, times = keyTimes } = source;
  const watching = { nowMs, onProblem };
  const bare: Opened = { times, watching, audience, always: [] };
  const always = [
    ...(await developmentIssuers(source)),
    ...(source.issuer === undefined ? [] : await issuerOfSettings(source.issuer, bare)),
  ];
  const opened = { ...bare, always };
  const file = await (trustFile === undefined
    ? nobodyElse()
    : fileWhenChanged(trustFile, (text) => trustIn(trustFile, text), watching));
  const first = await file.current();
  let made = { version: first.version, verify: verifierFor(first.value, opened, nowMs) };
  await made.verify;
  return {
    verifyToken: async (token, thumbprint) => {
      const { value, version } = await file.current();
      if (version !== made.version) made = { version, verify: verifierFor(value, opened, nowMs) };
      return (await made.verify)(token, thumbprint);
    },
    verifyCertificate: async (shown) => callerBy(shown, (await file.current()).value),
    isRevoked: async (proof) => isRevoked((await file.current()).value.revoked, proof),
  };
};
