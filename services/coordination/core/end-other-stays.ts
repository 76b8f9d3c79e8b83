import { type DischargeFact, isDischargeFact } from "../../../contracts/messages/discharge-facts.ts";
import type { CaseRecord } from "../../../contracts/record.ts";
import { isInHospital } from "./in-hospital.ts";
import { type Order, occasionOf, type Workflow } from "./workflow.ts";

type Reported = Extract<DischargeFact, { type: "StayEventReported" }>;

const isReport = (fact: { type: string }): fact is Reported =>
  isDischargeFact(fact) && fact.type === "StayEventReported";

/** An admission that a hospital itself told of, with the patient; not one that the hub noted on another hospital's stay. */
const admissionIn = (record: CaseRecord): Reported | undefined =>
  record.facts
    .filter(isReport)
    .find(({ event, away, stay }) => !away && stay.patient !== undefined && isAdmission(event));
const isAdmission = (event: Reported["event"]): boolean => event === "admitted" || event === "transferred";

const stayOf = (records: readonly CaseRecord[]): Reported | undefined =>
  records.flatMap((record) => record.facts).find(isReport);

const isThere = (records: readonly CaseRecord[], admission: Reported): boolean => {
  const last = records.at(-1);
  const first = stayOf(records);
  return (
    last?.family === "discharge" &&
    first !== undefined &&
    isInHospital(last) &&
    first.stay.hospital !== admission.stay.hospital &&
    first.occurredAt < admission.occurredAt
  );
};

/**
 * Who is admitted in one hospital is no longer in another: the stay there ends by a transfer that nobody tells of by itself
 * (MedCom HospitalNotification, clinical guidelines, section 5: the receiving hospital sends STIN, the other nothing).
 */
export const endOtherStays: Workflow = {
  rule: "end-other-stays",
  facts: ["StayEventReported"],
  concerns: (record) => record.family === "discharge" && admissionIn(record) !== undefined,
  patientOf: (record) => admissionIn(record)?.stay.patient,
  ordersOf: (history, others): Order[] => {
    const occasion = occasionOf(history);
    const admission = admissionIn(occasion);
    if (admission === undefined) return [];
    const { occurredAt, department } = admission;
    return others
      .filter((records) => isThere(records, admission))
      .flatMap((records) => records[0]?.caseId ?? [])
      .filter((caseId) => caseId !== occasion.caseId)
      .map((caseId) => {
        const messageId = `hub:${occasion.caseId}`;
        const payload = { caseId, messageId, occurredAt, department, toCase: occasion.caseId };
        return { type: "discharge.noteTransfer", payload };
      });
  },
};
