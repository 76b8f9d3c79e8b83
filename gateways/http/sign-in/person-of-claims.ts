import { z } from "zod";
import { Assurance, type Person, PersonRole } from "../../../contracts/messages/session.ts";
import type { ProviderFile } from "./provider-file.ts";

/** Why somebody whom the provider knows is not let in. */
export type Unwelcome = "assurance" | "organisation" | "role" | "name";

const texts = (value: unknown): string[] =>
  z.union([z.string().transform((one) => [one]), z.array(z.string())]).safeParse(value).data ?? [];

/** Somebody less surely known than `least` is not let in; a provider that does not say how surely says nothing. */
const isSureEnough = (said: unknown, least: ProviderFile["leastAssurance"]): boolean => {
  const level = Assurance.safeParse(said).data;
  return level !== undefined && Assurance.options.indexOf(level) >= Assurance.options.indexOf(least);
};

const rolesIn = (said: unknown, names: ProviderFile["roles"]): PersonRole[] => {
  const found = texts(said).flatMap((role) => {
    const ours = names === undefined ? PersonRole.safeParse(role).data : names[role];
    return ours === undefined ? [] : [ours];
  });
  return [...new Set(found)];
};

type Asked = {
  file: Pick<ProviderFile, "claims" | "roles" | "leastAssurance">;
  /** Names the person by their subject at this provider, and tells nothing of it. */
  idOf: (subject: string) => string;
  isOrganisation: (gln: string) => boolean;
};

/** Who somebody is, by the claims of an ID token that was verified (OpenID Connect Core 1.0, section 2). */
export const personOfClaims = (
  claims: Readonly<Record<string, unknown>>,
  { file, idOf, isOrganisation }: Asked,
): { person: Person } | { unwelcome: Unwelcome } => {
  const [gln = ""] = texts(claims[file.claims.gln]);
  const [name = ""] = texts(claims[file.claims.name]);
  const roles = rolesIn(claims[file.claims.roles], file.roles);
  if (!isSureEnough(claims[file.claims.assurance], file.leastAssurance)) return { unwelcome: "assurance" };
  if (!isOrganisation(gln)) return { unwelcome: "organisation" };
  if (roles.length === 0) return { unwelcome: "role" };
  if (name === "") return { unwelcome: "name" };
  const assurance = Assurance.safeParse(claims[file.claims.assurance]).data;
  const known = assurance === undefined ? {} : { assurance };
  return { person: { id: idOf(String(claims["sub"])), name: name.slice(0, 70), gln, roles, ...known } };
};
