import type { Agreement } from "../../clocks.ts";

const hospitals = ["hospital", "department"] as const;

const reviewSource =
  "STPS, vejledning om epikriser: marked summaries are reviewed on receipt; codes Akut/Subakut/Rutine of XDIS01 (2018/08/06); the days are a default";

/** A marked summary is reviewed by its priority (guide, EPI-REVIEW). The days are a default, so `basis` says so. */
const review = (
  tier: "akut" | "subakut" | "rutine",
  times: Pick<Agreement, "limit" | "warnAt">,
  name: Agreement["name"],
): Agreement => ({
  id: `EPI-REVIEW-${tier.toUpperCase()}`,
  version: 1,
  name,
  validFrom: "2026-01-01",
  appliesTo: { family: "discharge", kinds: ["review"], debtorKinds: ["practice"], tiers: [tier] },
  startsOn: ["ReviewAwaited"],
  pausesOn: [],
  resumesOn: [],
  stopsOn: ["SummaryReviewed"],
  cancelsOn: ["ReviewNotAwaited"],
  ...times,
  onBreach: "practice's task list",
  source: reviewSource,
  basis: "default",
});

/** Promises about stays in hospital and what follows them (guide to the domain, section 10). */
export const dischargeAgreements: readonly Agreement[] = [
  {
    id: "ADM-REPORT",
    version: 1,
    name: { da: "Indlæggelsesrapport", en: "Admission report" },
    validFrom: "2026-01-01",
    appliesTo: { family: "discharge", kinds: ["admission-report"], debtorKinds: ["municipality"] },
    startsOn: ["AdmissionReportRequested"],
    pausesOn: [],
    resumesOn: [],
    stopsOn: ["AdmissionReportSent"],
    cancelsOn: ["AdmissionReportNotNeeded"],
    limit: { kind: "elapsed", minutes: 1_440 },
    warnAt: { kind: "elapsed", minutes: 720 },
    onBreach: "municipality nurse lead",
    source: "http://www.sektorovergang.rm.dk/flowchart/underside-2-2",
    basis: "sourced",
  },
  {
    // One clock for each thing that is to be there when the patient leaves: the summary, and the rest of the checklist.
    // The guide warns at the discharge itself: the sender of the notification is warned in its answer, and the clock on the
    // evening of that day, since the summary is dictated the same day.
    id: "EPI-DISCHARGE",
    version: 1,
    name: { da: "Epikrise og behandlingsplan ved udskrivelse", en: "Summary and plan at discharge" },
    validFrom: "2026-01-01",
    appliesTo: { family: "discharge", kinds: ["discharge-ready"], debtorKinds: [...hospitals] },
    startsOn: ["ChecklistAwaited"],
    pausesOn: [],
    resumesOn: [],
    stopsOn: ["ChecklistCompleted"],
    cancelsOn: ["DischargeUndone"],
    limit: { kind: "workingDays", days: 1 },
    warnAt: { kind: "workingDays", days: 0 },
    onBreach: "discharging department; GP inbox shows 'missing summary'",
    source:
      "Praksisplan Midtjylland s.5.1 (ready at discharge); pri.rn.dk/Sider/25349.aspx (dictated same day); the next working day is a default",
    basis: "default",
  },
  {
    // Counted from midnight of the day of discharge, so that it is due at twelve.
    id: "CARE-PLAN",
    version: 1,
    name: { da: "Plejeforløbsplan", en: "Care pathway plan" },
    validFrom: "2026-01-01",
    appliesTo: { family: "discharge", kinds: ["care-plan"], debtorKinds: [...hospitals] },
    startsOn: ["CarePlanAwaited"],
    pausesOn: [],
    resumesOn: [],
    stopsOn: ["CarePlanSent"],
    cancelsOn: ["CarePlanNotAwaited"],
    limit: { kind: "elapsed", minutes: 720 },
    warnAt: { kind: "elapsed", minutes: 660 },
    onBreach: "hospital phones municipality",
    source: "http://www.sektorovergang.rm.dk/flowchart/underside-2-4 and -2-5",
    basis: "sourced",
  },
  review(
    "akut",
    // The same day: the next closing time of a working day. There is no smaller number of days to warn at.
    { limit: { kind: "workingDays", days: 0 }, warnAt: { kind: "openingMinutes", minutes: 60 } },
    { da: "Gennemsyn af epikrise mærket akut", en: "Review of a summary marked acute" },
  ),
  review(
    "subakut",
    { limit: { kind: "workingDays", days: 1 }, warnAt: { kind: "workingDays", days: 0 } },
    { da: "Gennemsyn af epikrise mærket subakut", en: "Review of a summary marked sub-acute" },
  ),
  review(
    "rutine",
    { limit: { kind: "workingDays", days: 3 }, warnAt: { kind: "workingDays", days: 1 } },
    { da: "Gennemsyn af epikrise mærket rutine", en: "Review of a summary marked routine" },
  ),
  {
    id: "HOMEVISIT",
    version: 1,
    name: { da: "Opfølgende hjemmebesøg", en: "Follow-up home visit" },
    validFrom: "2026-01-01",
    appliesTo: { family: "discharge", kinds: ["home-visit"], debtorKinds: ["practice", "municipality"] },
    startsOn: ["HomeVisitDue"],
    pausesOn: [],
    resumesOn: [],
    stopsOn: ["HomeVisitHeld"],
    cancelsOn: ["HomeVisitNotDue", "HomeVisitDeclined"],
    limit: { kind: "calendarDays", days: 7 },
    warnAt: { kind: "calendarDays", days: 5 },
    onBreach: "municipality coordinator",
    source:
      "agreements on follow-up visits in Region Midtjylland and Region Hovedstaden; no number of days in them",
    basis: "default",
  },
];
