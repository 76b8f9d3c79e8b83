import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import * as oidc from "openid-client";
import { z } from "zod";
import type { IdentityProvider, Leaving } from "../ports.ts";
import { personOfClaims } from "./person-of-claims.ts";
import { ProviderFile } from "./provider-file.ts";

/** `Leaving`, as it is found in what came back. */
export const LeavingFound = z.object({ state: z.string(), nonce: z.string(), verifier: z.string() });

const timeoutSeconds = 10;
const loopback = new Set(["127.0.0.1", "[::1]", "localhost"]);

const discover = async ({
  issuer,
  clientId,
  clientSecretFile,
}: ProviderFile): Promise<oidc.Configuration> => {
  const address = new URL(issuer);
  const secret =
    clientSecretFile === undefined ? undefined : (await readFile(clientSecretFile, "utf8")).trim();
  // Without TLS only to a provider on this very machine, as in tests.
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- it is marked so that it stands out, and is not going away
  const execute = loopback.has(address.hostname) ? [oidc.allowInsecureRequests] : [];
  const proof = secret === undefined ? oidc.None() : oidc.ClientSecretPost(secret);
  return oidc.discovery(address, clientId, {}, proof, { execute, timeout: timeoutSeconds });
};

const idAt =
  (issuer: string) =>
  (subject: string): string =>
    createHash("sha256").update(`${issuer}|${subject}`).digest("hex").slice(0, 32);

/** Whatever the provider or the line did wrong; anything else is a fault of ours. */
const isTheirs = (error: unknown): boolean =>
  error instanceof oidc.ClientError ||
  error instanceof oidc.ResponseBodyError ||
  error instanceof oidc.AuthorizationResponseError ||
  error instanceof oidc.WWWAuthenticateChallengeError;

/** Authorization code flow with PKCE (OpenID Connect Core 1.0, section 3.1; RFC 7636). The provider is asked when it is first needed. */
const createIdentityProvider = (file: ProviderFile): IdentityProvider => {
  let known: Promise<oidc.Configuration> | undefined;
  const provider = (): Promise<oidc.Configuration> =>
    (known ??= discover(file).catch((error: unknown) => {
      known = undefined;
      throw error;
    }));
  return {
    secure: file.redirectUri.startsWith("https:"),
    leave: async () => {
      const leaving: Leaving = {
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        verifier: oidc.randomPKCECodeVerifier(),
      };
      const to = oidc.buildAuthorizationUrl(await provider(), {
        ...{ redirect_uri: file.redirectUri, scope: file.scope, state: leaving.state, nonce: leaving.nonce },
        code_challenge: await oidc.calculatePKCECodeChallenge(leaving.verifier),
        code_challenge_method: "S256",
      });
      return { to: to.href, leaving };
    },
    come: async (query, { state, nonce, verifier }, isOrganisation) => {
      try {
        const came = new URL(`?${query}`, file.redirectUri);
        const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier };
        const tokens = await oidc.authorizationCodeGrant(await provider(), came, {
          ...checks,
          idTokenExpected: true,
        });
        return personOfClaims(tokens.claims() ?? {}, { file, idOf: idAt(file.issuer), isOrganisation });
      } catch (error) {
        if (error instanceof TypeError || (error instanceof Error && error.name === "TimeoutError"))
          return { unwelcome: "unreachable" };
        if (isTheirs(error)) return { unwelcome: "failed" };
        throw error;
      }
    },
  };
};

/** @throws ZodError when the file says something else than it should; then the hub does not start */
export const readIdentityProvider = async (path: string): Promise<IdentityProvider> =>
  createIdentityProvider(ProviderFile.parse(JSON.parse(await readFile(path, "utf8"))));
