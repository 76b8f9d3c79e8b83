import { z } from "zod";
import type { OrganisationKind } from "../messages/directory.ts";
import { Basis } from "../messages/observation-parts.ts";
import { ReferralKind } from "../messages/referral-content.ts";
import type { CaseRecord } from "../record.ts";
import { LegalBasis, legalBases } from "./law.ts";
import { type LawRow, messageLaw, noticeLaw, type Side, sideOf } from "./message-law.ts";

/**
 * What a message was passed on by: a code of `contracts/access/law.ts`, and where that is written. `reason`: what the sender said,
 * which a value spring demands. `sure`: `H` as the law says, `M` as we read it.
 */
export const MessageBasis = z
  .object({
    code: LegalBasis,
    source: z.string(),
    sure: z.enum(["H", "M"]),
    reason: z.string().optional(),
  })
  .meta({ id: "MessageBasis" });
export type MessageBasis = z.infer<typeof MessageBasis>;

/** What a case tells of all its messages. */
const Told = z.object({
  kind: ReferralKind.optional().catch(undefined),
  basis: Basis.optional().catch(undefined),
});
export type Told = z.infer<typeof Told>;

/** The kind of a referral and the ground of an episode, as the case last told them. */
export const toldIn = (records: readonly Pick<CaseRecord, "facts">[]): Told =>
  records
    .flatMap(({ facts }) => facts)
    .reduce<Told>((told, fact) => {
      const { kind = told.kind, basis = told.basis } = Told.parse(fact);
      return { kind, basis };
    }, {});

const statedBases = {
  treatment: "current-treatment",
  consent: "consent",
  valueSpring: "value-spring",
} as const satisfies Record<Basis["kind"], LegalBasis>;

const side = (kind: OrganisationKind | undefined): Side => (kind === undefined ? "other" : sideOf[kind]);

type Parties = { from: OrganisationKind | undefined; to: OrganisationKind | undefined };

const fits = (row: LawRow, { from, to }: Parties, kind: ReferralKind | undefined): boolean =>
  (row.kinds === undefined || (kind !== undefined && row.kinds.includes(kind))) &&
  (row.from === undefined || row.from.includes(side(from))) &&
  (row.to === undefined || row.to.includes(side(to)));

const written = (code: LegalBasis, reason?: string): MessageBasis => {
  const { source, sure } = legalBases[code];
  return { code, source, sure, ...(reason === undefined ? {} : { reason }) };
};

/**
 * What a message rests on: the fact that it tells, in which family, between whom, and what the case told before. `undefined`: the table has no
 * such message, which only a record of another release can be.
 */
export const basisOfMessage = (
  message: { family: CaseRecord["family"]; fact: { type: string } } & Parties,
  { kind, basis }: Told,
): MessageBasis | undefined => {
  const { family, fact } = message;
  const rule = noticeLaw[fact.type] ?? messageLaw[family][fact.type];
  const row = rule?.find((one) => fits(one, message, kind));
  if (row === undefined) return undefined;
  if (row.basis !== "stated") return written(row.basis);
  const said = basis ?? { kind: "treatment" };
  return written(statedBases[said.kind], said.kind === "valueSpring" ? said.reason : undefined);
};
