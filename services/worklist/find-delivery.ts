import { askerOf, mayI } from "../../contracts/access/may-i.ts";
import { caseOfDelivery } from "../../contracts/derived-ids.ts";
import type { QueryReply } from "../../contracts/envelope.ts";
import { waitingKey } from "../../contracts/index-keys.ts";
import type { Sending } from "../../contracts/messages/document.ts";
import type { WaitingDeliveries } from "../../contracts/messages/worklist.ts";
import { owingOf } from "../../contracts/readdressed.ts";
import { type CaseState, type DeliveryState, deliveriesAfter } from "../case/case-state.ts";
import { createBasisOf } from "./core/basis-of.ts";
import type { WorklistPorts } from "./ports.ts";
import { mayAskFor } from "./viewing.ts";

type Reply = QueryReply<unknown>;
type Records = Awaited<ReturnType<WorklistPorts["load"]>>;

const refused = (code: string): Reply => ({ status: "refused", code });

/** Which sending of a delivery is the last: the first is owed with its record. */
const sendingOf = (records: Records, { meta }: Records[number]["record"], deliveryId: string): Sending => {
  const last = records
    .flatMap(({ record }) => record.deliveries)
    .findLast((d) => d.change === "resent" && d.deliveryId === deliveryId);
  return last?.change === "resent" ? { no: last.sending, at: last.at } : { no: 1, at: meta.at };
};

const noDeliveries: CaseState["deliveries"] = {};

/** Every delivery of a case as it stands, in the order in which they were first owed. */
const deliveriesIn = (records: Records): DeliveryState[] =>
  Object.values(
    records.reduce(
      (deliveries, { record }) => deliveriesAfter(deliveries, record.deliveries, record.meta.at),
      noDeliveries,
    ),
  );

/** Whom a document is for, and the organisation that it is a unit of. */
const isAddressee = (ports: WorklistPorts, viewer: string, to: string): boolean =>
  ports.isPartOf(to, viewer) && mayI(askerOf(viewer), { resource: "delivery", relation: "addressee" }).yes;

/**
 * One delivery as the journal has it: the record that owes it, which sending is the last, how far it has come, and which
 * others of the case the hub is to bring to the same receiver first.
 */
export const findDelivery = async (
  ports: WorklistPorts,
  viewer: string,
  { deliveryId }: { deliveryId: string },
): Promise<Reply> => {
  const at = caseOfDelivery(deliveryId);
  if (at === undefined) return refused("delivery-unknown");
  const records = await ports.load(at.caseId);
  const all = records.map(({ record }) => record);
  const owing = owingOf(all, deliveryId);
  const owedIn = records.find(({ record: { meta } }) => meta.no === at.recordNo);
  if (owing === undefined || owedIn === undefined || !isAddressee(ports, viewer, owing.owed.to))
    return refused("delivery-unknown");
  const { record, owed: delivery } = owing;
  const states = deliveriesIn(records);
  const status = states.find((one) => one.deliveryId === deliveryId)?.status ?? "waiting";
  const before = states.slice(
    0,
    states.findIndex((one) => one.deliveryId === deliveryId),
  );
  const law = createBasisOf(all, ports.kindOf)(owing);
  const earlier = before
    .filter((one) => one.to === delivery.to && one.status === "waiting" && one.giveUpSeconds !== undefined)
    .map((one) => one.deliveryId);
  return {
    status: "ok",
    value: {
      ...{
        record,
        delivery,
        sending: sendingOf(records, owedIn.record, deliveryId),
        status,
        earlier,
        ...law,
      },
      ...(owedIn.traceparent === undefined ? {} : { traceparent: owedIn.traceparent }),
    },
  };
};

/** What the hub is to bring to a receiver and has not: ids and times alone. */
export const waitingFor = async (
  ports: WorklistPorts,
  viewer: string,
  { gln, limit }: { gln: string; limit: number },
): Promise<Reply> => {
  if (!mayAskFor(ports, viewer, gln)) return refused("sender-not-authorised");
  const key = waitingKey(gln);
  const spans = [{ from: 0, to: Number.MAX_SAFE_INTEGER }];
  const [count, [places = []]] = await Promise.all([
    ports.count(key),
    ports.slice([key], { spans, limit, backwards: false }),
  ]);
  const items = places.map(({ member, score }) => ({
    deliveryId: member,
    at: new Date(score).toISOString(),
  }));
  return { status: "ok", value: { count, items } satisfies WaitingDeliveries };
};
