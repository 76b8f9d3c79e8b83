import { askerOf, mayI } from "../../contracts/access/may-i.ts";
import { caseOfDelivery } from "../../contracts/derived-ids.ts";
import { Envelope, type QueryReply } from "../../contracts/envelope.ts";
import { deliveryKey, inboxKey, openKey, patientHash } from "../../contracts/index-keys.ts";
import { AuditQueries } from "../../contracts/messages/audit.ts";
import { isAnswering } from "../../contracts/messages/can.ts";
import type { ListName, ListQuery } from "../../contracts/messages/case-list.ts";
import { DeskQueries } from "../../contracts/messages/desk.ts";
import { EmergencyQueries } from "../../contracts/messages/emergency.ts";
import { InboxItem, type InboxPage, WorklistQueries } from "../../contracts/messages/worklist.ts";
import { seenBy } from "../case/standing.ts";
import { viewOf } from "./core/case-view.ts";
import { directions } from "./core/list-cursor.ts";
import { colleaguesOf, deskNow } from "./desks.ts";
import { caseInEmergency, casesInEmergency, citizenKnown } from "./emergency.ts";
import { searchCases } from "./find-cases.ts";
import { findDelivery, waitingFor } from "./find-delivery.ts";
import { listCases, sourceOf } from "./list-cases.ts";
import { listOwed } from "./owed.ts";
import { casesOfPatient } from "./patient-cases.ts";
import { patientsOfCases } from "./patients.ts";
import type { WorklistPorts } from "./ports.ts";
import { readCase } from "./read-case.ts";
import { mayAskFor, viewingOf } from "./viewing.ts";

type Reply = QueryReply<unknown>;
const refused = (code: string): Reply => ({ status: "refused", code });

/** A viewer sees a case as far as it is or was a party, or a unit of it. To anybody else the case does not exist. */
const caseQuery = async (ports: WorklistPorts, viewer: string, caseId: string): Promise<Reply> => {
  const seen = seenBy(await readCase(ports, caseId), viewingOf(ports, viewer));
  if (seen === undefined || !mayI(askerOf(viewer), { resource: "case", relation: seen.relation }).yes)
    return refused("case-unknown");
  const view = viewOf(seen.records[0]?.caseId ?? caseId, seen.records, ports.kindOf);
  if (view === undefined) return refused("case-unknown");
  const [can, desk] = await Promise.all([
    seen.relation === "party" && isAnswering(view.family) ? ports.can(view.family, view.caseId, viewer) : [],
    deskNow(ports, viewer, view.caseId),
  ]);
  const own = desk === undefined ? {} : { desk };
  return { status: "ok", value: { ...view, ...(can === undefined ? {} : { can }), ...own } };
};

type InboxQuery = { gln: string; show: "open" | "all"; limit: number; cursor?: string | undefined };

const inboxQuery = async (ports: WorklistPorts, viewer: string, query: InboxQuery): Promise<Reply> => {
  if (!mayAskFor(ports, viewer, query.gln)) return refused("sender-not-authorised");
  const { gln, cursor, limit } = query;
  const key = query.show === "open" ? openKey(gln) : inboxKey(gln);
  const ids = await ports.page(key, cursor, limit);
  const hashes = await Promise.all(ids.map((id) => ports.hgetall(deliveryKey(id))));
  const items = hashes.flatMap(({ item, status }) =>
    item === undefined || status === undefined
      ? []
      : [InboxItem.parse({ ...InboxItem.parse(JSON.parse(item)), status })],
  );
  const last = ids.length === limit ? ids.at(-1) : undefined;
  const page: InboxPage = { items, ...(last === undefined ? {} : { next: last }) };
  return { status: "ok", value: page };
};

const listQuery = async (
  ports: WorklistPorts,
  viewer: string,
  { name, query }: { name: ListName; query: ListQuery },
): Promise<Reply> => {
  const { order, backwards } = directions[query.sort];
  const [glns, nowMs] = [new Set(ports.unitsOf(viewer)), Date.parse(ports.now())];
  const source = sourceOf({ list: name, order, glns, nowMs }, backwards);
  const whose = { viewer, ours: glns };
  return { status: "ok", value: await listCases(ports, source, { ...query, whose }) };
};

/** Waits for the write that an answer must hold. What nobody wrote need not be waited for, and is no cursor of ours. */
const notYet = async (ports: WorklistPorts, after: string | undefined): Promise<Reply | undefined> => {
  const at = after === undefined ? undefined : caseOfDelivery(`${after}.0`);
  if (at === undefined) return undefined;
  const outcome = await ports.reached(at);
  if (outcome === "reached") return undefined;
  return refused(outcome === "behind" ? "index-unavailable" : "message-invalid");
};

type Asked = { viewer: string; payload: unknown };
type Answer = (ports: WorklistPorts, asked: Asked) => Promise<Reply>;

const listAnswer =
  (name: ListName): Answer =>
  async (ports, { viewer, payload }) => {
    const query = WorklistQueries[name].safeParse(payload);
    if (!query.success) return refused("message-invalid");
    return (await notYet(ports, query.data.after)) ?? listQuery(ports, viewer, { name, query: query.data });
  };

