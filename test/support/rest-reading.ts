import { readFileSync } from "node:fs";
import type { MessagePage } from "../../contracts/messages/message-log.ts";
import type { CaseView, InboxPage } from "../../contracts/messages/worklist.ts";
import { parseDocument } from "../../gateways/oioxml/codec/parse-document.ts";
import { eventually } from "./eventually.ts";
import { department, freshId, practice, xdis91 } from "./golden-samples.ts";
import { printReceipt } from "./printing.ts";
import { who } from "./region-view.ts";
import { type Call, operator, type RestHub, untilGot } from "./rest-hub.ts";
import { inHours, publish } from "./rest-scenes.ts";

const xml = "application/xml";
const attachment = Buffer.from("Måling hjemme: 138/84\n");
const objectId = "9d7c1f0e2b3a4c5d8e9f001122334455";

/** A receipt of the receiver's own system for a document that it fetched. */
const receiptFor = (document: Buffer): Uint8Array => {
  const parsed = parseDocument(document);
  const letter = parsed.kind === "emessage" ? parsed.letters[0] : undefined;
  if (parsed.kind !== "emessage" || letter?.kind !== "letter") throw new Error("It is no letter.");
  const content = {
    outcome: "positive",
    vansLevel: false,
    letterId: freshId("KVIT"),
    senderGln: department.gln,
    receiverGln: practice.gln,
    originalEnvelopeId: parsed.envelope.identifier,
    originalSenderGln: practice.gln,
    originalReceiverGln: department.gln,
    originalLetters: [{ letterId: letter.letter.letterId, version: letter.version }],
  } as const;
  return printReceipt(content, { envelopeId: freshId("KUV"), sent: "2026-11-26T08:00" }).bytes;
};

const deliveredTo = async (hub: RestHub, by: string, wanted: (item: Item) => boolean): Promise<string> => {
  const page = await untilGot<InboxPage>(hub, { by, path: "/v1/inbox?limit=500" }, ({ items }) =>
    items.some(wanted),
  );
  return page.items.find(wanted)?.deliveryId ?? "";
};
type Item = InboxPage["items"][number];

const sendXml = (
  hub: RestHub,
  { by = practice.gln, path = "/v1/messages", ...rest }: { by?: string; path?: string; accept?: string },
  body: Uint8Array,
): Promise<Call> => hub.send({ by, path, method: "POST", body, type: xml, accept: xml, ...rest });

/** Documents of the standard: taken in, taken in before, refused; fetched, and their receipts. */
/** A person who signs in, is asked for, and leaves. */
export const signIn = async (hub: RestHub): Promise<void> => {
  const send = { by: "", method: "POST", type: "application/json" } as const;
  await hub.get("", "/v1/session/people");
  await hub.send({ ...send, path: "/v1/session", body: JSON.stringify({ person: "nurse-aaparken" }) });
  await hub.send({ ...send, path: "/v1/session", body: JSON.stringify({ person: "nobody" }) });
  await hub.get(who.practice, "/v1/session");
  await hub.send({ ...send, path: "/v1/session/end", body: "{}" });
  await inEmergency(hub);
};

/** A doctor who is no party, with a reason: the one caller here that must be a person. */
const inEmergency = async (hub: RestHub): Promise<void> => {
  const signedIn = await fetch(`${hub.url}/v1/session`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ person: "specialist-cardiology" }),
  });
  const cookie = signedIn.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  const body = {
    patient: { cpr: "0107364006" },
    reason: "life-threatening",
    text: "Akut indlagt, allergier kendes ikke.",
  };
  const call = await hub.attempt("", "askEmergency", { body, cookie });
  const { id } = JSON.parse(call.text) as { id: string };
  await hub.send({ by: "", path: `/v1/emergency-access/${id}/cases`, cookie });
  await hub.attempt(who.practice, "askEmergency", { body });
  await hub.get(operator, "/v1/emergency-access");
  await hub.attempt(operator, "searchAudit", {});
  await hub.get(operator, "/v1/audit/odd");
  const asked = JSON.stringify({ patient: body.patient });
  for (const accept of ["application/json", "text/plain"])
    await hub.send({
      by: operator,
      method: "POST",
      path: "/v1/audit/export",
      body: asked,
      type: "application/json",
      accept,
    });
};

/** FHIR's own operation, and what the hub says of itself in FHIR. */
export const speakFhir = async (hub: RestHub): Promise<void> => {
  const path = "/fhir/$process-message";
  for (const format of ["xml", "json"] as const) {
    const body = readFileSync(`contracts/examples/fhir/care-communication.${format}`);
    await hub.send({ by: who.practice, method: "POST", path, body, type: `application/fhir+${format}` });
  }
  await hub.send({ by: who.practice, method: "POST", path, body: "{no json", type: "application/fhir+json" });
  await hub.get("", "/fhir/metadata");
};

