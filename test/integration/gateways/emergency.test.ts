import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CaseList } from "../../../contracts/messages/case-list.ts";
import type { EmergencyAccess, EmergencyPage } from "../../../contracts/messages/emergency.ts";
import type { CaseView } from "../../../contracts/messages/worklist.ts";
import { who } from "../../support/region-view.ts";
import { operator, type RestHub, startRestHub } from "../../support/rest-hub.ts";

const patient = { cpr: "0107364006" };
const text = "Indbragt bevidstløs, medicin og allergier kendes ikke.";

let hub: RestHub;
let caseId: string;
let cookie: string;
beforeAll(async () => {
  hub = await startRestHub();
  ({ caseId } = await hub.act(who.practice, "advice-ask", { body: { messageId: "E-1", attachments: [] } }));
  cookie = await signIn("specialist-cardiology");
}, 60_000);
afterAll(() => hub[Symbol.asyncDispose]());

const signIn = async (person: string): Promise<string> => {
  const response = await fetch(`${hub.url}/v1/session`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ person }),
  });
  return response.headers.getSetCookie()[0]?.split(";")[0] ?? "";
};
const call = async (path: string, { as = cookie, body }: { as?: string; body?: object } = {}) => {
  const response = await fetch(hub.url + path, {
    method: body === undefined ? "GET" : "POST",
    headers: {
      ...{ cookie: as, "sec-fetch-site": "same-origin" },
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, text: await response.text() };
};

describe("a doctor who is no party to a citizen's case", () => {
  test("sees nothing of it; with a reason all of it, and only of this citizen, and can do nothing on it", async () => {
    expect((await call(`/v1/cases/${caseId}`)).status).toBe(404);
    const asked = JSON.parse((await hub.get(who.practice, `/v1/cases/${caseId}`)).text) as CaseView;
    const citizen = asked.records.flatMap(({ meta }) => meta.card?.patient ?? [])[0];
    const begun = await call("/v1/emergency-access", {
      body: { patient: { cpr: citizen?.cpr }, reason: "cannot-consent", text },
    });
    expect(begun.status).toBe(201);
    const { id } = JSON.parse(begun.text) as EmergencyAccess;
    const { items } = JSON.parse((await call(`/v1/emergency-access/${id}/cases`)).text) as CaseList;
    expect(items.map((one) => one.caseId)).toContain(caseId);
    const seen = JSON.parse((await call(`/v1/cases/${caseId}?emergency=${id}`)).text) as CaseView;
    expect(seen.records.length).toBe(asked.records.length);
    expect(seen.can).toEqual([]);
    const others = await hub.act(who.practice, "advice-ask", {
      body: { messageId: "E-2", attachments: [], patient: { cpr: "2512484916", surname: "Prøvesen" } },
    });
    expect((await call(`/v1/cases/${others.caseId}?emergency=${id}`)).status).toBe(404);
    // Nobody else's, at their own organisation or another, and no system's.
    const other = await signIn("specialist-endocrinology");
    expect((await call(`/v1/cases/${others.caseId}?emergency=${id}`, { as: other })).status).toBe(403);
    expect((await hub.get(who.outOfHours, `/v1/cases/${caseId}?emergency=${id}`)).status).toBe(403);
    const listed = JSON.parse((await hub.get(operator, "/v1/emergency-access")).text) as EmergencyPage;
    expect(listed.items).toEqual([expect.objectContaining({ id, person: "specialist-cardiology" })]);
  });

  test("is told so when the access is none of theirs", async () => {
    const unknown = "0c6a3b52-3f5e-5c1b-9b5e-6f2a1d7c4e10";
    const answer = await call(`/v1/cases/${caseId}?emergency=${unknown}`);
    expect([answer.status, JSON.parse(answer.text)]).toEqual([
      403,
      expect.objectContaining({ code: "emergency-over" }),
    ]);
    expect((await call("/v1/emergency-access", { body: { patient, reason: "x", text } })).status).toBe(400);
  });
});
