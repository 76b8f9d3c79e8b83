import { z } from "zod";
import { Address } from "../../../contracts/identifiers.ts";

/** Asymmetric alone: a key that both sides hold would let whoever checks a token write one. */
const TokenAlgorithm = z.enum(["ES256", "ES384", "PS256", "PS384", "RS256", "EdDSA"]);

const isOwn = (host: string): boolean => ["127.0.0.1", "[::1]", "localhost"].includes(host);
/** Keys that come over the net come over TLS; without it only from this very machine, as in tests. */
export const isSafeAddress = (text: string): boolean => {
  const { protocol, hostname } = new URL(text);
  return protocol === "https:" || (protocol === "http:" && isOwn(hostname));
};
const safeUrl = z.url().refine(isSafeAddress, "An address of https, or of http on this machine.");

/** SHA-256 of a certificate in DER, in hex: as `openssl x509 -fingerprint -sha256` prints it, colons or not. */
const Thumbprint = z
  .string()
  .regex(/^([0-9a-fA-F]{2}:?){32}$/, "64 hexadecimal digits: the SHA-256 of the certificate.")
  .transform((text) => text.replaceAll(":", "").toLowerCase());

/** What an issuer calls what the hub needs to know of a caller. */
const ClaimNames = z
  .strictObject({
    gln: z.string().min(1).default("sub"),
    role: z.string().min(1).default("role"),
    /** Of the OAuth 2 client (RFC 9068, section 2.2). */
    client: z.string().min(1).default("client_id"),
  })
  .prefault({});

/** An issuer of access tokens for systems (OAuth 2 client credentials, RFC 6749 section 4.4; JWTs as in RFC 9068). */
const Issuer = z
  .strictObject({
    /** As it stands in `iss`, to the letter. */
    issuer: z.string().min(1),
    /** Where its public keys are; absent, and without `jwksFile`: where its discovery document says. */
    jwksUri: safeUrl.optional(),
    /** A JSON Web Key Set in a file, read again when it changes. */
    jwksFile: z.string().min(1).optional(),
    /** `aud` of its tokens; absent: the hub's own. */
    audience: z.string().min(1).optional(),
    algorithms: z.array(TokenAlgorithm).min(1).default(["ES256", "EdDSA"]),
    /** `typ` of its tokens, where it says one: then an ID token can never be taken for an access token. */
    tokenType: z.string().min(1).optional(),
    claims: ClaimNames,
    /** GLN of each client, where tokens do not carry it. */
    clients: z.record(z.string(), Address).optional(),
    /** For whom it may speak; absent: for everybody. */
    glns: z.array(Address).optional(),
    /** Whether it may say that somebody runs the hub. */
    operators: z.boolean().default(false),
    /** A token counts for so long after it was issued, whatever its `exp` says. */
    maxAgeSeconds: z.number().int().min(60).max(86_400).default(3_600),
    clockSkewSeconds: z.number().int().min(0).max(300).default(30),
    /** Tokens count only with the certificate that they name (RFC 8705). */
    requireCertificate: z.boolean().default(false),
  })
  .refine(({ jwksUri, jwksFile }) => jwksUri === undefined || jwksFile === undefined, {
    path: ["jwksFile"],
    error: "jwksUri or jwksFile: keys come from one place.",
  })
  .refine(
    ({ issuer, jwksUri, jwksFile }) =>
      jwksUri !== undefined || jwksFile !== undefined || (URL.canParse(issuer) && isSafeAddress(issuer)),
    { path: ["issuer"], error: "Without jwksUri or jwksFile the issuer is an address of https." },
  );

/** One of these names the certificate; the issuers of client certificates are a setting of the hub. */
const Certificate = z
  .strictObject({
    gln: Address,
    role: z.enum(["organisation", "operator"]).default("organisation"),
    thumbprint: Thumbprint.optional(),
    /** A name of its subjectAltName, with its kind: `DNS:gp.example.dk`, `URI:…`, `email:…`. */
    san: z
      .string()
      .regex(/^(DNS|URI|email|IP Address):\S+$/)
      .optional(),
    /** Its whole subject, part by part in the order of the certificate: `C=DK, O=…, CN=…`. */
    subject: z.string().min(3).optional(),
  })
  .refine(
    ({ thumbprint, san, subject }) =>
      [thumbprint, san, subject].filter((one) => one !== undefined).length === 1,
    "One of thumbprint, san, subject.",
  );

/** What is trusted no more, at once: tokens by `jti`, clients, organisations, certificates; whatever was issued before a time. */
const Revoked = z
  .strictObject({
    tokens: z.array(z.string().min(1)).default([]),
    clients: z.array(z.string().min(1)).default([]),
    glns: z.array(Address).default([]),
    certificates: z.array(Thumbprint).default([]),
    issuedBefore: z.iso.datetime().optional(),
  })
  .prefault({});
export type Revoked = z.infer<typeof Revoked>;

/** Who may call: the file that `SEKTORBRO_TRUST` names. It is read again when it changes. */
export const TrustFile = z.strictObject({
  issuers: z.array(Issuer).default([]),
  certificates: z.array(Certificate).default([]),
  revoked: Revoked,
});
export type TrustFile = z.infer<typeof TrustFile>;
export type IssuerEntry = TrustFile["issuers"][number];
export type CertificateEntry = TrustFile["certificates"][number];

/** The file says something else than it should: every problem, with its place, and no value. */
export class TrustUnusable extends Error {
  override readonly name = "TrustUnusable";
  constructor(path: string, problems: readonly string[]) {
    super(
      [`The file of who may call cannot be used (${path}):`, ...problems.map((one) => `  ${one}`)].join("\n"),
    );
  }
}

/** @throws TrustUnusable */
export const trustIn = (path: string, text: string): TrustFile => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new TrustUnusable(path, ["It is not JSON."]);
  }
  const parsed = TrustFile.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new TrustUnusable(
    path,
    parsed.error.issues.map(({ path: place, message }) => `${place.join(".") || "the file"}: ${message}`),
  );
};
