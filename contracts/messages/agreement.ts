import { z } from "zod";
import { AgreementEntry, AgreementId } from "../agreement.ts";
import { KeptAgreement, KnownSet } from "../agreement-book.ts";
import { measures } from "../codes/agreement-words.ts";
import { commandOf } from "../command.ts";
import { Family } from "../family.ts";
import { Address } from "../identifiers.ts";

/** A new version of an agreement, or the first of a new one. It begins today or later; those before it stay as they are. */
export const NewAgreementVersion = z
  .object({
    agreement: AgreementEntry,
    /**
     * What becomes of clocks that run under an older version when this one begins: they keep it, also when this is absent, or each is
     * counted anew from its own start, with every pause; what was late stays late.
     */
    runningClocks: z.enum(["keep", "recompute"]).optional(),
  })
  .meta({ id: "NewAgreementVersion" });

export const PutAgreementVersion = NewAgreementVersion.extend({
  /** As the address names it. */
  id: AgreementId,
  /** The person or system that changes it, for the history. */
  changedBy: z.string().min(1).max(100).optional(),
}).meta({ id: "PutAgreementVersion" });
export type PutAgreementVersion = z.infer<typeof PutAgreementVersion>;
export const AgreementCommands = { "agreement.putVersion": PutAgreementVersion } as const;
export const AgreementCommand = commandOf("agreement.putVersion", PutAgreementVersion);

/** `date`: a Danish date; absent: today. */
export const AgreementsQuery = z.object({ date: z.iso.date().optional(), family: Family.optional() });
export type AgreementsQuery = z.infer<typeof AgreementsQuery>;

/** What is in force on a date, the rules and the hours of telephones too, in the order of their ids. */
export const AgreementsInForce = z
  .object({ date: z.iso.date(), sets: z.array(KnownSet), agreements: z.array(AgreementEntry) })
  .meta({ id: "AgreementsInForce" });
export type AgreementsInForce = z.infer<typeof AgreementsInForce>;

export const AgreementQuery = z.object({ id: AgreementId });

/** `coming`: begins later; `replaced`: a newer version counts; `ended`: by its own last day, or with its set. */
export const VersionStatus = z.enum(["in-force", "coming", "replaced", "ended"]);
export type VersionStatus = z.infer<typeof VersionStatus>;

/** Every version of an agreement, the newest first, and who brought it and when. */
export const AgreementVersions = z
  .object({
    id: AgreementId,
    date: z.iso.date(),
    versions: z.array(KeptAgreement.extend({ status: VersionStatus })).min(1),
  })
  .meta({ id: "AgreementVersions" });
export type AgreementVersions = z.infer<typeof AgreementVersions>;

const word = z.string().min(1).max(60).optional();

/** Which agreement binds `to`, who owes the answer, towards `from`, who waits for it. Without `kind`: in every kind of matter. */
export const WhyAgreement = z.object({
  family: Family,
  kind: word,
  speciality: word,
  priority: word,
  tier: word,
  from: Address,
  to: Address,
  /** A Danish date; absent: today. */
  date: z.iso.date().optional(),
  /** One promise alone. */
  promise: AgreementId.optional(),
});
export type WhyAgreement = z.infer<typeof WhyAgreement>;

const ConsideredAgreement = z.object({
  id: AgreementId,
  version: z.number(),
  binds: z.boolean(),
  code: z.enum([
    "binds",
    "begins-later",
    "replaced",
    "ended",
    "other-fact",
    "as-specific",
    "differs",
    "less-specific",
  ]),
  /** In what it differs, or names less. */
  measure: z.enum(measures).optional(),
  da: z.string(),
  en: z.string(),
});

/** For each promise of the matter: the agreement that binds, and why each of the others does not. */
export const AgreementReasons = z
  .object({
    date: z.iso.date(),
    promises: z.array(
      z.object({
        promise: AgreementId,
        kind: z.string(),
        agreement: AgreementEntry.optional(),
        why: z.array(ConsideredAgreement),
      }),
    ),
  })
  .meta({ id: "AgreementReasons" });
export type AgreementReasons = z.infer<typeof AgreementReasons>;

export const AgreementQueries = {
  "agreement.list": AgreementsQuery,
  "agreement.show": AgreementQuery,
  "agreement.why": WhyAgreement,
} as const;
