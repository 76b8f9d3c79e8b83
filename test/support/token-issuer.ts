import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Provider } from "oidc-provider";
import type { IssuerKeys } from "../../gateways/http/token.ts";

export type TokenIssuer = AsyncDisposable & {
  url: string;
  /** An access token of the client, asked for with its secret. */
  token: (client: string, resource?: string) => Promise<string>;
  /** Other keys from now on; the former are forgotten. */
  rotate: (keys: IssuerKeys | undefined) => Promise<void>;
};

type Orders = {
  /** GLN of each client. */
  clients: Readonly<Record<string, string>>;
  audience: string;
  keys: IssuerKeys | undefined;
};

const secretOf = (client: string): string => `the-secret-of-${client}-is-long-enough-for-a-test`;

const providerAt = (url: string, { clients, audience, keys }: Orders): Provider =>
  new Provider(url, {
    clients: Object.keys(clients).map((client) => ({
      ...{ client_id: client, client_secret: secretOf(client), redirect_uris: [], response_types: [] },
      ...{ grant_types: ["client_credentials"], token_endpoint_auth_method: "client_secret_post" },
    })),
    jwks: { keys: keys === undefined ? [] : [{ ...keys.privateKey }] },
    clientDefaults: { id_token_signed_response_alg: "ES256" },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => `urn:${audience}`,
        getResourceServerInfo: (_ctx, resource) => ({
          scope: "",
          audience: resource.replace(/^urn:/, ""),
          accessTokenFormat: "jwt",
          jwt: { sign: { alg: "ES256" } },
        }),
      },
    },
    extraTokenClaims: (_ctx, token) => ({ gln: clients[token.clientId ?? ""] }),
  });

/** A real OAuth 2 issuer that gives systems their tokens (RFC 6749, section 4.4). */
export const startTokenIssuer = async (orders: Orders): Promise<TokenIssuer> => {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  let speak = providerAt(url, orders).callback();
  server.on("request", (request, response) => void speak(request, response));
  return {
    url,
    token: async (client, resource) => {
      const response = await fetch(`${url}/token`, {
        method: "POST",
        body: new URLSearchParams({
          ...{ grant_type: "client_credentials", client_id: client, client_secret: secretOf(client) },
          ...(resource === undefined ? {} : { resource }),
        }),
      });
      const answer = (await response.json()) as { access_token?: string };
      if (answer.access_token === undefined) throw new Error(JSON.stringify(answer));
      return answer.access_token;
    },
    rotate: (keys) => {
      speak = providerAt(url, { ...orders, keys }).callback();
      return Promise.resolve();
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
};
