import { z } from "zod";
import { Family } from "./family.ts";
import { Address, MunicipalityCode } from "./identifiers.ts";
import { Limit } from "./limits.ts";
import { Opening, OrganisationKind } from "./messages/directory.ts";

/** The same thing said to people in Danish and in English. */
export const InBothLanguages = z.object({ da: z.string().min(1).max(500), en: z.string().min(1).max(500) });
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
export type EscalationTo = z.infer<typeof EscalationTo>;

/** Somebody who is told when an answer is about to be late, or is. */
const EscalationStep = z.strictObject({
  to: EscalationTo,
  /** Absent: a breach. */
  on: z.enum(["warning", "breach"]).optional(),
  /** Told at once, also at night. Absent: it waits for the receiver's day, and its digest. */
  urgent: z.boolean().optional(),
  /** How long after the breach, if the answer is still owed then: so many minutes, or working days of the debtor. */
  after: Limit.optional(),
  ...InBothLanguages.shape,
});
export type EscalationStep = z.infer<typeof EscalationStep>;

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
    /** One warning or several, each given once. */
    warnAt: z.union([Limit, z.array(Limit).min(1).max(10)]),
    /**
     * What a case that is opened again does to a clock that has ended: `restart`, which is meant when it is absent, makes a new one with
     * the whole time; `continue` lets it go on with what it had left, and what was late stays late.
     */
    onReopen: z.enum(["restart", "continue"]).optional(),
    /**
     * What other opening hours or closing days of the debtor do to a running clock: it keeps those that it started with, which is
     * meant when it is absent, or is counted anew from its start.
     */
    onChange: z.enum(["keep", "recompute"]).optional(),
    /** What the end of the agreement does to a running clock: it was promised, so it runs on, also when absent; or it is cancelled. */
    onEnd: z.enum(["runOn", "cancel"]).optional(),
    /** The share of answers that shall be in time, in percent; absent: none was agreed on. */
    targetShare: z.number().min(1).max(100).optional(),
    escalation: z.array(EscalationStep).min(1).max(20),
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

/** The warnings of an agreement or a clock, in its order. */
export const warningsOf = ({ warnAt }: { warnAt: Limit | readonly Limit[] }): readonly Limit[] =>
  "kind" in warnAt ? [warnAt] : warnAt;

export const isClock = (entry: AgreementEntry): entry is Agreement => entry.kind === "clock";

/** Whether an agreement of this id gives its time to that promise: its id is the promise's, or begins with it. */
export const keeps = (agreementId: string, promise: string): boolean =>
  agreementId === promise || agreementId.startsWith(`${promise}-`);
