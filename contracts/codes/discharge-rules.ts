import type { StayEventKind } from "../messages/discharge-stay.ts";

/** What a hospital sees to before a patient leaves (guide to the domain, section 2.1). */
export const checklistItems = [
  "summary",
  "treatment-plan",
  "medication",
  "prescriptions",
  "care-plan",
  "rehabilitation-plan",
] as const;
export type ChecklistItem = (typeof checklistItems)[number];

/** Items that are owed from the discharge on; the care plan has a promise and a time of its own. */
type ReadyItem = Exclude<ChecklistItem, "care-plan">;

type DischargeRules = {
  /** Items that are needed unless the hospital says otherwise, by how the patient was in the hospital. */
  neededAtDischarge: Readonly<Record<"admitted" | "acuteAmbulant", readonly ReadyItem[]>>;
  /** Events that the practice is told of. The municipality is told of all. */
  practiceToldOf: readonly StayEventKind[];
  /** Events on which the municipality owes an admission report, when they are the first of the stay. */
  reportOn: readonly StayEventKind[];
  /** Not asked again when the patient comes from another hospital of the same region. */
  reportAgainWithinRegion: boolean;
  /** A notification that comes later than this after its event is taken, with a warning. */
  notifyWithinMinutes: number;
  /** How far ahead of the hub's clock a sender's may be; what is told of a later moment has not happened yet. */
  clockSkewMinutes: number;
  /** A shorter stay needs no care plan: phone and correspondence do. */
  carePlanAfterHours: number;
  /** When the care plan is due on the day of discharge, Danish time. */
  carePlanBy: string;
  maxHomeVisitContacts: number;
};

/**
 * Defaults for every region. Sources: the four items at discharge, Praksisplan Midtjylland 5.1; notifications and admission
 * report, MedCom HospitalNotification clinical guidelines 4 to 6 (five minutes is a default); care plan,
 * sectorovergang.rm.dk 2-4 and 2-5; three contacts, agreement on follow-up visits in Region Midtjylland (4213 to 4216).
 * That a practice is not told of acute ambulant visits is a default.
 */
export const dischargeRules: DischargeRules = {
  neededAtDischarge: {
    admitted: ["summary", "treatment-plan", "medication", "prescriptions"],
    acuteAmbulant: ["summary"],
  },
  practiceToldOf: ["admitted", "leave-started", "leave-ended", "transferred", "discharged", "dead"],
  reportOn: ["acute-ambulant", "admitted", "transferred"],
  reportAgainWithinRegion: false,
  notifyWithinMinutes: 5,
  clockSkewMinutes: 5,
  carePlanAfterHours: 24,
  carePlanBy: "12:00",
  maxHomeVisitContacts: 3,
};
