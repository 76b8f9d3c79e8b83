import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { DischargeCommands } from "../../../../contracts/messages/discharge.ts";
import { as, createTestServer, gln, postJson } from "../../../support/http-ports.ts";

const example = (name: string): Record<string, unknown> =>
  (
    JSON.parse(readFileSync(`contracts/examples/discharge/valid/${name}.json`, "utf8")) as {
      message: Record<string, unknown>;
    }
  ).message;
const stay = "/v1/discharges/5f0b3c1e-6f0a-5d1f-9f55-3d2c6a7b8c90";

test.each([
  ["/v1/discharges/notifications", "discharge.notify", "notify-admitted", "notify:adv-1"],
  ["/v1/discharges/corrections", "discharge.correct", "correct-time", "correct:adv-2"],
  ["/v1/discharges/cancellations", "discharge.cancel", "cancel-event", "cancel:adv-3"],
  [
    "/v1/discharges/summaries",
    "discharge.receiveSummary",
    "receive-summary",
    "receiveSummary:EPI0000000001:EPI0000000001",
  ],
  [
    "/v1/discharges/summaries",
    "discharge.receiveSummary",
    "receive-summary-corrected",
    "receiveSummary:EPI0000000001:EPI0000000001-2",
  ],
] as const)("POST %s is %s, named by its sender and message", async (url, type, name, words) => {
  const { hub, server } = createTestServer();
  const response = await postJson(server, url, example(name));
  expect(response.statusCode).toBe(201);
  const [verb, ...id] = words.split(":");
  expect(hub.commands).toMatchObject([
    {
      id: `${verb}:${gln.practice}:${id.join(":")}`,
      type,
      sender: gln.practice,
      payload: DischargeCommands[type].parse(example(name)),
    },
  ]);
});

const steps = {
  plan: ["discharge.plan", "plan"],
  assess: ["discharge.assess", "assess"],
  "admission-report": ["discharge.sendAdmissionReport", "admission-report"],
  "admission-answer": ["discharge.answerAdmission", "answer-admission"],
  checklist: ["discharge.tick", "tick-medication"],
  "care-plan": ["discharge.sendCarePlan", "care-plan"],
  summary: ["discharge.sendSummary", "send-summary"],
  "summary-correction": ["discharge.correctSummary", "correct-summary"],
  "summary-cancellation": ["discharge.cancelSummary", "cancel-summary"],
  review: ["discharge.review", "review-disagrees"],
  "responsibility-extension": ["discharge.extendResponsibility", "extend-responsibility"],
  "emergency-call": ["discharge.suspendResponsibility", "suspend-responsibility"],
  "emergency-call-end": ["discharge.resumeResponsibility", "resume-responsibility"],
  "home-visit": ["discharge.askHomeVisit", "ask-home-visit"],
  "home-visit-booking": ["discharge.bookHomeVisit", "book-home-visit"],
  "home-visit-held": ["discharge.holdHomeVisit", "hold-home-visit"],
  "home-visit-declined": ["discharge.declineHomeVisit", "decline-home-visit"],
} as const;

test.each(Object.entries(steps))(
  "the step %s is its command, with the case of the address",
  async (step, [type, name]) => {
    const { hub, server } = createTestServer();
    const { caseId: _, ...body } = example(name);
    const response = await postJson(server, `${stay}/${step}`, body);
    expect([response.statusCode, response.body]).toEqual([200, expect.any(String)]);
    expect(hub.commands).toMatchObject([{ type, payload: DischargeCommands[type].parse(example(name)) }]);
  },
);

test("every command of a caller has an address, and the hub's own have none", () => {
  const reached = [
    ...Object.values(steps).map(([type]) => type),
    "discharge.notify",
    "discharge.correct",
    "discharge.cancel",
    "discharge.receiveSummary",
  ];
  const missing = Object.keys(DischargeCommands).filter((type) => !reached.some((each) => each === type));
  expect(missing).toEqual([
    "discharge.noteTransfer",
    "discharge.requestAdmissionReport",
    "discharge.askWishedVisit",
  ]);
});

test("a marked summary without a recommendation is 422 and is not sent", async () => {
  const { hub, server } = createTestServer();
  const { caseId: _, recommendedAction: __, ...body } = example("send-summary");
  const response = await postJson(server, `${stay}/summary`, body);
  expect(response.statusCode).toBe(422);
  expect(response.json()).toMatchObject({
    code: "message-invalid",
    problems: [{ path: "recommendedAction", code: "recommendation-missing" }],
  });
  expect(hub.commands).toEqual([]);
});

test.each([
  ["summary-incomplete", 422],
  ["stay-differs", 409],
  ["case-unknown", 404],
])("a refusal %s is %i", async (code, status) => {
  const { hub, server } = createTestServer();
  hub.next.command = () => ({ status: "refused", code, problems: [], duplicate: false });
  const { caseId: _, ...body } = example("send-summary");
  expect((await postJson(server, `${stay}/summary`, body)).statusCode).toBe(status);
});

test("who is responsible is asked with the citizen in the body, and answered to who may know", async () => {
  const { hub, server } = createTestServer();
  const value = example("responsible");
  hub.next.query = () => ({ status: "ok", value });
  const response = await postJson(server, "/v1/responsible", example("ask-responsible"));
  expect([response.statusCode, response.json()]).toEqual([200, value]);
  expect(hub.queries).toEqual([
    { type: "discharge.responsible", viewer: gln.practice, payload: example("ask-responsible") },
  ]);
});

test("who is responsible for a citizen of others is as empty an answer as if there were none", async () => {
  const { hub, server } = createTestServer();
  hub.next.query = () => ({ status: "refused", code: "case-unknown" });
  const response = await postJson(server, "/v1/responsible", example("ask-responsible"));
  expect([response.statusCode, response.body]).toEqual([204, ""]);
});

test("who is responsible is refused without a citizen, in another media type, and for a unit of others", async () => {
  const { hub, server } = createTestServer();
  const nobody = await postJson(server, "/v1/responsible", { patient: { cpr: "3202001234" } });
  expect([nobody.statusCode, nobody.body.includes("3202001234")]).toEqual([422, false]);
  const xml = await server.inject({
    method: "POST",
    url: "/v1/responsible",
    headers: { ...as("practice"), "content-type": "application/xml" },
    payload: "<a/>",
  });
  expect(xml.statusCode).toBe(415);
  const other = await postJson(server, `/v1/responsible?for=${gln.unit}`, example("ask-responsible"));
  expect(other.statusCode).toBe(403);
  expect(hub.queries).toEqual([]);
});
