import type { AgreementEntry } from "../agreement.ts";
import type { Family } from "../family.ts";
import type { OrganisationKind } from "../messages/directory.ts";
import { ReferralKind } from "../messages/referral-content.ts";

/** A matter that a promise must be kept in: `tiers` each need an agreement of their own, or one for all. */
export type PromisedMatter = {
  family: Family | "any";
  kind: string;
  tiers?: readonly string[];
  /** Who may owe it. Absent: anybody. */
  debtors?: readonly OrganisationKind[];
};

/**
 * Something that one party may expect of another. What the hub asks of a set of agreements: that each promise has one for every
 * matter, debtor and date. `clock`: an answer in time; `rule`: content; `availability`: being reached.
 */
export type Promised = { id: string; kind: AgreementEntry["kind"]; matters: readonly PromisedMatter[] };

/** The kind of matter of a delivery, whatever the family: what a receipt is about. */
export const deliveryMatter = "delivery";

/**
 * Among the facts on which a clock stops: whoever owes has read what it was sent, since it said so or acted on the case. No family tells
 * it, the receipts of people do. The receipt of a system is no reading.
 */
export const documentRead = "DocumentRead";

const hospitals = ["hospital", "department"] as const;
const teams = ["acuteTeam", "municipality", "region"] as const;
const offers = ["municipality", "region", "other"] as const;
const doctors = ["practice", "outOfHours", "hospital", "department", "other"] as const;

const advice = (kind: string, debtors: readonly OrganisationKind[]): PromisedMatter[] => [
  { family: "advice", kind, debtors },
];
const stay = (kind: string, debtors: readonly OrganisationKind[]): PromisedMatter[] => [
  { family: "discharge", kind, debtors },
];
const referrals = (kinds: readonly ReferralKind[], debtors?: readonly OrganisationKind[]): PromisedMatter[] =>
  kinds.map((kind) => ({ family: "referral", kind, ...(debtors === undefined ? {} : { debtors }) }));

const clock = (id: string, matters: readonly PromisedMatter[]): Promised => ({ id, kind: "clock", matters });

const promisedTimes: readonly Promised[] = [
  clock("ADVICE-MSG", advice("specialist", hospitals)),
  clock("COR-ROUTINE", advice("correspondence", ["practice", "municipality", "acuteTeam"])),
  clock("COR-HOSP-READ", []),
  clock("COR-REFQUERY-ASAP", referrals(ReferralKind.options)),
  clock("REF-TRIAGE", referrals(["hospital", "imaging", "psychiatry", "cancer"], hospitals)),
  clock("REF-FORWARD", referrals(ReferralKind.options, hospitals)),
  clock("REF-NOTICE", referrals(["hospital", "psychiatry", "cancer"], hospitals)),
  clock("REF-DIAG-RIGHT", referrals(["hospital", "psychiatry"], hospitals)),
  clock("REF-CANCER", referrals(["cancer"], hospitals)),
  clock("IMG-DIRECT", referrals(["imaging"], hospitals)),
  clock("IMG-CRITICAL", referrals(["imaging"], hospitals)),
  clock("ACUTE-REQ", referrals(["acute-team"], teams)),
  clock("ACUTE-VISIT", [
    { family: "referral", kind: "acute-team", tiers: ["acute", "sub-acute"], debtors: teams },
  ]),
  clock("ACUTE-RESULT", referrals(["acute-team"], teams)),
  clock("PREV-REF", referrals(["prevention"], offers)),
  clock("PREV-NOSHOW", referrals(["prevention"], offers)),
  clock("PREV-CLOSE", referrals(["prevention"], offers)),
  clock("ADM-NOTIFY", stay("notification", hospitals)),
  clock("ADM-REPORT", stay("admission-report", ["municipality"])),
  clock("EPI-DISCHARGE", stay("discharge-ready", hospitals)),
  clock("CARE-PLAN", stay("care-plan", hospitals)),
  clock("EPI-REVIEW", [
    { family: "discharge", kind: "review", tiers: ["akut", "subakut", "rutine"], debtors: ["practice"] },
  ]),
  clock("RESP-72H", stay("responsibility", hospitals)),
  clock("HOMEVISIT", stay("home-visit", ["practice", "municipality"])),
  clock("TOBS-MSG", [{ family: "observation", kind: "score", debtors: doctors }]),
  clock("TOBS-REPEAT", [{ family: "observation", kind: "score", debtors: ["municipality", "acuteTeam"] }]),
  clock("SUBACUTE", [{ family: "booking", kind: "request", debtors: hospitals }]),
  clock("RECEIPT", [{ family: "any", kind: deliveryMatter }]),
];

const promisedElse: readonly Promised[] = [
  { id: "COR-URGENT-BLOCK", kind: "rule", matters: [{ family: "advice", kind: "correspondence" }] },
  { id: "EPI-72H-CONTENT", kind: "rule", matters: stay("summary", hospitals) },
  { id: "PSY-REFERRAL", kind: "rule", matters: referrals(["psychiatry"]) },
  { id: "ADVICE-PHONE", kind: "availability", matters: [] },
  { id: "GP-PHONE", kind: "availability", matters: [] },
];

/** Every promise that the hub knows. The families decide when one is given; agreements say how long it gives. */
export const promises: readonly Promised[] = [...promisedTimes, ...promisedElse];

const isNew = (kind: string, i: number, all: readonly string[]): boolean => all.indexOf(kind) === i;

/** The kinds of matter of a family that anything is promised about; of `any` those of every family. */
export const matterKinds = (family: Family | "any"): readonly string[] =>
  promises
    .flatMap(({ matters }) => matters)
    .filter((matter) => family === "any" || matter.family === family || matter.family === "any")
    .map(({ kind }) => kind)
    .filter(isNew);

/** The tiers that a kind of matter is known by; absent: any word, e.g. one of a region's own score scheme. */
export const tiersOf = (kind: string): readonly string[] | undefined =>
  promises
    .flatMap(({ matters }) => matters)
    .find((matter) => matter.kind === kind && matter.tiers !== undefined)?.tiers;
