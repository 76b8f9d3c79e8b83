import { caseOfDelivery } from "../../contracts/derived-ids.ts";
import { Envelope, type QueryReply } from "../../contracts/envelope.ts";
import { deliveryKey, inboxKey, openKey } from "../../contracts/index-keys.ts";
import { type CaseView, InboxItem, WorklistQueries } from "../../contracts/messages/worklist.ts";
import type { CaseRecord } from "../../contracts/record.ts";
import { evolveCase, noCase } from "../case/case-state.ts";
import { summaryOf } from "../case/clock-book.ts";
import type { WorklistPorts } from "./ports.ts";

type Reply = QueryReply<unknown>;
const refused = (code: string): Reply => ({ status: "refused", code });

/** A case of the journal as its parties see it. */
const viewOf = (caseId: string, records: readonly CaseRecord[]): CaseView | undefined => {
  const first = records[0];
  if (first === undefined) return undefined;
  const state = records.reduce(evolveCase, noCase(caseId));
  const clocks = Object.values(state.clocks).filter((clock) => clock.deliveryId === undefined);
  return {
    caseId,
    family: first.family,
    status: state.status,
    parties: [...state.parties],
    clocks: clocks.map(summaryOf),
    records: [...records],
  };
};

const pointsTo = (record: CaseRecord | undefined): string | undefined => {
  const fact = record?.facts[0];
  return fact?.type === "RoutedToCase" && "caseId" in fact && typeof fact.caseId === "string"
    ? fact.caseId
    : undefined;
};

const readCase = async (ports: WorklistPorts, caseId: string): Promise<CaseRecord[]> => {
  const records = (await ports.load(caseId)).map(({ record }) => record);
  const elsewhere = pointsTo(records[0]);
  return elsewhere === undefined ? records : (await ports.load(elsewhere)).map(({ record }) => record);
};

/** A viewer sees a case as a party, or for a unit that is part of it. To anybody else the case does not exist. */
const maySee = (ports: WorklistPorts, view: CaseView, viewer: string): boolean =>
  view.parties.some((party) => ports.isPartOf(party, viewer));

const caseQuery = async (ports: WorklistPorts, viewer: string, caseId: string): Promise<Reply> => {
  const records = await readCase(ports, caseId);
  const view = viewOf(records[0]?.caseId ?? caseId, records);
  return view !== undefined && maySee(ports, view, viewer)
    ? { status: "ok", value: view }
    : refused("case-unknown");
};

const inboxQuery = async (
  ports: WorklistPorts,
  viewer: string,
  query: { gln: string; show: "open" | "all"; limit: number; after?: string | undefined },
): Promise<Reply> => {
  if (!ports.isPartOf(query.gln, viewer)) return refused("sender-not-authorised");
  const key = query.show === "open" ? openKey(query.gln) : inboxKey(query.gln);
  const ids = await ports.page(key, query.after, query.limit);
  const hashes = await Promise.all(ids.map((id) => ports.hgetall(deliveryKey(id))));
  const items = hashes.flatMap(({ item, status }) =>
    item === undefined || status === undefined
      ? []
      : [InboxItem.parse({ ...InboxItem.parse(JSON.parse(item)), status })],
  );
  return { status: "ok", value: items };
};

const deliveryQuery = async (
  ports: WorklistPorts,
  viewer: string,
  query: { gln: string; deliveryId: string },
): Promise<Reply> => {
  const at = caseOfDelivery(query.deliveryId);
  if (at === undefined) return refused("delivery-unknown");
  const records = await ports.load(at.caseId);
  const record = records.find(({ record: r }) => r.meta.no === at.recordNo)?.record;
  const owed = record?.deliveries.find((d) => d.change === "owed" && d.deliveryId === query.deliveryId);
  if (record === undefined || owed?.change !== "owed" || !ports.isPartOf(owed.to, viewer))
    return refused("delivery-unknown");
  return { status: "ok", value: { record, delivery: owed } };
};

/** Questions about cases. Who asks decides what exists. */
export const createWorklistHandler = (ports: WorklistPorts): ((message: unknown) => Promise<Reply>) => {
  return async (message) => {
    const envelope = Envelope.safeParse(message);
    if (!envelope.success) return refused("message-invalid");
    const { type, sender, payload } = envelope.data;
    if (type === "worklist.case") {
      const query = WorklistQueries[type].safeParse(payload);
      return query.success ? caseQuery(ports, sender, query.data.caseId) : refused("case-unknown");
    }
    if (type === "worklist.inbox") {
      const query = WorklistQueries[type].safeParse(payload);
      return query.success ? inboxQuery(ports, sender, query.data) : refused("message-invalid");
    }
    if (type === "worklist.delivery") {
      const query = WorklistQueries[type].safeParse(payload);
      return query.success ? deliveryQuery(ports, sender, query.data) : refused("delivery-unknown");
    }
    return refused("message-invalid");
  };
};
