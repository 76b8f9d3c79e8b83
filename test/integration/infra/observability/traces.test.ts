import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { querySubject } from "../../../../contracts/subjects.ts";
import { startPush } from "../../../../gateways/push/main.ts";
import { createBus } from "../../../../infra/nats/bus.ts";
import { connectNats } from "../../../../infra/nats/connection.ts";
import { collectingLog } from "../../../../infra/observability/logger.ts";
import { openTraces } from "../../../../infra/observability/open-traces.ts";
import type { TraceSettings } from "../../../../infra/observability/traces.ts";
import { startReferral } from "../../../../services/referral/main.ts";
import { eventually } from "../../../support/eventually.ts";
import { freshId, practice, xdis91 } from "../../../support/golden-samples.ts";
import { caseOf, type GatewayHub, startGatewayHub } from "../../../support/hub-client.ts";
import { marked, markedQuestion, markersIn } from "../../../support/markers.ts";
import { type CollectedSpan, type OtlpCollector, startCollector } from "../../../support/otlp-collector.ts";
import { pushedDepartment } from "../../../support/push-hub.ts";
import { type PushReceiverServer, startReceiver } from "../../../support/push-receiver.ts";
import { who } from "../../../support/region-view.ts";

const { log, lines } = collectingLog();
let collector: OtlpCollector;
let receiver: PushReceiverServer;
let hub: GatewayHub;
beforeAll(async () => {
  // The packages read the standard's own settings: here that what is known is told soon.
  process.env["OTEL_BSP_SCHEDULE_DELAY"] = "50";
  collector = await startCollector();
  receiver = await startReceiver();
  const settings = { endpoint: `${collector.endpoint}/`, serviceName: "hub-of-the-test" };
  hub = await startGatewayHub(
    log,
    undefined,
    [startReferral, (platform) => startPush(platform, { allowed: ["127.0.0.1"], secretsDir: undefined })],
    undefined,
    { traces: await openTraces(settings, log) },
  );
  const file = {
    format: "sektorbro-directory",
    version: 1,
    organisations: [pushedDepartment(who.endocrinology, { webhook: { url: receiver.url() } })],
  };
  const imported = await hub.command("directory.import", "operator", { file });
  if (imported.status !== "accepted") throw new Error(JSON.stringify(imported));
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
  await receiver[Symbol.asyncDispose]();
  await collector[Symbol.asyncDispose]();
});

const traceId = (n: number): string => `4bf92f3577b34da6a3ce929d0e0e${String(n).padStart(4, "0")}`;
const senderSpan = "00f067aa0ba902b7";
const sent = (n: number, flags = "01"): Record<string, string> => ({
  traceparent: `00-${traceId(n)}-${senderSpan}-${flags}`,
  tracestate: "vendor=from-outside",
  baggage: "patient=from-outside",
});

const broughtOf = (caseId: string) =>
  eventually(() => Promise.resolve(receiver.got.find((got) => got.caseId === caseId)), "the document");
const stepsOf = (trace: string, until: (spans: CollectedSpan[]) => boolean): Promise<CollectedSpan[]> =>
  eventually(() => {
    const spans = collector.spans.filter((span) => span.traceId === trace);
    return Promise.resolve(until(spans) ? spans : undefined);
  }, "the steps of the trace");

/** A connection and traces of their own, as another process has them. */
const otherProcess = async (settings: TraceSettings) => {
  const nc = await connectNats(hub.nats.url, "other");
  const traces = await openTraces(settings, log);
  return {
    traces,
    bus: createBus(nc, () => undefined, { traces }),
    [Symbol.asyncDispose]: () => nc.close(),
  };
};

/** The names from a step up to where its trace began. */
const wayTo = (spans: readonly CollectedSpan[], last: CollectedSpan): string[] => {
  const before = spans.find(({ spanId }) => spanId === last.parentSpanId);
  return before === undefined ? [last.name] : [...wayTo(spans, before), last.name];
};
const named = (spans: readonly CollectedSpan[], name: string): CollectedSpan => {
  const found = spans.find((span) => span.name === name);
  if (found === undefined) throw new Error(`no step ${name}`);
  return found;
};

/** All steps are told when the last record, that it was fetched, is. */
const fetched = (spans: readonly CollectedSpan[]): boolean =>
  spans.some(({ attributes }) => attributes["sektorbro.command"] === "delivery.markFetched");

