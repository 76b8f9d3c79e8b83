import type { Instant } from "../../../contracts/time.ts";
import type { Revoked } from "./trust-file.ts";

/** What is known of a proof, whichever kind it is. */
export type Proof = {
  gln: string;
  jti?: string | undefined;
  client?: string | undefined;
  /** SHA-256 of the certificate that was shown, in hex. */
  thumbprint?: string | undefined;
  issuedAt?: Instant | undefined;
};

const isIn = (list: readonly string[], one: string | undefined): boolean =>
  one !== undefined && list.includes(one);

/** Whether somebody has said that this proof counts no more. A token that does not say when it was issued may be from before. */
export const isRevoked = (revoked: Revoked, { gln, jti, client, thumbprint, issuedAt }: Proof): boolean =>
  isIn(revoked.glns, gln) ||
  isIn(revoked.tokens, jti) ||
  isIn(revoked.clients, client) ||
  isIn(revoked.certificates, thumbprint) ||
  (revoked.issuedBefore !== undefined &&
    thumbprint === undefined &&
    (issuedAt === undefined || Date.parse(issuedAt) < Date.parse(revoked.issuedBefore)));
