import { isDischargeFact } from "../../../contracts/messages/discharge-facts.ts";
import type { CaseRecord } from "../../../contracts/record.ts";
import { isInHospital } from "./in-hospital.ts";
import { type Order, occasionOf, type Workflow } from "./workflow.ts";

const messages = ["StayEventReported", "StayEventCorrected", "StayEventCancelled"] as const;

const tells = ({ facts }: CaseRecord): boolean =>
  facts.some((fact) => isDischargeFact(fact) && messages.some((type) => type === fact.type));

/**
 * A patient is in hospital, and a message on the stay told so: the municipality's admission report is asked for (MedCom
 * HospitalNotification, clinical guidelines, sections 4 to 6). Messages come late and in any order, so any of them may be the
 * one that makes a report needed; whether it is, and since when, the stay knows.
 */
export const askAdmissionReport: Workflow = {
  rule: "ask-admission-report",
  facts: messages,
  concerns: (record) => record.family === "discharge" && isInHospital(record) && tells(record),
  ordersOf: (history): Order[] => {
    const { caseId } = occasionOf(history);
    return [{ type: "discharge.requestAdmissionReport", payload: { caseId } }];
  },
};