export const exchange = async (hub: RestHub): Promise<void> => {
  const json = "application/json";
  const first = xdis91({ text: "Bør hun behandles?" });
  const { text } = await sendXml(hub, { accept: json }, first);
  const { caseId } = JSON.parse(text) as { caseId: string };
  await sendXml(hub, {}, first);
  await sendXml(hub, { accept: json }, first);
  await sendXml(hub, {}, xdis91());
  for (const accept of [json, xml]) await sendXml(hub, { accept }, xdis91({ cpr: "3213650000" }));
  const inCase = (item: Item) => item.caseId === caseId;
  const deliveryId = await deliveredTo(hub, department.gln, inCase);
  const fetched = await hub.get(department.gln, `/v1/inbox/${deliveryId}`, xml);
  const path = `/v1/inbox/${deliveryId}/receipt`;
  const receipt = receiptFor(fetched.bytes);
  await sendXml(hub, { by: department.gln, path }, receipt);
  await sendXml(hub, { by: department.gln, path, accept: json }, receipt);
  await sendXml(hub, { by: department.gln, path, accept: json }, receiptFor(fetched.bytes));
  await hub.act(department.gln, "giveReceipt", { in: deliveryId });
  const other = await deliveredTo(hub, department.gln, (item) => item.standard === "oioxml" && !inCase(item));
  await hub.act(department.gln, "giveReceipt", { in: other });
  const told = await deliveredTo(hub, who.practice, (item) => item.standard === "json");
  await hub.get(who.practice, `/v1/inbox/${told}`);
};

/** Bytes kept, named by a question, and read by its receiver. */
export const attach = async (hub: RestHub): Promise<void> => {
  const type = "application/octet-stream";
  const kept = await hub.send({
    by: who.practice,
    method: "POST",
    path: "/v1/attachments",
    body: attachment,
    type,
  });
  const { digest, sizeBytes } = JSON.parse(kept.text) as { digest: string; sizeBytes: number };
  const named = { objectId, code: "tekstfil", extension: "txt", sizeBytes, digest, description: "Måling" };
  const body = { messageId: "A-7", attachments: [named] };
  const { caseId } = await hub.act(who.practice, "advice-ask", { body });
  await hub.get(who.endocrinology, `/v1/cases/${caseId}/attachments/${digest}`);
};

/** The message log: what came in and what goes out, one of it with its way, what went wrong, and all of it for EHMI. */
const readMessages = async (hub: RestHub, by: string): Promise<void> => {
  const { items } = await untilGot<MessagePage>(
    hub,
    { by, path: "/v1/messages?limit=3" },
    (page) => page.items.length === 3,
  );
  for (const { id } of items) await hub.get(by, `/v1/messages/${id}`);
  await hub.get(by, "/v1/messages?status=lost&cursor=due");
  await hub.attempt(by, "searchMessages", { body: { limit: 2 } });
  await hub.get(by, "/v1/dead-letters?limit=3");
  const span = "from=2000-01-01T00:00:00.000Z&to=2100-01-01T00:00:00.000Z";
  await hub.get(operator, `/v1/messages/export?${span}`, "application/fhir+ndjson");
};

/** Every list and every question that can be read, by one whose it is. */
export const readAll = async (hub: RestHub, open: string): Promise<void> => {
  const { practice: gp, municipality: town } = who;
  const patient = { cpr: "0107364006" };
  const after = `after=${open}.1`;
  for (const list of ["worklist", "sent", "overdue", "cases"]) {
    await hub.get(who.endocrinology, `/v1/${list}?${after}`);
    await hub.get(gp, `/v1/${list}?limit=2`);
  }
  const asked = JSON.parse((await hub.get(gp, `/v1/cases/${open}`)).text) as CaseView;
  const clock = asked.timeline.flatMap(({ clocks }) => clocks)[0]?.clockId ?? "";
  for (const accept of ["application/json", "text/plain"])
    await hub.get(gp, `/v1/cases/${open}/clocks/${clock}`, accept);
  await hub.attempt(gp, "workOnCases", {});
  await hub.get(gp, "/v1/worklist/colleagues");
  await hub.get(gp, "/v1/owed?limit=2");
  await readMessages(hub, gp);
  await hub.get(gp, "/v1/inbox?show=all&limit=3");
  await hub.act(gp, "listPatientCases", { body: { patient, family: undefined } });
  await hub.act(gp, "listCasePatients", { body: { caseIds: [open] } });
  await hub.act(gp, "searchCases", { body: { messageId: "A-6" } });
  await eventually(async () => {
    const asked = { body: { patient } };
    return (await hub.attempt(gp, "findResponsible", asked)).status === 200 ? true : undefined;
  }, "who is responsible");
  await hub.get(gp, "/v1/slots?speciality=kardiologi");
  await hub.get(gp, "/v1/slots?speciality=neurologi&municipality=0890");
  const month = inHours(0).slice(0, 7);
  await hub.get(gp, `/v1/referral-patterns?from=${month}&to=${month}&groupBy=kind,receiver`);
  const period = `from=${month}&to=${month}`;
  await hub.get(gp, `/v1/indicators?${period}&groupBy=agreement`);
  await hub.get(gp, `/v1/indicators.csv?${period}`, "text/csv");
  await hub.get(gp, `/v1/indicators/report?month=${month}`, "text/html");
  await hub.get(town, "/v1/directory?limit=500");
  await hub.get(town, "/v1/directory?offer=prevention&topic=smoking&municipality=0890");
  await hub.get(gp, `/v1/directory/${gp}/history`);
  await hub.act(gp, "findRegisteredGp", { body: { patient } });
  await hub.get(gp, "/v1/score-schemes");
  await hub.get(gp, "/v1/referral-rules");
  await hub.get(gp, "/");
  await hub.get(gp, "/", "text/html");
  await hub.get(gp, "/health");
  await hub.get(gp, "/health/ready");
  await hub.get(gp, "/metrics");
};

