import type { DeliveryChange } from "../../contracts/deliveries.ts";
import { uuidOf } from "../../contracts/derived-ids.ts";
import type { CommandReply, Envelope } from "../../contracts/envelope.ts";
import { HomeCareObservation } from "../../contracts/fhir/home-care-observation.ts";
import type { ObservationFact } from "../../contracts/messages/observation-facts.ts";
import { CaseView } from "../../contracts/messages/worklist.ts";
import type { LetterOrder } from "../../gateways/families/order.ts";
import { readHomeCareObservation } from "../../gateways/fhir/codec/home-care-observation.ts";
import {
  type ObservationReading,
  observationCommandId,
  readObservation,
} from "../../gateways/fhir/families/observation-in.ts";
import { observationMessageOf } from "../../gateways/fhir/families/observation-out.ts";
import type { DirectoryView } from "../../services/case/directory-view.ts";
import { viewOf } from "../../services/worklist/core/case-view.ts";
import { type Accepted, accepted, createTestCases, type TestCases } from "./case-given.ts";
import { type HomeCareWish, homeCareObservation, uuid } from "./fhir-bundles.ts";
import { kindOf, regionView } from "./region-view.ts";

type Owed = Extract<DeliveryChange, { change: "owed" }>;

/** A message as an acute team may send it, typed; `no` tells one from another. */
export const measuredAtHome = (
  no: number,
  wish: HomeCareWish = {},
  change: object = {},
): HomeCareObservation =>
  HomeCareObservation.parse({
    ...readHomeCareObservation(
      homeCareObservation({ headerId: uuid(0x1000 + no), bundleId: uuid(0x2000 + no), ...wish }),
    ).message,
    ...change,
  });

/** The earlier message that one changes or takes back. */
export const following = (no: number): Pick<HomeCareWish, "history"> => ({
  history: [{ headerId: uuid(0x1000 + no), activity: "new-message" }],
});

export const orderOf = (reading: ObservationReading): LetterOrder => {
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return reading.order;
};

export interface ObservationCases {
  readonly cases: TestCases;
  /** What a message is read as, among the cases that its sender is a party to. */
  readonly read: (message: HomeCareObservation) => ObservationReading;
  /** Sends it, as the gateway does. */
  readonly send: (message: HomeCareObservation) => Promise<CommandReply>;
  readonly sent: (message: HomeCareObservation) => Promise<Accepted>;
  readonly does: (type: string, by: string, payload: object) => Promise<Accepted>;
  readonly facts: (caseId: string) => ObservationFact[];
  readonly owedTo: (gln: string, caseId: string) => Owed[];
  /** What a delivery says. */
  readonly told: (owed: Owed | undefined) => HomeCareObservation | undefined;
}

/** Episodes behind the gateway of FHIR messages, on one journal in memory. */
export const createObservationCases = (directory: DirectoryView = regionView): ObservationCases => {
  const cases = createTestCases({ directory });
  cases.at("2026-11-23 10:15");
  const view = (caseId: string): CaseView =>
    CaseView.parse(JSON.parse(JSON.stringify(viewOf(caseId, cases.records(caseId), kindOf))));
  const seenBy = (gln: string): CaseView[] =>
    [...new Set(cases.records().map(({ caseId }) => caseId))]
      .filter((caseId) => cases.state(caseId).parties.includes(gln))
      .map(view)
      .toReversed();
  const read = (message: HomeCareObservation): ObservationReading =>
    readObservation(message, {
      commandId: observationCommandId(message),
      cases: seenBy(message.sender.gln),
    });
  const send = (message: HomeCareObservation): Promise<CommandReply> => {
    const { type, payload } = orderOf(read(message));
    const order: Pick<Envelope, "id" | "type" | "payload"> = {
      id: observationCommandId(message),
      type,
      payload: JSON.parse(JSON.stringify(payload)) as object,
    };
    return cases.send({
      ...order,
      by: message.sender.gln,
      payload: order.payload as object,
      written: message,
    });
  };
  return {
    cases,
    read,
    send,
    sent: async (message) => accepted(await send(message)),
    does: async (type, by, payload) => accepted(await cases.send({ type, by, payload })),
    facts: (caseId) => cases.records(caseId).flatMap(({ facts }) => facts as ObservationFact[]),
    owedTo: (gln, caseId) =>
      cases
        .records(caseId)
        .flatMap(({ deliveries }) => deliveries)
        .filter((d): d is Owed => d.change === "owed" && d.to === gln),
    told: (owed) => {
      const [caseId = "", no = ""] = (owed?.deliveryId ?? "").split(".");
      const records = cases.records(caseId);
      const record = records.find(({ meta }) => meta.no === Number(no));
      if (owed === undefined || record === undefined) throw new Error("no such delivery");
      const ydernummerOf = (gln: string) => directory.organisation(gln)?.identifiers.ydernummer;
      return observationMessageOf({ records, record, owed, uuidOf, ydernummerOf });
    },
  };
};
