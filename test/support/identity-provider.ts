import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Provider } from "oidc-provider";

/** What a real OpenID Connect provider says of its one person, to whoever comes to it from a client that it knows. */
export type Claims = Readonly<Record<string, unknown>>;

export type TestProvider = AsyncDisposable & { issuer: string; clientSecret: string };

const clientId = "sektorbro";
const clientSecret = "a-secret-of-the-tests-that-is-long-enough";

/** A provider that lets its one person in without a question. `names`: the claims that it puts in an ID token. */
export const startIdentityProvider = async (redirectUri: string, claims: Claims): Promise<TestProvider> => {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const issuer = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        ...{ client_id: clientId, client_secret: clientSecret, redirect_uris: [redirectUri] },
        token_endpoint_auth_method: "client_secret_post",
      },
    ],
    cookies: { keys: ["a-key-of-the-tests"] },
    conformIdTokenClaims: false,
    claims: { openid: ["sub", ...Object.keys(claims)] },
    findAccount: (_ctx, accountId) => ({ accountId, claims: () => ({ sub: accountId, ...claims }) }),
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
    loadExistingGrant: async (ctx) => {
      const { client, session } = ctx.oidc;
      const grant = new ctx.oidc.provider.Grant({
        clientId: client?.clientId ?? "",
        accountId: session?.accountId ?? "",
      });
      grant.addOIDCScope("openid");
      await grant.save();
      return grant;
    },
  });
  const speak = provider.callback();
  server.on("request", (request, response) => {
    if (request.url?.startsWith("/interaction/") === true)
      void provider.interactionFinished(request, response, { login: { accountId: "somebody" } });
    else void speak(request, response);
  });
  return {
    ...{ issuer, clientSecret },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
};