/** What only an operator may: the directory as a file, out and in again, and documents that were refused. */
export const operate = async (hub: RestHub): Promise<void> => {
  const file = JSON.parse((await hub.get(operator, "/v1/directory/export")).text) as object;
  await hub.act(operator, "importDirectory", { body: { leftOut: undefined, ...file } });
  const refused = await hub.get(operator, "/v1/intake/refused");
  const { documents } = JSON.parse(refused.text) as { documents: { intake: string }[] };
  await hub.get(operator, `/v1/intake/${documents[0]?.intake ?? ""}`);
  await agree(hub);
  await steer(hub, file);
};

/** A receiver that documents are brought to over the bus: paused, and resumed. */
const steer = async (hub: RestHub, file: object): Promise<void> => {
  const { organisations } = file as { organisations: { gln: string; channels: object[] }[] };
  const channel = { standard: "json", transport: "nats", nats: {}, accepts: ["*"], sendsReceipts: false };
  const brought = organisations.map((one) =>
    one.gln === who.cardiology ? { ...one, channels: [channel] } : one,
  );
  await hub.act(operator, "importDirectory", {
    body: { leftOut: undefined, ...file, organisations: brought },
  });
  for (const act of ["pauseReceiver", "resumeReceiver"]) await hub.act(operator, act, { in: who.cardiology });
  await hub.get(operator, "/v1/receivers");
};

/** The agreements: read by anybody, others tried, and a new version put by an operator. */
const agree = async (hub: RestHub): Promise<void> => {
  await hub.get(who.practice, "/v1/agreements?family=advice");
  const parties = `from=${who.practice}&to=${who.endocrinology}`;
  await hub.get(who.practice, `/v1/agreements/why?family=advice&kind=specialist&${parties}`);
  const call = await hub.get(who.practice, "/v1/agreements/ADVICE-MSG");
  const { date, versions } = JSON.parse(call.text) as { date: string; versions: { agreement: object }[] };
  const agreement = { ...versions[0]?.agreement, version: 2, validFrom: date };
  await hub.act(operator, "tryAgreements");
  await hub.act(operator, "putAgreementVersion", { in: "ADVICE-MSG", body: { agreement } });
};

/** What is refused, each for a reason of its own: the statuses that every family shares. */
export const refuse = async (hub: RestHub, open: string): Promise<void> => {
  const { practice: gp, endocrinology: unit, cardiology: stranger } = who;
  const unknown = "00000000-0000-4000-8000-000000000000";
  const post = { method: "POST", path: "/v1/advice" } as const;
  const json = "application/json";
  await hub.send({ by: "", ...post, body: "{}", type: json });
  await hub.send({ by: gp, ...post, body: "{", type: json });
  await hub.send({ by: gp, ...post, body: "{}", type: json });
  await hub.send({ by: gp, ...post, body: "x", type: "text/plain" });
  await hub.send({ by: gp, ...post, body: `"${"x".repeat(1_100_000)}"`, type: json });
  await hub.get(gp, "/v1/directory/export");
  await hub.get(gp, `/v1/worklist?for=${stranger}`);
  await hub.get(gp, "/v1/worklist?limit=0");
  await hub.get(gp, "/v1/slots?limit=0");
  await hub.get(gp, "/v1/referral-patterns?from=x&to=y");
  await hub.get(stranger, `/v1/cases/${open}`);
  await hub.get(gp, `/v1/cases/${open}/attachments/sha256-0`);
  await hub.get(gp, `/v1/inbox/${unknown}.1.0`);
  await hub.get(operator, "/v1/intake/nothing");
  await hub.attempt(unit, "advice-giveInformation", { in: open });
  await hub.attempt(gp, "advice-askFollowUp", { in: open });
  await hub.attempt(unit, "advice-giveInformation", { in: unknown });
  await hub.attempt(gp, "advice-ask", { body: { messageId: "A-6", subject: "Noget andet" } });
  await hub.attempt(gp, "advice-ask", { body: { messageId: "A-9" } });
  await hub.attempt(gp, "giveReceipt", { in: `${unknown}.1.0` });
  await hub.attempt(gp, "referral-send", { body: { messageId: "R-9", referrer: undefined } });
  const slotId = await publish(hub, inHours(5), { speciality: "neurologi", places: 1 });
  for (const messageId of ["B-9", "B-10"])
    await hub.attempt(gp, "booking-bookDirectly", { body: { messageId, slotId } });
};
