import type { ErrorCode } from "../errors.ts";
import type { LegalBasis } from "./law.ts";
import {
  type AccessRole,
  type Gives,
  type Purpose,
  policy,
  type Relation,
  type Resource,
  type Row,
} from "./policy.ts";

/** Who asks, as far as the policy looks at it. A person may have several roles: what one of them allows is allowed. */
type Asker = { roles: readonly AccessRole[] };

type MayI =
  | { yes: true; basis: LegalBasis; gives: Gives; role: AccessRole; purpose: Purpose }
  | { yes: false; code: Extract<ErrorCode, "role-not-allowed" | "operator-only" | "sender-not-authorised"> };

const rowsOf = new Map<Resource, readonly Row[]>();
for (const row of policy) rowsOf.set(row.resource, [...(rowsOf.get(row.resource) ?? []), row]);

/** Only those who run the hub, or control it, have to do with it. */
const isForOperators = (rows: readonly Row[]): boolean =>
  rows.every(({ who }) => Object.keys(who).every((role) => role === "operator" || role === "controller"));

const granted = ({ who, basis, gives }: Row, roles: readonly AccessRole[]): MayI | undefined => {
  for (const role of roles) {
    const purpose = who[role];
    if (purpose !== undefined) return { yes: true, basis, gives, role, purpose };
  }
  return undefined;
};

/**
 * The one decision of who may see what. `relation` absent: whether there is any way for such a role at all, asked at the door before
 * anything is read; how the asker stands to the thing itself is asked again where the thing is.
 */
export const mayI = (
  { roles }: Asker,
  { resource, relation }: { resource: Resource; relation?: Relation | undefined },
): MayI => {
  const rows = rowsOf.get(resource) ?? [];
  for (const row of rows) {
    if (relation !== undefined && !row.relations.includes(relation)) continue;
    const answer = granted(row, roles);
    if (answer !== undefined) return answer;
  }
  if (rows.some((row) => granted(row, roles) !== undefined))
    return { yes: false, code: "sender-not-authorised" };
  return { yes: false, code: isForOperators(rows) ? "operator-only" : "role-not-allowed" };
};

const asSystem: Asker = { roles: ["system"] };
const asOperator: Asker = { roles: ["operator"] };

/** A viewer as services know it: an organisation's GLN, or those who run the hub. A person's role was asked at the door. */
export const askerOf = (viewer: string): Asker => (viewer === "operator" ? asOperator : asSystem);
