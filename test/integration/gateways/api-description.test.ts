import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { answerProblems, apiDocument, operationAt, operations } from "../../support/api-document.ts";
import { who } from "../../support/region-view.ts";
import { type RestHub, startRestHub } from "../../support/rest-hub.ts";
import { listenTo } from "../../support/rest-listening.ts";
import { attach, exchange, operate, readAll, refuse, signIn, speakFhir } from "../../support/rest-reading.ts";
import { repair } from "../../support/rest-repair.ts";
import { advise, book, discharge, observe, referAll } from "../../support/rest-scenes.ts";

/** Operations that no scene gets a good answer from, each with its reason. */
const notPlayed: Readonly<Record<string, string>> = {
  "delivery-resend":
    "A receipt must have been missing for a quarter of an hour first; see missing-receipts.test.ts.",
  "delivery-handle": "The same.",
  leaveToSignIn: "It leads to a provider, with a 302; see sign-in.test.ts.",
  comeBackFromSignIn: "The same.",
};

let hub: RestHub;
let heard = "";
beforeAll(async () => {
  hub = await startRestHub();
  const { open } = await advise(hub);
  await referAll(hub);
  await discharge(hub);
  await observe(hub);
  await book(hub);
  await exchange(hub);
  await signIn(hub);
  await speakFhir(hub);
  await attach(hub);
  await readAll(hub, open);
  await operate(hub);
  await refuse(hub, open);
  await repair(hub);
  heard = await listenTo(hub, who.practice, "event: case");
}, 120_000);
afterAll(() => hub[Symbol.asyncDispose]());

const seen = (id: string): number[] =>
  hub.calls.filter(({ operation }) => operation.id === id).map(({ status }) => status);

describe("what a running hub answers", () => {
  test("is what the API description tells: status, media type, schema, and no field besides", () => {
    const wrong = hub.calls.flatMap(({ operation, status, problems }) =>
      problems.map((problem) => `${operation.id} ${String(status)}: ${problem}`),
    );
    expect([...new Set(wrong)]).toEqual([]);
    expect(hub.calls.length).toBeGreaterThan(200);
  });

  test("was a good answer at least once for every operation, but for those that are named", () => {
    const unanswered = operations.filter(({ id }) => !seen(id).some((status) => status < 300));
    expect(unanswered.map(({ id }) => id).toSorted()).toEqual(Object.keys(notPlayed).toSorted());
  });

  test("was each kind of refusal at least once", () => {
    const statuses = new Set(hub.calls.map(({ status }) => status));
    expect([...statuses].toSorted()).toEqual([200, 201, 204, 400, 401, 403, 404, 409, 413, 415, 422]);
  });

  test("on the live stream is events as the description shows them", () => {
    const shown = Object.entries(apiDocument.components.examples).find(([name]) =>
      name.includes("event-stream"),
    );
    const shapeOf = (text: string): string[] => {
      const events = text.split("\n\n").filter((one) => one.includes("event: "));
      return events.map((one) => {
        const data = JSON.parse(/^data: (.*)$/m.exec(one)?.[1] ?? "{}") as object;
        return [/event: \w+/.exec(one)?.[0], ...Object.keys(data)].join(" ");
      });
    };
    expect(shapeOf(heard).length).toBeGreaterThan(1);
    expect(shapeOf(String(shown?.[1].value))).toEqual(expect.arrayContaining(shapeOf(heard)));
  });

  test("at /docs/json is the description itself", async () => {
    const response = await fetch(`${hub.url}/docs/json`);
    expect(await response.json()).toEqual(JSON.parse(JSON.stringify(apiDocument)));
  });
});

describe("an answer that is not what the description tells", () => {
  const health = operationAt("GET", "/health");
  const good = { ok: true, durability: "safe", parts: {} };
  const problemsOf = (status: number, type: string, body: object): string[] =>
    answerProblems(health, { status, type, text: JSON.stringify(body) });

  test.each([
    ["status", 418, "application/json", good],
    ["media type", 200, "text/plain", good],
    ["field", 200, "application/json", { ...good, untold: 1 }],
    ["value", 200, "application/json", { ...good, ok: "yes" }],
  ] as const)("is found out by its %s", (_what, status, type, body) => {
    expect(problemsOf(200, "application/json; charset=utf-8", good)).toEqual([]);
    expect(problemsOf(status, type, body)).not.toEqual([]);
  });
});