describe("one document", () => {
  test("is one trace, from its sender's own step over request, document, command and record to its receiver's door", async () => {
    const sender = await hub.as(practice.gln);
    const answer = await sender.send(xdis91({ ...marked, letterId: freshId("TRC") }), sent(1));
    expect(answer.status).toBe(201);
    const caseId = caseOf(answer);
    const got = await broughtOf(caseId);
    const spans = await stepsOf(traceId(1), fetched);
    const bring = named(spans, "bring document");
    expect(wayTo(spans, bring)).toEqual([
      "POST /v1/messages",
      "keep document",
      "read document",
      "cmd.advice.*",
      "write record",
      "bring document",
    ]);
    expect(named(spans, "POST /v1/messages").parentSpanId).toBe(senderSpan);
    expect(got.headers["traceparent"]).toBe(`00-${traceId(1)}-${bring.spanId}-01`);
    expect(bring.attributes).toMatchObject({
      "sektorbro.delivery": got.deliveryId,
      "sektorbro.case": caseId,
      "sektorbro.receiver": who.endocrinology,
      "sektorbro.document": "XDIS91",
      "sektorbro.outcome": "taken",
    });
    const last = spans.find(({ attributes }) => attributes["sektorbro.command"] === "delivery.markFetched");
    expect(last && wayTo(spans, last).slice(-2)).toEqual(["bring document", "write record"]);
  });

  test("that nobody traced begins a trace of its own", async () => {
    const sender = await hub.as(practice.gln);
    const caseId = caseOf(await sender.send(xdis91({ letterId: freshId("TRC") })));
    const { headers } = await broughtOf(caseId);
    const [, trace = ""] = String(headers["traceparent"]).split("-");
    const spans = await stepsOf(trace, fetched);
    expect(named(spans, "POST /v1/messages").parentSpanId ?? "").toBe("");
  });

  test.each([
    "not-a-traceparent",
    `00-${"0".repeat(32)}-${senderSpan}-01`,
    `ff-${traceId(9)}-${senderSpan}-01`,
  ])("whose sender names its trace as %s is none of it", async (traceparent) => {
    const sender = await hub.as(practice.gln);
    const caseId = caseOf(await sender.send(xdis91({ letterId: freshId("TRC") }), { traceparent }));
    const { headers } = await broughtOf(caseId);
    expect(headers["traceparent"]).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    expect(headers["traceparent"]).not.toContain(traceId(9));
    expect(headers["traceparent"]).not.toContain("0".repeat(32));
  });

  test("whose sender keeps no steps is told of nowhere, and its trace goes on to the receiver all the same", async () => {
    const sender = await hub.as(practice.gln);
    const caseId = caseOf(await sender.send(xdis91({ letterId: freshId("TRC") }), sent(2, "00")));
    const { headers } = await broughtOf(caseId);
    expect(headers["traceparent"]).toMatch(new RegExp(`^00-${traceId(2)}-[0-9a-f]{16}-00$`));
  });
});

test("whoever fetches a document is given the trace that it belongs to", async () => {
  const question = { ...markedQuestion(), to: { gln: who.cardiology } };
  const answer = await (await hub.as(practice.gln)).post("/v1/advice", question, sent(4));
  const [item] = await hub.inboxOf(who.cardiology, caseOf(answer));
  const got = await (await hub.as(who.cardiology)).get(`/v1/inbox/${item?.deliveryId ?? ""}`);
  expect(lines.find(({ fields }) => fields["traceId"] === traceId(4))?.event).toBe("http-request");
  expect(got.header("traceparent")).toMatch(new RegExp(`^00-${traceId(4)}-[0-9a-f]{16}-01$`));
});

test("a command in JSON is one trace too", async () => {
  const sender = await hub.as(practice.gln);
  const answer = await sender.post("/v1/advice", markedQuestion(), sent(3));
  expect(answer.status).toBe(201);
  const { headers } = await broughtOf(caseOf(answer));
  expect(headers["traceparent"]).toContain(traceId(3));
  const spans = await stepsOf(traceId(3), fetched);
  expect(wayTo(spans, named(spans, "bring document"))).toEqual([
    "POST /v1/advice",
    "cmd.advice.*",
    "write record",
    "bring document",
  ]);
});

test("what is refused tells that it was, and nothing of why", async () => {
  const sender = await hub.as(practice.gln);
  const answer = await sender.post("/v1/advice", markedQuestion({ to: { gln: "5790000999998" } }), sent(6));
  expect(answer.status).toBe(422);
  const spans = await stepsOf(traceId(6), (all) => all.some(({ name }) => name === "POST /v1/advice"));
  expect(named(spans, "POST /v1/advice").attributes).toEqual({
    "http.request.method": "POST",
    "http.route": "/v1/advice",
    "http.response.status_code": "422",
    "sektorbro.sender": practice.gln,
  });
});

test("a service in another process goes on with the trace of whoever asks it over the wire", async () => {
  const settings = { endpoint: collector.endpoint, serviceName: "hub-of-the-test" };
  await using asking = await otherProcess(settings);
  const { bus, traces } = asking;
  await traces.within(sent(7)["traceparent"], () =>
    traces.step({ name: "ask", kind: "client" }, () => bus.ask(querySubject("worklist.case"), {})),
  );
  await traces.stop();
  const spans = await stepsOf(traceId(7), (all) => all.length >= 2);
  expect(wayTo(spans, named(spans, "qry.worklist.*"))).toEqual(["ask", "qry.worklist.*"]);
});

