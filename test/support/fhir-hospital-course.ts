import type { HospitalNotification } from "../../contracts/fhir/hospital-notification.ts";
import { type HospitalWish, uuid } from "./fhir-bundles.ts";
import { createHospitalCases, type HospitalCases, notification } from "./fhir-hospital-cases.ts";

/** Messages of one course, each with an id of its own, in the order in which they happened. */
export const ids = {
  STAA: uuid(1001),
  STIN: uuid(1002),
  STOR: uuid(1003),
  SLOR: uuid(1004),
  SLHJ: uuid(1005),
} as const;
export const at = {
  STAA: "2026-11-20T07:00:00+01:00",
  STIN: "2026-11-20T09:00:00+01:00",
  STOR: "2026-11-21T10:00:00+01:00",
  SLOR: "2026-11-22T18:00:00+01:00",
  SLHJ: "2026-11-23T10:00:00+01:00",
} as const;
export type Code = keyof typeof at;
const activities: Readonly<Record<Code, string>> = {
  STAA: "admit-emergency",
  STIN: "admit-inpatient",
  STOR: "start-leave-inpatient",
  SLOR: "end-leave-inpatient",
  SLHJ: "discharge-inpatient-home",
};
export const step = (code: Code) => ({ headerId: ids[code], activity: activities[code] });
const wishes: Readonly<Record<Code, HospitalWish>> = {
  STAA: { headerId: ids.STAA, activity: "admit-emergency", start: at.STAA, history: [] },
  STIN: { headerId: ids.STIN, activity: "admit-inpatient", start: at.STIN, history: [] },
  STOR: {
    headerId: ids.STOR,
    activity: "start-leave-inpatient",
    start: at.STIN,
    leave: { start: at.STOR },
    history: [step("STIN")],
  },
  SLOR: {
    headerId: ids.SLOR,
    activity: "end-leave-inpatient",
    start: at.STIN,
    leave: { start: at.STOR, end: at.SLOR },
    history: [step("STIN"), step("STOR")],
  },
  SLHJ: {
    headerId: ids.SLHJ,
    activity: "discharge-inpatient-home",
    start: at.STIN,
    end: at.SLHJ,
    history: [step("STIN"), step("STOR"), step("SLOR")],
  },
};
export const told = (code: Code, change: HospitalWish = {}): HospitalNotification =>
  notification({ ...wishes[code], ...change });
export const revised = (code: Code, change: HospitalWish = {}): HospitalNotification =>
  told(code, {
    headerId: uuid(2000),
    activity: `revise-${activities[code]}`,
    history: [...(wishes[code].history ?? []), step(code)],
    sent: "2026-11-24T08:00:00+01:00",
    ...change,
  });
export const takenBack = (code: Code, change: HospitalWish = {}): HospitalNotification =>
  revised(code, { headerId: uuid(3000), activity: `cancel-${activities[code]}`, ...change });
/** Dead in the state that the code led to. */
export const died = (code: Code, change: HospitalWish = {}): HospitalNotification =>
  told(code, {
    headerId: uuid(4000),
    status: "finished",
    end: "2026-11-24T06:00:00+01:00",
    deceased: true,
    history: [...(wishes[code].history ?? []), step(code)],
    ...change,
  });
export const alive = (code: Code): HospitalNotification => {
  const message = died(code, { headerId: uuid(5000), deceased: false, status: "in-progress" });
  const { end: _, ...stay } = message.stay;
  const [last] = message.history.slice(-1);
  if (last === undefined) throw new Error("no step");
  const history = [
    ...message.history.slice(0, -1),
    { ...last, messageId: uuid(4000) },
    { ...last, earlier: { kind: "message" as const, messageId: uuid(4000) }, removes: true },
  ];
  return { ...message, stay, history };
};

export const hubAfter = async (
  ...messages: HospitalNotification[]
): Promise<{ hub: HospitalCases; caseId: string }> => {
  const hub = createHospitalCases();
  let caseId = "";
  for (const message of messages) ({ caseId } = await hub.sent(message));
  return { hub, caseId };
};
export const statusAfter = async (...messages: HospitalNotification[]): Promise<string> => {
  const { hub, caseId } = await hubAfter(...messages);
  return hub.view(caseId).status;
};
export const payloadOf = (
  message: HospitalNotification,
  hub = createHospitalCases(),
): Record<string, unknown> => hub.read(message).payload as Record<string, unknown>;
export const notesOf = (message: HospitalNotification, hub = createHospitalCases()): string[] =>
  hub.read(message).notes.map(({ code }) => code);

export const codes = ["STAA", "STIN", "STOR", "SLOR", "SLHJ"] as const;
