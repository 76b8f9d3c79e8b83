import type { HospitalNotification } from "../fhir/hospital-notification.ts";
import type { StayEventKind } from "../messages/discharge-stay.ts";

/** What a message does with an event of a stay: tells of it, corrects what was told (RE_), or takes it back (AN_). */
export type StayAct = "report" | "correct" | "cancel";
type StayClass = HospitalNotification["stay"]["class"];
type StayStatus = HospitalNotification["stay"]["status"];

type EventCode = "STAA" | "STIN" | "STOR" | "SLOR" | "SLHJ";
export type HospitalCode = EventCode | `RE_${EventCode}` | `AN_${EventCode}` | "MORS" | "AN_MORS";

/**
 * A code of HospitalNotification and what a message that says it has. Without a class: as it was. Without an activity: that
 * of the state which the patient is in. Without a status: the one before. `deceased` is absent where nothing is said of it.
 */
export interface HospitalForm {
  readonly code: HospitalCode;
  readonly da: string;
  readonly act: StayAct;
  readonly event: StayEventKind;
  readonly class?: StayClass;
  readonly status?: StayStatus;
  readonly activity?: string;
  readonly deceased?: boolean;
  /** What the message is counted as, in its envelope. */
  readonly statistics: string;
}

interface EventRow {
  readonly code: EventCode;
  readonly da: string;
  readonly event: StayEventKind;
  readonly class: StayClass;
  readonly activity: string;
  /** When it is told, and when it is corrected. */
  readonly status: StayStatus;
  readonly cancelledStatus: StayStatus;
  readonly statistics: string;
}

const statistics = (postfix: string): string => `MCM:FDIS20#${postfix}`;
const ended = { code: "SLHJ", da: "Udskrevet til hjemmet", event: "discharged" } as const;
const ending = {
  status: "finished",
  cancelledStatus: "in-progress",
  statistics: statistics("EndHospitalStay"),
} as const;

const events: readonly EventRow[] = [
  {
    code: "STAA",
    da: "Akut ambulant",
    event: "acute-ambulant",
    class: "EMER",
    activity: "admit-emergency",
    status: "in-progress",
    cancelledStatus: "entered-in-error",
    statistics: statistics("AcuteAmbulant"),
  },
  {
    code: "STIN",
    da: "Indlagt",
    event: "admitted",
    class: "IMP",
    activity: "admit-inpatient",
    status: "in-progress",
    cancelledStatus: "entered-in-error",
    statistics: statistics("AdmissionInpatient"),
  },
  {
    code: "STOR",
    da: "Orlov begyndt",
    event: "leave-started",
    class: "IMP",
    activity: "start-leave-inpatient",
    status: "onleave",
    cancelledStatus: "in-progress",
    statistics: statistics("OnLeave"),
  },
  {
    code: "SLOR",
    da: "Orlov slut",
    event: "leave-ended",
    class: "IMP",
    activity: "end-leave-inpatient",
    status: "in-progress",
    cancelledStatus: "onleave",
    statistics: statistics("EndOfLeave"),
  },
  { ...ended, class: "IMP", activity: "discharge-inpatient-home", ...ending },
  { ...ended, class: "EMER", activity: "discharge-emergency-home", ...ending },
];

const formsOf = ({ cancelledStatus, ...row }: EventRow): HospitalForm[] => [
  { ...row, act: "report" },
  {
    ...row,
    act: "correct",
    code: `RE_${row.code}`,
    da: `Rettelse: ${row.da}`,
    activity: `revise-${row.activity}`,
  },
  {
    ...row,
    act: "cancel",
    code: `AN_${row.code}`,
    da: `Annullering: ${row.da}`,
    activity: `cancel-${row.activity}`,
    status: cancelledStatus,
  },
];

const death = { event: "dead", statistics: statistics("EndHospitalStay") } as const;
const died: HospitalForm = {
  ...death,
  code: "MORS",
  da: "Død",
  act: "report",
  status: "finished",
  deceased: true,
};
const notDead: HospitalForm = {
  ...death,
  code: "AN_MORS",
  da: "Annullering: død",
  act: "cancel",
  deceased: false,
};

/**
 * MedCom HospitalNotification 3.0, the codes of its clinical guidelines (guide to MedCom FHIR, section 4.1). A discharge has
 * a row for each class. What corrects or takes back an event is counted as the event.
 */
export const hospitalForms: readonly HospitalForm[] = [...events.flatMap(formsOf), died, notDead];

type Told = Pick<HospitalNotification, "history"> & {
  readonly patient: Pick<HospitalNotification["patient"], "deceased">;
};

const byActivity = new Map(
  hospitalForms.flatMap((form) => (form.activity === undefined ? [] : [[form.activity, form]])),
);

/**
 * What a message tells: by its current activity, for death beside it (MORS says it with the activity of the present state) and
 * for a death that is taken back (AN_MORS removes an earlier message and says that the patient lives).
 * `undefined`: its activity is none of a stay.
 */
export const formOf = ({ patient, history }: Told): HospitalForm | undefined => {
  const current = history.at(-1);
  const form = current === undefined ? undefined : byActivity.get(current.activity);
  if (current === undefined || form?.act !== "report") return form;
  if (patient.deceased === true) return died;
  return patient.deceased === false && current.removes ? notDead : form;
};

export const codeOf = (message: Told): HospitalCode | undefined => formOf(message)?.code;

/** The form of an act on an event: what a message of it says. `class`: where the patient is, or was. */
export const formFor = (act: StayAct, event: StayEventKind, stayClass: StayClass): HospitalForm | undefined =>
  hospitalForms.find(
    (form) =>
      form.act === act &&
      form.event === event &&
      (form.class === undefined || event !== "discharged" || form.class === stayClass),
  );

/** The event that an activity tells of, as it was told first: what is corrected or taken back. */
export const eventActivity = (activity: string): string => activity.replace(/^(revise|cancel)-/, "");

/** Code of the envelope's statistics (`MCM:FDIS20#...`), of a message that tells of a stay. */
export const statisticsOf = (message: Told): string | undefined => formOf(message)?.statistics;
