import { type DeliveryChange, statusAfter } from "../../../contracts/deliveries.ts";
import { type MessageStatus, statusOfDelivery } from "../../../contracts/messages/message-log.ts";
import type { CaseRecord } from "../../../contracts/record.ts";
import { typeOf } from "./message-type.ts";

/** A message as the index keeps it: ids, words and times alone. */
export type Message = {
  id: string;
  direction: "in" | "out";
  status: MessageStatus;
  at: string;
  from: string;
  to: readonly string[];
  type: string;
  standard?: "oioxml" | "fhir" | "json" | undefined;
  family?: CaseRecord["family"] | undefined;
  caseId?: string | undefined;
  intakeId?: string | undefined;
  code?: string | undefined;
};

export type Owed = Extract<DeliveryChange, { change: "owed" }>;

/** Commands by which the hub itself, or an inbox, goes on with a case: nobody sent a message. */
const isOwn = ({ actor, commandType, intake }: CaseRecord["meta"]): boolean =>
  intake === undefined && (actor === "hub" || actor === "operator" || commandType.startsWith("delivery."));

const receiversOf = ({ deliveries }: Pick<CaseRecord, "deliveries">): string[] => [
  ...new Set(deliveries.flatMap((one) => (one.change === "owed" ? [one.to] : []))),
];

/** The message that a record is what became of, if anybody sent one. */
export const incoming = (record: CaseRecord): Message | undefined => {
  const { caseId, family, meta } = record;
  if (isOwn(meta)) return undefined;
  const { at, actor, intake, outcome, refusal } = meta;
  return {
    id: `${caseId}.${String(meta.no)}`,
    direction: "in",
    status: outcome,
    at,
    from: actor,
    to: receiversOf(record),
    ...typeOf(record),
    family,
    caseId,
    ...(intake === undefined ? {} : { intakeId: intake }),
    ...(refusal === undefined ? {} : { code: refusal }),
  };
};

/** The message that a document is which a record owes to somebody. */
export const outgoing = ({ caseId, family, meta }: CaseRecord, owed: Owed): Message => ({
  id: owed.deliveryId,
  direction: "out",
  status: "waiting",
  at: meta.at,
  from: owed.from,
  to: [owed.to],
  type: owed.documentType,
  standard: owed.standard,
  family,
  caseId,
});

/** Why a delivery is where it is, where a change tells it. */
export const codeOf = (change: DeliveryChange): string | undefined => {
  if (change.change === "failed" || change.change === "failedForNow") return change.code;
  return change.change === "unconfirmed" ? change.why : undefined;
};

/** A message that goes out, after a change of its delivery. */
export const moved = (message: Message, change: DeliveryChange): Message => {
  const status = statusAfter[change.change];
  if (status === undefined) return message;
  const { code: _before, ...rest } = message;
  const code = codeOf(change);
  return { ...rest, status: statusOfDelivery[status], ...(code === undefined ? {} : { code }) };
};
