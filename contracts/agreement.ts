import { z } from "zod";
import { Family } from "./family.ts";
import { Address, MunicipalityCode } from "./identifiers.ts";
import { Limit } from "./limits.ts";
import { Opening, OrganisationKind } from "./messages/directory.ts";

/** The same thing said to people in Danish and in English. */
const InBothLanguages = z.object({ da: z.string().min(1).max(500), en: z.string().min(1).max(500) });
export type InBothLanguages = z.infer<typeof InBothLanguages>;

export const AgreementId = z
  .string()
  .regex(/^[A-Z][A-Z0-9]*(-[A-Z0-9]+)*$/, "An id is capital letters, digits and single hyphens.")
  .max(60);

/**
 * Who a party must be. Each list that is given must hold the party: `organisations` itself or a whole that it is part of (its
 * hospital, its region); `municipalities` the municipality that it is, or is part of; `kinds` its kind.
 */
const PartyFilter = z.strictObject({
  organisations: z.array(Address).min(1).optional(),
  municipalities: z.array(MunicipalityCode).min(1).optional(),
  kinds: z.array(OrganisationKind).min(1).optional(),
});
export type PartyFilter = z.infer<typeof PartyFilter>;

const words = z.array(z.string().min(1).max(60)).min(1).optional();

/** What an agreement is about. A list that is absent: any. */
const Matters = z.strictObject({
  family: z.union([Family, z.literal("any")]),
  /** The family's own kinds of matter, e.g. `specialist`, `imaging`. */
  kinds: words,
  /** MedCom MedicalSpecialityCode. */
  specialities: words,
  /** How urgent the matter is, in the family's words. */
  priorities: words,
  /** What the time depends on besides, in the family's words: an action priority (`akut`), an examination (`ct-thorax`). */
  tiers: words,
});

const source = z.strictObject({
  /** The document, as somebody finds it again. */
  document: z.string().min(1).max(500),
  section: z.string().min(1).max(60).optional(),
  /** What of it was read there and what was not. */
  note: z.string().min(1).max(500).optional(),
});

const common = {
  id: AgreementId,
  /** The promise of `codes/promises.ts` that it gives a time, or the words, to. */
  promise: AgreementId,
  version: z.number().int().min(1),
  name: InBothLanguages,
  /** Danish dates, both included. */
  validFrom: z.iso.date(),
  validTo: z.iso.date().optional(),
  appliesTo: Matters,
  /** `debtor`: who owes the answer; `creditor`: who it was promised. */
  parties: z.strictObject({ debtor: PartyFilter.optional(), creditor: PartyFilter.optional() }).default({}),
  source,
  /** `sourced`: the time was read in a document; `default`: it was proposed here, and is to be agreed on locally. */
  basis: z.enum(["sourced", "default"]),
  /** Why the hub cannot measure it yet: it is listed and explained, and nothing runs. */
  notYet: InBothLanguages.optional(),
};

/**
 * In which days and hours a time is counted. `clock`: every minute of every day; `everyDay`: whole days, holidays too;
 * `workingDays`: Monday to Friday without public holidays and the debtor's own closing days; `debtorHours`: the debtor's
 * opening hours.
 */
export const AgreementCalendar = z.enum(["clock", "everyDay", "workingDays", "debtorHours"]);
export type AgreementCalendar = z.infer<typeof AgreementCalendar>;

/** Who is told when nobody has answered: the debtor's team, the practice, who runs the hub, who comes next, somebody by phone. */
export const EscalationTo = z.enum(["team", "practice", "operations", "nextInLine", "phone"]);

const facts = z.array(z.string().regex(/^[A-Za-z]+$/));

/** A response-time agreement: who answers whom, how fast, from which fact to which fact (design, section 4). */
export const Agreement = z
  .strictObject({
    kind: z.literal("clock"),
    ...common,
    /** Facts of the family, or for deliveries their changes. A clock starts when the family says who owes whom. */
    startsOn: facts,
    pausesOn: facts.default([]),
    resumesOn: facts.default([]),
    stopsOn: facts,
    /** Facts after which the answer is no longer owed. */
    cancelsOn: facts.default([]),
    /** Whether it is kept when the answer is on its way to the creditor, or when the creditor has read it. */
    measuredTo: z.enum(["delivery", "reading"]),
    limit: Limit,
    calendar: AgreementCalendar,
    warnAt: Limit,
    /** The share of answers that shall be in time, in percent; absent: none was agreed on. */
    targetShare: z.number().min(1).max(100).optional(),
    escalation: z.array(z.strictObject({ to: EscalationTo, ...InBothLanguages.shape })).min(1),
  })
  .meta({ id: "Agreement" });
export type Agreement = z.infer<typeof Agreement>;

/** What a document must hold, or may not be used for: no clock runs, the hub looks when the document comes. */
const ContentRule = z.strictObject({
  kind: z.literal("rule"),
  ...common,
  rule: InBothLanguages,
  /** Whether what breaks it is refused, or taken with a warning; `people`: the sender's own system or a person sees to it. */
  whenBroken: z.enum(["refuse", "warn", "people"]),
});

/** When somebody can be reached, and what to do when not: no clock runs, since the hub carries no calls. */
const Availability = z.strictObject({
  kind: z.literal("availability"),
  ...common,
  hours: z.array(Opening).min(1),
  calendar: AgreementCalendar,
  /** How soon a call is answered within the hours. */
  limit: Limit.optional(),
  otherwise: InBothLanguages,
});

/** One entry of a set: a time, a rule of content, or when somebody can be reached. */
export const AgreementEntry = z
  .discriminatedUnion("kind", [Agreement, ContentRule, Availability])
  .meta({ id: "AgreementEntry" });
export type AgreementEntry = z.infer<typeof AgreementEntry>;

/** A file of agreements. Several files together are a region's set. */
export const AgreementSet = z
  .strictObject({
    format: z.literal("sektorbro-agreements"),
    id: z.string().regex(/^[a-z][a-z0-9-]{0,59}$/, "The id of a set is small letters, digits and hyphens."),
    /** Grows with every change of the file. */
    version: z.number().int().min(1),
    /** No agreement of it begins before. */
    validFrom: z.iso.date(),
    agreements: z.array(AgreementEntry).min(1),
  })
  .meta({ id: "AgreementSet" });
export type AgreementSet = z.infer<typeof AgreementSet>;

export const isClock = (entry: AgreementEntry): entry is Agreement => entry.kind === "clock";

/** Whether an agreement of this id gives its time to that promise: its id is the promise's, or begins with it. */
export const keeps = (agreementId: string, promise: string): boolean =>
  agreementId === promise || agreementId.startsWith(`${promise}-`);
