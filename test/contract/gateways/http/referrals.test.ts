import { expect, test } from "vitest";
import { ReferralCommands } from "../../../../contracts/messages/referral.ts";
import { as, createTestServer, gln, postJson } from "../../../support/http-ports.ts";
import { caseId, sending } from "../../../support/referral-given.ts";
import { payloadsOf } from "../../../support/referral-payloads.ts";

const referral = { ...sending("hospital"), to: { gln: gln.unit } };

test("a referral is 201, at its own address, under its sender and message", async () => {
  const { hub, server } = createTestServer();
  const response = await postJson(server, "/v1/referrals", referral);
  expect(response.statusCode).toBe(201);
  expect(response.json()).toMatchObject({ status: "accepted", duplicate: false });
  expect(hub.commands).toMatchObject([
    {
      id: `send:${gln.practice}:H-1`,
      type: "referral.send",
      sender: gln.practice,
      payload: ReferralCommands["referral.send"].parse(referral),
    },
  ]);
});

test("the same referral again is 200 with the same answer", async () => {
  const { server } = createTestServer();
  const first = await postJson(server, "/v1/referrals", referral);
  const again = await postJson(server, "/v1/referrals", referral);
  expect(again.statusCode).toBe(200);
  expect(again.json()).toEqual({ ...first.json<object>(), duplicate: true });
});

test("a referral that breaks its schema is 422 with every problem, and is not sent", async () => {
  const { hub, server } = createTestServer();
  const response = await postJson(server, "/v1/referrals", {
    ...referral,
    kind: "dental",
    municipality: "9",
    patient: { cpr: "3202001234" },
  });
  expect(response.statusCode).toBe(422);
  const { problems } = response.json<{ problems: { path: string }[] }>();
  expect(problems.map(({ path }) => path).sort()).toEqual([
    "kind",
    "municipality",
    "patient.cpr",
    "patient.surname",
  ]);
  expect(response.body).not.toContain("3202001234");
  expect(hub.commands).toEqual([]);
});

test.each([
  ["referral-incomplete", 422],
  ["no-unit-takes", 422],
  ["sender-may-not-refer", 422],
  ["receiver-is-sender", 422],
  ["not-for-this-kind", 409],
  ["forward-loops", 409],
] as const)("a referral refused with %s is %i, with its problems", async (code, status) => {
  const { hub, server } = createTestServer();
  const problems = [{ path: "to", code, message: "Because.", severity: "error" as const }];
  hub.next.command = () => ({ status: "refused", code, problems, duplicate: false });
  const response = await postJson(server, "/v1/referrals", referral);
  expect(response.statusCode).toBe(status);
  expect(response.json()).toMatchObject({ code, problems });
});

test.each([
  ["receive", "referral.receive"],
  ["accept", "referral.accept"],
  ["request-information", "referral.requestInformation"],
  ["give-information", "referral.giveInformation"],
  ["misdirected", "referral.markMisdirected"],
  ["forward", "referral.forward"],
  ["return", "referral.return"],
  ["decline", "referral.decline"],
  ["book", "referral.book"],
  ["rebook", "referral.rebook"],
  ["cancel-appointment", "referral.cancelAppointment"],
  ["notice-sent", "referral.noticeSent"],
  ["invite", "referral.invite"],
  ["attended", "referral.attended"],
  ["no-show", "referral.noShow"],
  ["follow-up-no-show", "referral.followUpNoShow"],
  ["end-course", "referral.endCourse"],
  ["start-visit", "referral.startVisit"],
  ["end-visit", "referral.endVisit"],
  ["settle-diagnosis", "referral.settleDiagnosis"],
  ["conclude", "referral.conclude"],
  ["phone-finding", "referral.phoneFinding"],
  ["review-result", "referral.reviewResult"],
  ["withdraw", "referral.withdraw"],
  ["want-slot", "referral.wantSlot"],
] as const)("%s becomes %s on the referral of the address", async (action, type) => {
  const { hub, server } = createTestServer();
  const payload = payloadsOf("hospital")[type];
  const url = `/v1/referrals/${caseId}/${action}`;
  const response = await postJson(server, { url, headers: as("unit") }, payload);
  expect(response.statusCode).toBe(200);
  expect(hub.commands).toMatchObject([
    { type, sender: gln.unit, payload: ReferralCommands[type].parse({ ...payload, caseId }) },
  ]);
});

test.each(["openFromAdvice", "open-from-advice", "note-booking", "ring"])(
  "%s, which is the hub's own, has no address",
  async (action) => {
    const { hub, server } = createTestServer();
    const response = await postJson(server, `/v1/referrals/${caseId}/${action}`, {});
    expect(response.statusCode).toBe(404);
    expect(hub.commands).toEqual([]);
  },
);

test("a return without its four fields is 422, naming each", async () => {
  const { server } = createTestServer();
  const response = await postJson(server, `/v1/referrals/${caseId}/return`, {});
  expect(response.statusCode).toBe(422);
  const { problems } = response.json<{ problems: { path: string }[] }>();
  expect(problems.map(({ path }) => path)).toEqual(["reason", "advice", "doctor", "phone"]);
});

const patterns = {
  from: "2026-11",
  to: "2026-12",
  groupBy: ["offer"],
  groups: [{ by: { offer: "smoking" }, count: 12, noShows: "<5" }],
};
const get = (server: ReturnType<typeof createTestServer>["server"], url: string) =>
  server.inject({ method: "GET", url, headers: as("practice") });

test("the patterns are asked for the caller, and answered as they are", async () => {
  const { hub, server } = createTestServer();
  hub.next.query = () => ({ status: "ok", value: patterns });
  const response = await get(server, "/v1/referral-patterns?from=2026-11&to=2026-12&groupBy=offer,month");
  expect(response.statusCode).toBe(200);
  expect(response.json()).toEqual(patterns);
  expect(hub.queries).toEqual([
    {
      type: "referral.patterns",
      viewer: gln.practice,
      payload: { from: "2026-11", to: "2026-12", groupBy: ["offer", "month"] },
    },
  ]);
});

test.each([
  ["", ["from", "to"]],
  ["?from=2026-13&to=2026-12", ["from"]],
  ["?from=2026-12&to=2026-11", ["to"]],
  ["?from=2026-11&to=2026-12&groupBy=patient", ["groupBy.0"]],
])("patterns asked for with %s are 422", async (query, paths) => {
  const { hub, server } = createTestServer();
  const response = await get(server, `/v1/referral-patterns${query}`);
  expect(response.statusCode).toBe(422);
  const { problems } = response.json<{ problems: { path: string }[] }>();
  expect(problems.map(({ path }) => path)).toEqual(paths);
  expect(hub.queries).toEqual([]);
});

test("patterns that are still being counted are 503", async () => {
  const { hub, server } = createTestServer();
  hub.next.query = () => ({ status: "failed", code: "service-unavailable" });
  expect((await get(server, "/v1/referral-patterns?from=2026-11&to=2026-12")).statusCode).toBe(503);
});

test("patterns are not shown for an organisation that the caller is no part of", async () => {
  const { server } = createTestServer();
  const url = `/v1/referral-patterns?from=2026-11&to=2026-12&for=${gln.unit}`;
  expect((await get(server, url)).statusCode).toBe(403);
});
