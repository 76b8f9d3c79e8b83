import type { Agreement } from "../../agreement.ts";

const hospitals = ["hospital", "department"] as const;

/** A marked summary is reviewed by its priority (guide, EPI-REVIEW). The days are a default, so `basis` says so. */
const review = (
  tier: "akut" | "subakut" | "rutine",
  times: Pick<Agreement, "limit" | "warnAt">,
  name: Agreement["name"],
): Agreement => ({
  kind: "clock",
  id: `EPI-REVIEW-${tier.toUpperCase()}`,
  promise: "EPI-REVIEW",
  version: 1,
  name,
  validFrom: "2026-01-01",
  appliesTo: { family: "discharge", kinds: ["review"], tiers: [tier] },
  parties: { debtor: { kinds: ["practice"] } },
  startsOn: ["ReviewAwaited"],
  pausesOn: [],
  resumesOn: [],
  stopsOn: ["SummaryReviewed"],
  cancelsOn: ["ReviewNotAwaited"],
  measuredTo: "delivery",
  ...times,
  calendar: "workingDays",
  escalation: [
    {
      to: "practice",
      da: "Epikrisen står øverst på klinikkens opgaveliste.",
      en: "It is first on the practice's task list.",
    },
  ],
  source: {
    document:
      "STPS: marked summaries must be reviewed 'ved modtagelse'; codes Akut/Subakut/Rutine from XDIS schema 2018/08/06",
    note: "The duty and the codes were read; the days are a default.",
  },
  basis: "default",
});

/** Promises about stays in hospital and what follows them (guide to the domain, section 10). */
export const dischargeAgreements: readonly Agreement[] = [
  {
    kind: "clock",
    id: "ADM-REPORT",
    promise: "ADM-REPORT",
    version: 1,
    name: { da: "Indlæggelsesrapport", en: "Admission report" },
    validFrom: "2026-01-01",
    appliesTo: { family: "discharge", kinds: ["admission-report"] },
    parties: { debtor: { kinds: ["municipality"] } },
    startsOn: ["AdmissionReportRequested"],
    pausesOn: [],
    resumesOn: [],
    stopsOn: ["AdmissionReportSent"],
    cancelsOn: ["AdmissionReportNotNeeded"],
    measuredTo: "delivery",
    limit: { kind: "elapsed", minutes: 1_440 },
    calendar: "clock",
    warnAt: { kind: "elapsed", minutes: 720 },
    escalation: [
      {
        to: "team",
        da: "Kommunens ledende sygeplejerske ser til det.",
        en: "The municipality nurse lead sees to it.",
      },
    ],
    source: { document: "http://www.sektorovergang.rm.dk/flowchart/underside-2-2", section: "2-2" },
    basis: "sourced",
  },
  {
    // One clock for each thing that is to be there when the patient leaves: the summary, and the rest of the checklist.
    // The guide warns at the discharge itself: the sender of the notification is warned in its answer, and the clock on the
    // evening of that day, since the summary is dictated the same day.
    kind: "clock",
    id: "EPI-DISCHARGE",
    promise: "EPI-DISCHARGE",
    version: 1,
    name: { da: "Epikrise og behandlingsplan ved udskrivelse", en: "Summary and plan at discharge" },
    validFrom: "2026-01-01",
    appliesTo: { family: "discharge", kinds: ["discharge-ready"] },
    parties: { debtor: { kinds: [...hospitals] } },
    startsOn: ["ChecklistAwaited"],
    pausesOn: [],
    resumesOn: [],
    stopsOn: ["ChecklistCompleted"],
    cancelsOn: ["DischargeUndone"],
    measuredTo: "delivery",
    limit: { kind: "workingDays", days: 1 },
    calendar: "workingDays",
    warnAt: { kind: "workingDays", days: 0 },
    escalation: [
      {
        to: "team",
        da: "Den udskrivende afdeling ser til det; i lægens indbakke står, at epikrisen mangler.",
        en: "The discharging department sees to it; the GP's inbox shows that the summary is missing.",
      },
    ],
    source: {
      document:
        "Praksisplan Midtjylland s.5.1; pri.rn.dk/Sider/25349.aspx (dictated same day); Randers/Herlev patient pages (visible within ~3 days)",
      section: "5.1",
      note: "Ready at discharge, and dictated the same day, were read; the end of the next working day is a default.",
    },
    basis: "default",
  },
  {
    // Counted from midnight of the day of discharge, so that it is due at twelve.
    kind: "clock",
    id: "CARE-PLAN",
    promise: "CARE-PLAN",
    version: 1,
    name: { da: "Plejeforløbsplan", en: "Care pathway plan" },
    validFrom: "2026-01-01",
    appliesTo: { family: "discharge", kinds: ["care-plan"] },
    parties: { debtor: { kinds: [...hospitals] } },
    startsOn: ["CarePlanAwaited"],
    pausesOn: [],
    resumesOn: [],
    stopsOn: ["CarePlanSent"],
    cancelsOn: ["CarePlanNotAwaited"],
    measuredTo: "delivery",
    limit: { kind: "elapsed", minutes: 720 },
    calendar: "clock",
    warnAt: { kind: "elapsed", minutes: 660 },
    escalation: [
      { to: "phone", da: "Hospitalet ringer til kommunen.", en: "The hospital phones the municipality." },
    ],
    source: {
      document: "http://www.sektorovergang.rm.dk/flowchart/underside-2-4 and -2-5",
      section: "2-4, 2-5",
    },
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
    kind: "clock",
    id: "HOMEVISIT",
    promise: "HOMEVISIT",
    version: 1,
    name: { da: "Opfølgende hjemmebesøg", en: "Follow-up home visit" },
    validFrom: "2026-01-01",
    appliesTo: { family: "discharge", kinds: ["home-visit"] },
    parties: { debtor: { kinds: ["practice", "municipality"] } },
    startsOn: ["HomeVisitDue"],
    pausesOn: [],
    resumesOn: [],
    stopsOn: ["HomeVisitHeld"],
    cancelsOn: ["HomeVisitNotDue", "HomeVisitDeclined"],
    measuredTo: "delivery",
    limit: { kind: "calendarDays", days: 7 },
    calendar: "everyDay",
    warnAt: { kind: "calendarDays", days: 5 },
    escalation: [
      {
        to: "team",
        da: "Kommunens koordinator ser til det.",
        en: "The municipality coordinator sees to it.",
      },
    ],
    source: { document: "schemes found (RM, RH) but not the day count", note: "Seven days are a default." },
    basis: "default",
  },
];
