import { z } from "zod";
import { Address } from "../../../contracts/identifiers.ts";
import { Person } from "../../../contracts/messages/session.ts";
import type { Instant } from "../../../contracts/time.ts";
import type { Caller } from "../ports.ts";
import type { IssuerEntry } from "./trust-file.ts";

/** What the hub believes of an issuer's tokens, once their signature holds. */
export type ClaimRules = Pick<
  IssuerEntry,
  "claims" | "clients" | "glns" | "operators" | "requireCertificate"
> & {
  /** Absent: until `exp`. */
  maxAgeSeconds?: number | undefined;
  clockSkewSeconds: number;
  /** Whether a token that names no role is an organisation's. */
  mayLackRole: boolean;
};

/** Of the hub's own issuers, and of one whose keys are named by two settings alone: the hub's own words. */
export const ownRules: ClaimRules = {
  claims: { gln: "sub", role: "role", client: "client_id" },
  clients: undefined,
  glns: undefined,
  operators: true,
  requireCertificate: false,
  clockSkewSeconds: 0,
  mayLackRole: false,
};

/** What a verified token is worth, and until when. */
export type Verified = {
  caller: Caller;
  until: Instant;
  issuedAt?: Instant;
  jti?: string;
  client?: string;
  /** SHA-256 in hex of the certificate that must be shown with it. */
  boundTo?: string;
};

/** `exp` ends before the last instant that can be written. */
const seconds = z.number().int().positive().max(250_000_000_000);
const Known = z.object({
  exp: seconds,
  iat: seconds.optional(),
  jti: z.string().optional(),
  name: z.string().max(70).optional(),
  /** Of a person: who, and what they do there. Both or neither. */
  person: Person.shape.id.optional(),
  roles: Person.shape.roles.optional(),
  assurance: Person.shape.assurance,
  cnf: z.object({ "x5t#S256": z.string().optional() }).optional(),
});
const Role = z.enum(["organisation", "operator"]);
type Known = z.infer<typeof Known>;

/** What the hub calls itself and who runs it, where others have an address: somebody of that name would see what they see. Who does run it may be called so. */
const ownNames: ReadonlySet<string> = new Set(["operator", "hub"]);

const instantOf = (at: number): Instant => new Date(at * 1000).toISOString();

/** An ID token tells the client who has signed in; whoever shows it to others has no leave to (OpenID Connect Core 1.0, section 2). */
const isIdToken = (payload: Readonly<Record<string, unknown>>): boolean =>
  ["nonce", "at_hash", "c_hash"].some((claim) => payload[claim] !== undefined);

const roleIn = (said: unknown, { mayLackRole, operators }: ClaimRules): Caller["role"] | undefined => {
  const role = said === undefined && mayLackRole ? "organisation" : Role.safeParse(said).data;
  return role === "operator" && !operators ? undefined : role;
};

const glnIn = (
  payload: Readonly<Record<string, unknown>>,
  client: string | undefined,
  { claims, clients, glns, role }: ClaimRules & { role: Caller["role"] },
): string | undefined => {
  // A client that is listed is who the list says, whatever its token says.
  const said = clients === undefined || client === undefined ? payload[claims.gln] : clients[client];
  const gln = Address.safeParse(said).data;
  if (gln === undefined || (ownNames.has(gln.toLowerCase()) && gln !== role)) return undefined;
  return glns === undefined || glns.includes(gln) ? gln : undefined;
};

const personIn = ({ name, person: id, roles, assurance }: Known): Pick<Caller, "name" | "person"> => ({
  ...(name === undefined ? {} : { name }),
  ...(id === undefined || roles === undefined || name === undefined
    ? {}
    : { person: { id, name, roles, ...(assurance === undefined ? {} : { assurance }) } }),
});

const untilOf = ({ exp, iat }: Known, { maxAgeSeconds, clockSkewSeconds }: ClaimRules): Instant =>
  instantOf(
    Math.min(exp, maxAgeSeconds === undefined || iat === undefined ? exp : iat + maxAgeSeconds) +
      clockSkewSeconds,
  );

const hexOf = (base64url: string): string => Buffer.from(base64url, "base64url").toString("hex");

const opened = z.record(z.string(), z.unknown());

/** The certificate that a token is bound to; `refused`: it must be bound, or is to what cannot be proven here (RFC 7800, section 3.1). */
const boundIn = (
  { cnf }: Known,
  { requireCertificate }: ClaimRules,
): Pick<Verified, "boundTo"> | "refused" => {
  const bound = cnf?.["x5t#S256"];
  if (bound !== undefined) return { boundTo: hexOf(bound) };
  return cnf !== undefined || requireCertificate ? "refused" : {};
};

/** What a token is called, so that it can be revoked. */
const namesIn = ({ iat, jti }: Known, client: string | undefined): Omit<Verified, "caller" | "until"> => ({
  ...(iat === undefined ? {} : { issuedAt: instantOf(iat) }),
  ...(jti === undefined ? {} : { jti }),
  ...(client === undefined ? {} : { client }),
});

/** Who the claims of a token speak for whose signature, issuer, audience and times hold. `undefined`: for nobody. */
export const readClaims = (payload: unknown, rules: ClaimRules = ownRules): Verified | undefined => {
  const open = opened.safeParse(payload).data ?? {};
  const known = Known.safeParse(open).data;
  if (known === undefined || isIdToken(open)) return undefined;
  const client = z.string().safeParse(open[rules.claims.client]).data;
  const role = roleIn(open[rules.claims.role], rules);
  const gln = role === undefined ? undefined : glnIn(open, client, { ...rules, role });
  const bound = boundIn(known, rules);
  if (gln === undefined || role === undefined || bound === "refused") return undefined;
  const caller = { gln, role, ...personIn(known) };
  return { caller, until: untilOf(known, rules), ...namesIn(known, client), ...bound };
};
