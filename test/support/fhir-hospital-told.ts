import { expect } from "vitest";
import { uuidOf } from "../../contracts/derived-ids.ts";
import { HospitalNotification } from "../../contracts/fhir/hospital-notification.ts";
import type { Organisation } from "../../contracts/messages/directory.ts";
import {
  printHospitalNotification,
  readHospitalNotification,
} from "../../gateways/fhir/codec/hospital-notification.ts";
import { checkMessage } from "../../gateways/fhir/codec/rules/check-message.ts";
import { createHospitalCases, type HospitalCases } from "./fhir-hospital-cases.ts";
import { changed, oioxmlTaking, regionWith, who } from "./region-view.ts";

/**
 * A municipality and a practice that take notifications as FHIR messages, and the rest in words.
 */
const channels: Organisation["channels"] = [
  { standard: "fhir", transport: "inbox", accepts: ["HospitalNotification"], sendsReceipts: true },
  ...oioxmlTaking("XDIS91", "XBIN01"),
];
const region = regionWith(changed(who.municipality, { channels }), changed(who.practice, { channels }));
export const hospital = who.endocrinology;
export const base = {
  stayId: "65528acda12c4d85b7016f4b12eec2bc",
  patient: { cpr: "0107560106", surname: "Prøvesen", givenName: "Åse" },
  municipality: who.municipality,
  practice: who.practice,
};

export const times = {
  "acute-ambulant": "2026-11-20T06:00:00.000Z",
  admitted: "2026-11-20T08:00:00.000Z",
  "leave-started": "2026-11-21T09:00:00.000Z",
  "leave-ended": "2026-11-22T17:00:00.000Z",
  transferred: "2026-11-22T19:00:00.000Z",
  discharged: "2026-11-23T09:00:00.000Z",
  dead: "2026-11-24T05:00:00.000Z",
} as const;
export type Event = keyof typeof times;

export interface World {
  readonly hub: HospitalCases;
  readonly tell: (event: Event, change?: object) => Promise<HospitalNotification | undefined>;
  readonly correct: (event: Event, occurredAt: string) => Promise<HospitalNotification | undefined>;
  readonly cancel: (event: Event) => Promise<HospitalNotification | undefined>;
  readonly last: (gln?: string) => HospitalNotification | undefined;
}

/** What is told is valid by its contract and by MedCom's rules, and reads as it was after it is printed. */
export const sound = (message: HospitalNotification | undefined): HospitalNotification | undefined => {
  if (message === undefined) return undefined;
  expect(HospitalNotification.safeParse(message).error).toBeUndefined();
  const bundle = printHospitalNotification(message, { idFor: (name) => uuidOf(message.messageId + name) });
  expect(checkMessage(bundle).problems).toEqual([]);
  const read = readHospitalNotification(bundle);
  expect(read.message).toEqual(message);
  expect(read.notRead).toEqual([]);
  return message;
};

export const world = (): World => {
  const hub = createHospitalCases(region);
  let caseId = "";
  const last = (gln: string = who.municipality): HospitalNotification | undefined => {
    const owed = hub.owedTo(gln, caseId).at(-1);
    return owed === undefined ? undefined : sound(hub.told(owed));
  };
  const does = async (type: string, payload: object): Promise<HospitalNotification | undefined> => {
    ({ caseId } = await hub.does(type, hospital, { ...base, ...payload }));
    return last();
  };
  return {
    hub,
    last,
    tell: (event, change = {}) =>
      does("discharge.notify", {
        messageId: event,
        event,
        occurredAt: times[event],
        department: hospital,
        ...change,
      }),
    correct: (event, occurredAt) =>
      does("discharge.correct", {
        messageId: `re-${event}-${occurredAt}`,
        corrects: event,
        issuedAt: "2026-11-24T06:00:00.000Z",
        occurredAt,
        department: hospital,
      }),
    cancel: (event) => does("discharge.cancel", { messageId: `an-${event}`, cancels: event }),
  };
};
