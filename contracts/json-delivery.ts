import { z } from "zod";
import type { JsonDelivery } from "./answers.ts";
import type { DeliveryChange } from "./deliveries.ts";
import { StoredObject } from "./letter.ts";
import type { CaseRecord } from "./record.ts";

/** Where facts name kept objects: letters of advice, joined attachments, and letters of attachments. */
const Naming = z.looseObject({
  attachments: z.array(StoredObject).optional(),
  objects: z.array(StoredObject).optional(),
  letter: z.looseObject({ objects: z.array(StoredObject).optional() }).optional(),
});

/** The objects that one fact names. */
export const objectsOf = (fact: unknown): StoredObject[] => {
  const named = Naming.safeParse(fact);
  if (!named.success) return [];
  const { attachments = [], objects = [], letter } = named.data;
  return [...attachments, ...objects, ...(letter?.objects ?? [])];
};

type Owed = Extract<DeliveryChange, { change: "owed" }>;

/** A delivery as a receiver of the hub's own typed messages gets it, by whichever transport. */
export const jsonDelivery = ({ record, owed }: { record: CaseRecord; owed: Owed }): JsonDelivery => {
  const fact = record.facts[owed.fact];
  if (fact === undefined) throw new RangeError("A delivery tells of a fact that its record does not have.");
  const { caseId, family } = record;
  const { deliveryId, from, to, documentType } = owed;
  const attachments = objectsOf(fact).map((object) => ({
    ...object,
    href: `/v1/cases/${caseId}/attachments/${object.digest}`,
  }));
  return { deliveryId, caseId, family, from, to, documentType, at: record.meta.at, fact, attachments };
};
