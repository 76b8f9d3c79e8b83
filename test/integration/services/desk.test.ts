import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CaseList } from "../../../contracts/messages/case-list.ts";
import type { Colleagues, DeskOutcomes } from "../../../contracts/messages/desk.ts";
import type { CaseView } from "../../../contracts/messages/worklist.ts";
import { startHttp } from "../../../gateways/http/main.ts";
import { startDesk } from "../../../services/desk/main.ts";
import { eventually } from "../../support/eventually.ts";
import { who } from "../../support/region-view.ts";
import { startTestHub, type TestHub } from "../../support/test-platform.ts";

let hub: TestHub;
let url: string;
beforeAll(async () => {
  let http: { url: string } | undefined;
  hub = await startTestHub({
    starts: [
      startDesk,
      async (platform) => {
        http = await startHttp(platform, {
          ...{ host: "127.0.0.1", port: 0, durability: "safe", version: "0" },
          trust: {
            verifyToken: (token) => Promise.resolve({ gln: token, role: "organisation" }),
            verifyCertificate: () => Promise.resolve(undefined),
            isRevoked: () => Promise.resolve(false),
          },
          maxDocumentBytes: 1_000_000,
        });
        return http as Awaited<ReturnType<typeof startHttp>>;
      },
    ],
  });
  url = http?.url ?? "";
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
});

const call = async <T>(gln: string, path: string, body?: object): Promise<T> => {
  const response = await fetch(`${url}${path}`, {
    headers: { authorization: `Bearer ${gln}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${path} ${String(response.status)} ${await response.text()}`);
  return (await response.json()) as T;
};
const unit = who.endocrinology;
const people = Array.from({ length: 6 }, (_, n) => ({
  id: `person-${String(n)}`,
  name: `Kollega ${String(n)}`,
}));
const [nanna, asta] = [people[0], people[1]];
let asked = 0;
const ask = async (): Promise<string> => {
  const patient = { cpr: "0107364006", surname: "Prøvesen" };
  const question = { subject: "TSH", question: "Hvad nu?", messageId: `desk-${String(asked++)}` };
  const body = { to: { gln: unit }, patient, ...question };
  return (await call<{ caseId: string }>(who.practice, "/v1/advice", body)).caseId;
};
const order = (body: object, gln: string = unit): Promise<DeskOutcomes> =>
  call<DeskOutcomes>(gln, "/v1/worklist/desk", body);
const listed = async (query: string, wanted: (list: CaseList) => boolean): Promise<CaseList> =>
  eventually(async () => {
    const list = await call<CaseList>(unit, `/v1/worklist?limit=200${query}`);
    return wanted(list) ? list : undefined;
  }, `the worklist ${query}`);
const has = (list: CaseList, caseId: string): boolean => list.items.some((one) => one.caseId === caseId);

describe("the desk of an organisation", () => {
  test("of many who take one case at once one gets it, and all others are told who", async () => {
    const caseId = await ask();
    const came = await Promise.all(people.map((by) => order({ act: "claim", cases: [{ caseId }], by })));
    const outcomes = came.flatMap((one) => one.outcomes);
    const winner = people[outcomes.findIndex(({ outcome }) => outcome === "done")];
    expect(outcomes.map(({ outcome }) => outcome).toSorted()).toEqual(
      ["done", ...Array<string>(5).fill("held")].toSorted(),
    );
    expect(outcomes.map(({ desk }) => desk?.holder)).toEqual(people.map(() => winner));
    const list = await listed(`&holder=${winner?.id ?? ""}`, (found) => has(found, caseId));
    expect(list.items.every(({ desk }) => desk?.holder?.id === winner?.id)).toBe(true);
    expect(has(await call(unit, "/v1/worklist?holder=nobody&limit=200"), caseId)).toBe(false);
  });

  test("each of many cases has an outcome of its own", async () => {
    const [one, other] = [await ask(), await ask()];
    await order({ act: "claim", cases: [{ caseId: one }], by: nanna });
    const unknown = "3d2c6a7b-6f0a-5d1f-9f55-8c905f0b3c1e";
    const cases = [one, other, unknown].map((caseId) => ({ caseId }));
    const { outcomes } = await order({ act: "claim", cases, by: asta });
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(["held", "done", "unknown"]);
    const given = await order({ act: "assign", cases: cases.slice(0, 2), by: asta, to: asta });
    expect(given.outcomes.map(({ outcome, desk }) => [outcome, desk?.holder?.id])).toEqual([
      ["done", asta?.id],
      ["unchanged", asta?.id],
    ]);
    const { colleagues } = await eventually(async () => {
      const found = await call<Colleagues>(unit, "/v1/worklist/colleagues");
      return found.colleagues.length >= 2 ? found : undefined;
    }, "colleagues");
    expect(colleagues).toEqual(expect.arrayContaining([nanna, asta]));
  });

  test("what others did is unread until somebody has read it, and again when they do more", async () => {
    const caseId = await ask();
    const unread = (): Promise<CaseList> => call<CaseList>(unit, "/v1/worklist?unread=true&limit=200");
    await listed("&unread=true", (list) => has(list, caseId));
    await order({ act: "read", cases: [{ caseId }], by: nanna });
    await eventually(async () => (has(await unread(), caseId) ? undefined : true), "read");
    await call(unit, `/v1/cases/${caseId}/request-information`, { text: "Hvilken dosis?" });
    await call(who.practice, `/v1/cases/${caseId}/give-information`, { text: "100 µg" });
    await listed("&unread=true", (list) => has(list, caseId));
    const before = await call<CaseView>(unit, `/v1/cases/${caseId}`);
    expect(before.desk).toEqual({ readTo: 1 });
  });

  test("the other party sees nothing of it", async () => {
    const caseId = await ask();
    await order({ act: "claim", cases: [{ caseId }], by: nanna });
    const theirs = await call<CaseView>(who.practice, `/v1/cases/${caseId}`);
    expect([theirs.desk, theirs.records.length]).toEqual([undefined, 1]);
    expect(JSON.stringify(theirs)).not.toContain("Kollega");
    expect(await call<Colleagues>(who.practice, "/v1/worklist/colleagues")).toEqual({ colleagues: [] });
    const sent = await call<CaseList>(who.practice, "/v1/sent?limit=200");
    expect(JSON.stringify(sent)).not.toContain("Kollega");
    const stranger = await order({ act: "claim", cases: [{ caseId }], by: asta }, who.otherPractice);
    expect(stranger.outcomes).toEqual([{ caseId, outcome: "unknown" }]);
  });

  test("a made index is as it was, desks and all", async () => {
    const caseId = await ask();
    await order({ act: "claim", cases: [{ caseId }], by: nanna });
    await listed(`&holder=${nanna?.id ?? ""}`, (list) => has(list, caseId));
    const before = await call<CaseList>(unit, "/v1/worklist?limit=200");
    await hub.platform.redis.flushall();
    const after = await listed("", ({ items }) => items.length === before.items.length);
    expect(after).toEqual(before);
  });
});
