import type { DeliveryChange } from "../../contracts/deliveries.ts";
import { uuidOf } from "../../contracts/derived-ids.ts";
import type { CommandReply, Envelope } from "../../contracts/envelope.ts";
import { HospitalNotification } from "../../contracts/fhir/hospital-notification.ts";
import { CaseView } from "../../contracts/messages/worklist.ts";
import type { LetterOrder } from "../../gateways/families/order.ts";
import { readHospitalNotification } from "../../gateways/fhir/codec/hospital-notification.ts";
import { hospitalCommandId, readHospital } from "../../gateways/fhir/families/hospital-in.ts";
import { hospitalMessageOf } from "../../gateways/fhir/families/hospital-out.ts";
import { caseIdFor } from "../../infra/ids.ts";
import type { DirectoryView } from "../../services/case/directory-view.ts";
import { createDischargeHandler } from "../../services/discharge/handler.ts";
import { viewOf } from "../../services/worklist/core/case-view.ts";
import { type Accepted, accepted, createTestCases, type TestCases } from "./case-given.ts";
import { type HospitalWish, hospitalNotification } from "./fhir-bundles.ts";
import { kindOf, regionView } from "./region-view.ts";

type Owed = Extract<DeliveryChange, { change: "owed" }>;

/** A notification as a system may send it, typed. */
export const notification = (wish: HospitalWish = {}, change: object = {}): HospitalNotification =>
  HospitalNotification.parse({
    ...readHospitalNotification(hospitalNotification(wish)).message,
    ...change,
  });

export interface HospitalCases {
  readonly cases: TestCases;
  /** What a message is read as, among the cases that its sender is a party to. */
  readonly read: (message: HospitalNotification) => LetterOrder;
  /** Sends it, as the gateway does. */
  readonly send: (message: HospitalNotification) => Promise<CommandReply>;
  readonly sent: (message: HospitalNotification) => Promise<Accepted>;
  /** Commands of systems that speak JSON. */
  readonly does: (type: string, by: string, payload: object) => Promise<Accepted>;
  readonly view: (caseId: string) => CaseView;
  readonly owedTo: (gln: string, caseId: string) => Owed[];
  /** What a delivery says, as it is printed. */
  readonly told: (owed: Owed) => HospitalNotification | undefined;
}

/** Stays behind the gateway of FHIR messages, on one journal in memory. */
export const createHospitalCases = (directory: DirectoryView = regionView): HospitalCases => {
  const cases = createTestCases({ directory });
  cases.at("2026-11-24 12:00");
  const handle = createDischargeHandler({ ...cases.ports, caseIdFor });
  const view = (caseId: string): CaseView =>
    CaseView.parse(JSON.parse(JSON.stringify(viewOf(caseId, cases.records(caseId), kindOf))));
  const seenBy = (gln: string, cpr: string): CaseView[] =>
    [...new Set(cases.records().map(({ caseId }) => caseId))]
      .filter((caseId) => {
        const { card, parties } = cases.state(caseId);
        return parties.includes(gln) && card?.patient?.cpr === cpr;
      })
      .map(view)
      .toReversed();
  const read = (message: HospitalNotification): LetterOrder => {
    const order = readHospital(message, {
      commandId: hospitalCommandId(message),
      cases: seenBy(message.sender.gln, message.patient.cpr),
      isWard: (gln) => ["hospital", "department"].includes(directory.organisation(gln)?.kind ?? ""),
    });
    if (order === undefined) throw new Error("no stay");
    return order;
  };
  const send = (message: HospitalNotification): Promise<CommandReply> => {
    const { type, payload, notes } = read(message);
    const envelope: Envelope = {
      id: hospitalCommandId(message),
      type,
      version: 1,
      time: cases.ports.now(),
      sender: message.sender.gln,
      // As it comes over the bus.
      payload: JSON.parse(JSON.stringify(payload)) as unknown,
      written: message,
      notes: [...notes],
    };
    return handle(envelope);
  };
  return {
    cases,
    read,
    send,
    sent: async (message) => accepted(await send(message)),
    does: async (type, by, payload) => accepted(await cases.send({ type, by, payload })),
    view,
    owedTo: (gln, caseId) =>
      cases
        .records(caseId)
        .flatMap(({ deliveries }) => deliveries)
        .filter((d): d is Owed => d.change === "owed" && d.to === gln),
    told: (owed) => {
      const [caseId = "", no = ""] = owed.deliveryId.split(".");
      const records = cases.records(caseId);
      const record = records.find(({ meta }) => meta.no === Number(no));
      if (record === undefined) throw new Error("no such record");
      return hospitalMessageOf({ records, record, owed, uuidOf });
    },
  };
};