const answers: Readonly<Record<keyof typeof WorklistQueries, Answer>> = {
  "worklist.expected": listAnswer("worklist.expected"),
  "worklist.sent": listAnswer("worklist.sent"),
  "worklist.overdue": listAnswer("worklist.overdue"),
  "worklist.cases": listAnswer("worklist.cases"),
  "worklist.case": async (ports, { viewer, payload }) => {
    const query = WorklistQueries["worklist.case"].safeParse(payload);
    return query.success ? caseQuery(ports, viewer, query.data.caseId) : refused("case-unknown");
  },
  "worklist.inbox": async (ports, { viewer, payload }) => {
    const query = WorklistQueries["worklist.inbox"].safeParse(payload);
    if (!query.success) return refused("message-invalid");
    return (await notYet(ports, query.data.after)) ?? inboxQuery(ports, viewer, query.data);
  },
  "worklist.delivery": async (ports, { viewer, payload }) => {
    const query = WorklistQueries["worklist.delivery"].safeParse(payload);
    return query.success ? findDelivery(ports, viewer, query.data) : refused("delivery-unknown");
  },
  "worklist.waiting": async (ports, { viewer, payload }) => {
    const query = WorklistQueries["worklist.waiting"].safeParse(payload);
    return query.success ? waitingFor(ports, viewer, query.data) : refused("message-invalid");
  },
  "worklist.ofPatient": async (ports, { viewer, payload }) => {
    const query = WorklistQueries["worklist.ofPatient"].safeParse(payload);
    if (!query.success) return refused("message-invalid");
    // Where a citizen's message belongs is read here: the one before it, sent a moment ago, must be seen.
    await ports.caughtUp();
    const late = await notYet(ports, query.data.after);
    return late ?? { status: "ok", value: await casesOfPatient(ports, viewer, query.data) };
  },
  "worklist.owed": async (ports, { viewer, payload }) => {
    const query = WorklistQueries["worklist.owed"].safeParse(payload);
    if (!query.success) return refused("message-invalid");
    const late = await notYet(ports, query.data.after);
    return late ?? { status: "ok", value: await listOwed(ports, viewer, query.data) };
  },
  "worklist.patients": async (ports, { viewer, payload }) => {
    const query = WorklistQueries["worklist.patients"].safeParse(payload);
    if (!query.success) return refused("message-invalid");
    return { status: "ok", value: await patientsOfCases(ports, viewer, query.data) };
  },
  "worklist.search": async (ports, { viewer, payload }) => {
    const query = WorklistQueries["worklist.search"].safeParse(payload);
    if (!query.success) return refused("message-invalid");
    const late = await notYet(ports, query.data.after);
    return late ?? { status: "ok", value: await searchCases(ports, viewer, query.data) };
  },
};

const deskAnswers: Readonly<Record<keyof typeof DeskQueries, Answer>> = {
  "worklist.colleagues": async (ports, { viewer }) => ({
    status: "ok",
    value: await colleaguesOf(ports, viewer),
  }),
  "worklist.desks": async (ports, { viewer, payload }) => {
    const query = DeskQueries["worklist.desks"].safeParse(payload);
    if (!query.success) return refused("message-invalid");
    const found = query.data.caseIds.map(async (caseId) => {
      const desk = await deskNow(ports, viewer, caseId);
      return desk === undefined ? [] : [{ caseId, desk }];
    });
    return { status: "ok", value: (await Promise.all(found)).flat() };
  },
};

const citizenAnswer: Answer = async (ports, { viewer, payload }) => {
  const query = AuditQueries["worklist.citizen"].safeParse(payload);
  if (!query.success) return refused("message-invalid");
  const may = mayI(askerOf(viewer), { resource: "audit", relation: "everybody" });
  if (!may.yes) return refused(may.code);
  return { status: "ok", value: await citizenKnown(ports, patientHash(query.data.patient, ports.digest)) };
};

const emergencyAnswers: Readonly<Record<keyof typeof EmergencyQueries, Answer>> = {
  "worklist.emergencyCase": async (ports, { viewer, payload }) => {
    const query = EmergencyQueries["worklist.emergencyCase"].safeParse(payload);
    if (!query.success) return refused("case-unknown");
    const answer = await caseInEmergency(ports, { ...query.data, viewer });
    return "found" in answer ? { status: "ok", value: answer.found } : refused(answer.refused);
  },
  "worklist.emergencyCases": async (ports, { viewer, payload }) => {
    const query = EmergencyQueries["worklist.emergencyCases"].safeParse(payload);
    if (!query.success) return refused("emergency-over");
    const answer = await casesInEmergency(ports, { ...query.data, viewer });
    return "found" in answer ? { status: "ok", value: answer.found } : refused(answer.refused);
  },
};
const allAnswers = { ...answers, ...deskAnswers, ...emergencyAnswers, "worklist.citizen": citizenAnswer };

const isAsked = (type: string): type is keyof typeof allAnswers => Object.hasOwn(allAnswers, type);

/** Questions about cases. Who asks decides what exists. */
export const createWorklistHandler = (ports: WorklistPorts): ((message: unknown) => Promise<Reply>) => {
  return async (message) => {
    const envelope = Envelope.safeParse(message);
    if (!envelope.success) return refused("message-invalid");
    const { type, sender, payload } = envelope.data;
    return isAsked(type) ? allAnswers[type](ports, { viewer: sender, payload }) : refused("message-invalid");
  };
};
