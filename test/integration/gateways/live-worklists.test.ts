import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CommandReply } from "../../../contracts/envelope.ts";
import type { CaseList } from "../../../contracts/messages/case-list.ts";
import { startHttp } from "../../../gateways/http/main.ts";
import { eventually } from "../../support/eventually.ts";
import { who } from "../../support/region-view.ts";
import { startTestHub, type TestHub } from "../../support/test-platform.ts";

let hub: TestHub;
let url: string;
beforeAll(async () => {
  let http: { url: string } | undefined;
  hub = await startTestHub({
    starts: [
      async (platform) => {
        const started = await startHttp(platform, {
          host: "127.0.0.1",
          port: 0,
          durability: "safe",
          trust: {
            verifyToken: (token) => Promise.resolve({ gln: token, role: "organisation" }),
            verifyCertificate: () => Promise.resolve(undefined),
            isRevoked: () => Promise.resolve(false),
          },
          maxDocumentBytes: 1_000_000,
          version: "0",
        });
        http = started;
        return started;
      },
    ],
  });
  url = http?.url ?? "";
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
});

const get = async <T>(gln: string, path: string): Promise<T> => {
  const response = await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${gln}` } });
  if (response.status !== 200) throw new Error(`${path} ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
};
const post = (gln: string, path: string, body: object): Promise<Response> =>
  fetch(`${url}${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${gln}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
type Accepted = Extract<CommandReply, { status: "accepted" }>;
const ask = async (messageId: string, by: string, to: string): Promise<Accepted> => {
  const patient = { cpr: "0404650010", surname: "Prøve" };
  const body = { messageId, to: { gln: to }, patient, subject: "TSH", question: "Hvad nu?" };
  return (await (await post(by, "/v1/advice", body)).json()) as Accepted;
};
const listen = async (gln: string) => {
  const abort = new AbortController();
  const response = await fetch(`${url}/v1/events`, {
    headers: { authorization: `Bearer ${gln}` },
    signal: abort.signal,
  });
  const heard = { text: "" };
  const read = async (): Promise<void> => {
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) heard.text += decoder.decode(chunk as Uint8Array);
  };
  const ended = read().catch(() => undefined);
  return { heard, abort, ended };
};
const hears = (heard: { text: string }, text: string): Promise<true> =>
  eventually(() => Promise.resolve(heard.text.includes(text) ? true : undefined), "it is heard");
const ids = ({ items }: CaseList): string[] => items.map(({ caseId }) => caseId);

describe("on real servers", () => {
  test("whoever writes and asks with `after` always finds its own write, in every list and in the inbox", async () => {
    for (let n = 0; n < 30; n++) {
      const { caseId, recordNo } = await ask(`own-${n}`, who.practice, who.endocrinology);
      const after = `?after=${caseId}.${recordNo}&limit=500`;
      expect(ids(await get(who.practice, `/v1/sent${after}`))).toContain(caseId);
      expect(ids(await get(who.endocrinology, `/v1/worklist${after}`))).toContain(caseId);
      const inbox = await get<{ items: { caseId: string }[] }>(who.endocrinology, `/v1/inbox${after}`);
      expect(inbox.items.map((item) => item.caseId)).toContain(caseId);
    }
  });

  test("a write that nobody made is no `after`", async () => {
    const response = await fetch(`${url}/v1/worklist?after=00000000-0000-5000-8000-000000000000.1`, {
      headers: { authorization: `Bearer ${who.practice}` },
    });
    expect(response.status).toBe(400);
  });

  test("of two callers each hears its own cases, once the lists hold them, and none of the other's", async () => {
    const [one, other] = [await listen(who.endocrinology), await listen(who.cardiologyClinic)];
    await Promise.all([hears(one.heard, "event: hello"), hears(other.heard, "event: hello")]);
    const mine = await ask("live-1", who.practice, who.endocrinology);
    const theirs = await ask("live-2", who.otherPractice, who.cardiologyClinic);
    await Promise.all([
      hears(one.heard, `id: ${mine.caseId}.1`),
      hears(other.heard, `id: ${theirs.caseId}.1`),
    ]);
    expect(ids(await get(who.endocrinology, "/v1/worklist?limit=500"))).toContain(mine.caseId);
    expect(one.heard.text).not.toContain(theirs.caseId);
    expect(other.heard.text).not.toContain(mine.caseId);
    expect(one.heard.text + other.heard.text).not.toMatch(/0404650010|Prøve|Hvad nu/);
    const body = { text: "Ja" };
    expect((await post(who.endocrinology, `/v1/cases/${mine.caseId}/answer`, body)).status).toBe(200);
    await hears(one.heard, `"status":"answered"`);
    for (const { abort } of [one, other]) abort.abort();
  });

  test("a citizen's cases are found across parties, by those that are one", async () => {
    const { caseId, recordNo } = await ask("citizen-1", who.otherPractice, who.cardiologyClinic);
    const query = { patient: { cpr: "0404650010" }, limit: 500, after: `${caseId}.${recordNo}` };
    const found = async (gln: string) =>
      ids((await (await post(gln, "/v1/patients/cases", query)).json()) as CaseList);
    expect(await found(who.otherPractice)).toContain(caseId);
    expect(await found(who.practice)).not.toContain(caseId);
    expect(await found(who.municipality)).toEqual([]);
    const keys = await hub.platform.redis.keys("*");
    expect(keys.some((key) => key.includes("0404650010"))).toBe(false);
  });

  test("a stream that is open does not keep the hub from stopping", async () => {
    const extra = await startHttp(hub.platform, {
      host: "127.0.0.1",
      port: 0,
      durability: "safe",
      trust: {
        verifyToken: (token) => Promise.resolve({ gln: token, role: "organisation" }),
        verifyCertificate: () => Promise.resolve(undefined),
        isRevoked: () => Promise.resolve(false),
      },
      maxDocumentBytes: 1_000_000,
      version: "0",
    });
    const response = await fetch(`${extra.url}/v1/events`, {
      headers: { authorization: `Bearer ${who.practice}` },
    });
    const text = response.text();
    const started = Date.now();
    await extra.stop();
    // A stream that was waited for would never end.
    expect(Date.now() - started).toBeLessThan(15_000);
    expect(await text).toContain("event: hello");
  });
});
