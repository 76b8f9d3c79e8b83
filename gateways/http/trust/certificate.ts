import type { Socket } from "node:net";
import { TLSSocket } from "node:tls";
import type { Caller, ClientCertificate } from "../ports.ts";
import { isRevoked } from "./revoked.ts";
import type { CertificateEntry, Revoked } from "./trust-file.ts";

/**
 * Names as Node prints them: `DNS:a, DNS:b`. A name that holds a comma or a quotation mark is quoted there (CVE-2021-44532), and is no
 * name that anybody is known by here.
 */
const sansIn = (printed: string | undefined): string[] =>
  printed === undefined || printed.includes('"') ? [] : printed.split(", ");

/** What the caller showed on this connection. One that no issuer of ours stands for is none. */
export const certificateOf = (socket: Socket): ClientCertificate | undefined => {
  if (!(socket instanceof TLSSocket) || !socket.authorized) return undefined;
  const shown = socket.getPeerX509Certificate();
  if (shown === undefined) return undefined;
  return {
    thumbprint: shown.fingerprint256.replaceAll(":", "").toLowerCase(),
    subject: shown.subject.split("\n").join(", "),
    sans: sansIn(shown.subjectAltName),
  };
};

const isOf = (entry: CertificateEntry, shown: ClientCertificate): boolean =>
  entry.thumbprint === shown.thumbprint ||
  (entry.subject !== undefined && entry.subject === shown.subject) ||
  (entry.san !== undefined && shown.sans.includes(entry.san));

/** Whom a certificate speaks for. One that fits several organisations speaks for none: which of them cannot be told. */
export const callerBy = (
  shown: ClientCertificate,
  { certificates, revoked }: { certificates: readonly CertificateEntry[]; revoked: Revoked },
): Caller | undefined => {
  const [first, ...others] = certificates.filter((entry) => isOf(entry, shown));
  if (first === undefined || others.some(({ gln, role }) => gln !== first.gln || role !== first.role))
    return undefined;
  const { gln, role } = first;
  return isRevoked(revoked, { gln, thumbprint: shown.thumbprint }) ? undefined : { gln, role };
};
