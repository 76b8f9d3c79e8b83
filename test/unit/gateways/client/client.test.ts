import { describe, expect, it } from "vitest";
import { takeEvents } from "../../../../gateways/client/events.ts";
import { clientCredentials, createClient, HubProblem } from "../../../../gateways/client/main.ts";
import { nextTry, usualPatience } from "../../../../gateways/client/next-try.ts";

const caseId = "7b0e7a1c-31b2-5a3e-9d0c-5d8f2f1f6c11";
const accepted = {
  status: "accepted",
  caseId,
  recordNo: 1,
  at: "2026-11-23T09:15:00.000Z",
  duplicate: false,
  clocks: [],
  facts: [],
};
const refusal = (code: string, fate: string) => ({
  code,
  message: "No.",
  fate,
  problems: [],
  requestId: "r-1",
});

type Sent = { path: string; key: string | null; body: string };

/** A client whose calls are answered from a list, and what it sent. */
const clientAnswered = (answers: readonly ([number, unknown] | "broken")[]) => {
  const sent: Sent[] = [];
  const waits: number[] = [];
  const left = [...answers];
  const client = createClient({
    url: "http://hub.test",
    token: "t",
    newId: () => "id-1",
    wait: (ms) => Promise.resolve(void waits.push(ms)),
    fetch: (url, init) => {
      const headers = new Headers(init?.headers);
      const body = init?.body instanceof Uint8Array ? Buffer.from(init.body).toString() : "";
      const path = url instanceof URL ? url.pathname : "";
      sent.push({ path, key: headers.get("idempotency-key"), body });
      const answer = left.shift();
      if (answer === undefined || answer === "broken") return Promise.reject(new TypeError("fetch failed"));
      const [status, told] = answer;
      return Promise.resolve(new Response(JSON.stringify(told), { status, headers: { "retry-after": "2" } }));
    },
  });
  return { client, sent, waits };
};

describe("how long until the same is sent again", () => {
  it.each([
    ["retry", 1, 0, 250],
    ["ask", 3, 0, 1_000],
    ["retry", 1, 2_000, 2_000],
    ["ask", 5, 0, undefined],
    ["park", 1, 0, undefined],
  ] as const)("%s at try %i, asked to wait %i: %s", (fate, attempt, retryAfterMs, ms) => {
    expect(nextTry({ fate, attempt, retryAfterMs }, usualPatience)).toBe(ms);
  });
});

describe("a command", () => {
  it("is sent again under the same id when nobody knows what became of it, and when it surely was not processed", async () => {
    const { client, sent, waits } = clientAnswered([
      "broken",
      [503, refusal("hub-busy", "retry")],
      [200, accepted],
    ]);
    const answer = await client.command("advice.answer", { caseId, text: "Ja." });
    expect(answer).toMatchObject({ status: "accepted", caseId });
    expect(sent).toEqual(
      Array(3).fill({ path: `/v1/cases/${caseId}/answer`, key: "id-1", body: '{"text":"Ja."}' }),
    );
    expect(waits).toEqual([250, 2_000]);
  });

  it("that is to be mended is never sent again, and tells its fate", async () => {
    const { client, sent } = clientAnswered([[422, refusal("message-invalid", "park")]]);
    const problem = await client
      .command("advice.answer", { caseId, text: "" })
      .catch((error: unknown) => error);
    expect(problem).toBeInstanceOf(HubProblem);
    expect(problem).toMatchObject({ code: "message-invalid", fate: "park", status: 422, requestId: "r-1" });
    expect(sent).toHaveLength(1);
  });
});

describe("events", () => {
  it("are told when they are whole, signs of life are not, and the rest is kept", () => {
    const text =
      'retry: 2000\nevent: hello\ndata: {"gln":"5790000100019"}\n\n: heartbeat\n\nid: c.1\nevent: case\ndata: {"no":1}\n\nevent: de';
    const { events, rest } = takeEvents(text);
    expect(events).toEqual([
      { event: "hello", id: undefined, data: { gln: "5790000100019" } },
      { event: "case", id: "c.1", data: { no: 1 } },
    ]);
    expect(rest).toBe("event: de");
  });
});

describe("tokens by client credentials", () => {
  it("are asked for once, kept, and asked for again before they end", async () => {
    const asked: string[] = [];
    let nowMs = 0;
    const token = clientCredentials({
      tokenUrl: "http://issuer.test/token",
      clientId: "practice",
      clientSecret: "s",
      nowMs: () => nowMs,
      fetch: (_url, init) => {
        asked.push(String(new Headers(init?.headers).get("authorization")));
        return Promise.resolve(Response.json({ access_token: `t-${String(asked.length)}`, expires_in: 60 }));
      },
    });
    expect(await token()).toBe("t-1");
    expect(await token()).toBe("t-1");
    nowMs = 31_000;
    expect(await token()).toBe("t-2");
    expect(asked[0]).toBe(`Basic ${Buffer.from("practice:s").toString("base64")}`);
  });
});
