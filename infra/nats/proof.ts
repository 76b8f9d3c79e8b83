import { readFileSync } from "node:fs";
import { credsAuthenticator, type NodeConnectionOptions, nkeyAuthenticator } from "@nats-io/transport-node";

/** How the hub proves to a NATS of your own who it is, and that one to it: files, read again at each connection, so they may change. */
export type NatsProof = {
  /** A user's credentials (`.creds`), or the seed of an nkey. */
  readonly credentials?: string | undefined;
  /** Issuers of the servers' certificates; absent: the public ones. */
  readonly ca?: string | undefined;
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
};

/** A seed of an nkey of a user begins so. */
const seed = /^SU[A-Z2-7]{56}$/;

const authenticatorOf = (path: string): NonNullable<NodeConnectionOptions["authenticator"]> => {
  const text = (): string => readFileSync(path, "utf8").trim();
  const bytes = (): Uint8Array => new TextEncoder().encode(text());
  // A file of a seed alone is no credentials file; which one it is does not change while the hub runs.
  return seed.test(text()) ? nkeyAuthenticator(bytes) : credsAuthenticator(bytes);
};

type ProofOptions = Pick<NodeConnectionOptions, "authenticator" | "tls">;

/** The same for the client. With a certificate or issuers named, nothing is said to a server before TLS. */
export const proofOptions = (proof: NatsProof = {}): ProofOptions => {
  const { credentials, ca, cert, key } = proof;
  const tls = {
    ...(ca === undefined ? {} : { caFile: ca }),
    ...(cert === undefined ? {} : { certFile: cert }),
    ...(key === undefined ? {} : { keyFile: key }),
  };
  return {
    ...(credentials === undefined ? {} : { authenticator: authenticatorOf(credentials) }),
    ...(Object.keys(tls).length === 0 ? {} : { tls }),
  };
};
