import { createHmac } from "node:crypto";

/** Standard Webhooks 1.0: a secret is `whsec_` and base64; any other text is its own bytes. */
const keyOf = (secret: string): Buffer =>
  secret.startsWith("whsec_") ? Buffer.from(secret.slice("whsec_".length), "base64") : Buffer.from(secret);

type Signed = { id: string; timestamp: number; body: Uint8Array };

/**
 * `v1,<base64>` for each secret, with blanks between them: HMAC-SHA256 over `<id>.<timestamp>.<body>` (Standard Webhooks 1.0,
 * "Signature scheme"). With two secrets a receiver can change to the new one when it likes. `timestamp`: seconds since 1970.
 */
export const signatureOf = (secrets: readonly string[], { id, timestamp, body }: Signed): string =>
  secrets
    .map((secret) => {
      const hmac = createHmac("sha256", keyOf(secret))
        .update(`${id}.${String(timestamp)}.`)
        .update(body);
      return `v1,${hmac.digest("base64")}`;
    })
    .join(" ");