test("what answers comes later, in the trace of whoever went on with the document's", async () => {
  const sender = await hub.as(practice.gln);
  const caseId = caseOf(await sender.send(xdis91({ letterId: freshId("TRC") }), sent(4)));
  const { headers } = await broughtOf(caseId);
  const department = await hub.as(who.endocrinology);
  const answered = await department.post(
    `/v1/cases/${caseId}/answer`,
    { text: "Fortsæt som nu." },
    { traceparent: String(headers["traceparent"]) },
  );
  expect(answered.status, answered.text).toBe(200);
  const spans = await stepsOf(traceId(4), (all) =>
    all.some(({ attributes }) => attributes["sektorbro.command"] === "advice.answer"),
  );
  const record = spans.find(({ attributes }) => attributes["sektorbro.command"] === "advice.answer");
  expect(record && wayTo(spans, record)).toContain("bring document");
});

test("what a record sets off in another case is a part of what the record came of", async () => {
  const sender = await hub.as(practice.gln);
  const caseId = caseOf(await sender.post("/v1/advice", markedQuestion({ mayConvert: true })));
  const department = await hub.as(who.endocrinology);
  const path = `/v1/cases/${caseId}/convert`;
  const converted = await department.post(path, { text: "Ses her." }, sent(8));
  expect(converted.status, converted.text).toBe(200);
  const isReferral = ({ attributes }: CollectedSpan): boolean =>
    attributes["sektorbro.family"] === "referral" && attributes["sektorbro.actor"] === "hub";
  const spans = await stepsOf(traceId(8), (all) => all.some(isReferral));
  const made = spans.find(isReferral);
  expect(made && wayTo(spans, made)).toEqual([
    "POST /v1/cases/:caseId/convert",
    "cmd.advice.*",
    "write record",
    "cmd.referral.*",
    "write record",
  ]);
});

test("nothing of a patient, and nothing that came beside the trace, is told to the collector or the receiver", () => {
  expect(collector.spans.length).toBeGreaterThan(30);
  expect(collector.services).toEqual(new Set(["hub-of-the-test"]));
  const told = [...collector.heard, ...receiver.got.map(({ headers }) => JSON.stringify(headers))].join("\n");
  expect(markersIn(told)).toEqual([]);
  expect(told).not.toContain("from-outside");
  for (const { attributes } of collector.spans)
    for (const value of Object.values(attributes)) expect(value).toMatch(/^\S+$/);
});

test("questions and the hub's own looks at things begin no trace", async () => {
  const reader = await hub.as(who.endocrinology);
  await reader.get("/v1/inbox?limit=5");
  await reader.get("/v1/inbox?limit=5", sent(5));
  const spans = await stepsOf(traceId(5), (all) => all.some(({ name }) => name === "GET /v1/inbox"));
  expect(named(spans, "GET /v1/inbox").parentSpanId).toBe(senderSpan);
  const begun = collector.spans.filter(({ parentSpanId }) => (parentSpanId ?? "") === "");
  expect(new Set(begun.map(({ name }) => name))).toEqual(new Set(["POST /v1/messages", "POST /v1/advice"]));
});

test("a collector that is away is told of in the log, and holds up nobody", async () => {
  const away = await startCollector();
  await away[Symbol.asyncDispose]();
  process.env["OTEL_EXPORTER_OTLP_TIMEOUT"] = "300";
  const traces = await openTraces({ endpoint: away.endpoint, serviceName: "away" }, log);
  await traces.step({ name: "alone", kind: "internal", begins: true }, () => Promise.resolve());
  const said = await eventually(
    () => Promise.resolve(lines.find(({ event }) => event === "traces-not-taken")),
    "the line of log",
  );
  expect(said).toMatchObject({ level: "warn", fields: { count: 1 } });
  await traces.stop();
});

test("a hub that stops does not wait for a collector that takes and never answers", async () => {
  const silent = createServer(() => undefined);
  await new Promise<void>((resolve) => {
    silent.listen(0, "127.0.0.1", resolve);
  });
  process.env["OTEL_EXPORTER_OTLP_TIMEOUT"] = "20000";
  const endpoint = `http://127.0.0.1:${String((silent.address() as AddressInfo).port)}`;
  const traces = await openTraces({ endpoint, serviceName: "silent" }, log);
  await traces.step({ name: "alone", kind: "internal", begins: true }, () => Promise.resolve());
  const fromMs = performance.now();
  await traces.stop();
  expect(performance.now() - fromMs).toBeLessThan(5_000);
  silent.closeAllConnections();
  silent.close();
});
