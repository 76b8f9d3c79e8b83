import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { CaseEvent } from "../../../../contracts/messages/case-list.ts";
import { createListener } from "../../../../gateways/http/event-stream.ts";
import { eventually } from "../../../support/eventually.ts";
import { as, createTestServer, gln } from "../../../support/http-ports.ts";

const caseId = "5f0b3c1e-6f0a-5d1f-9f55-3d2c6a7b8c90";
const at = "2026-11-23T09:15:00.000Z";
const event = (more: Partial<CaseEvent> = {}): CaseEvent => ({
  caseId,
  family: "advice",
  status: "asked",
  no: 1,
  at,
  audience: [gln.practice, gln.unit],
  deliveries: [{ deliveryId: `${caseId}.1.0`, to: gln.unit, status: "waiting" }],
  ...more,
});

let made: ReturnType<typeof createTestServer>;
let url: string;
beforeEach(async () => {
  made = createTestServer();
  url = await made.server.listen({ host: "127.0.0.1", port: 0 });
});
afterEach(async () => {
  for (const listener of made.hub.listeners) listener.end();
  await made.server.close();
});

/** A caller that listens, and all that it has heard so far. */
const listen = async (who: keyof typeof gln, query = "") => {
  const abort = new AbortController();
  const response = await fetch(`${url}/v1/events${query}`, { headers: as(who), signal: abort.signal });
  const heard = { text: "", ended: false };
  const read = async (): Promise<void> => {
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) heard.text += decoder.decode(chunk as Uint8Array);
    heard.ended = true;
  };
  void read().catch(() => undefined);
  return { response, heard, abort };
};
const hears = (heard: { text: string }, text: string): Promise<true> =>
  eventually(() => Promise.resolve(heard.text.includes(text) ? true : undefined), `"${text}" is heard`);

test("says hello first, and then each change with an id that any list takes as `after`", async () => {
  const { response, heard } = await listen("unit");
  expect(response.headers.get("content-type")).toBe("text/event-stream");
  await hears(heard, "event: hello");
  for (const listener of made.hub.listeners) listener.hear(event());
  await hears(heard, "event: delivery");
  const [hello, change, delivery] = heard.text.split("\n\n");
  expect(hello).toBe(`retry: 2000\nevent: hello\ndata: {"gln":"${gln.unit}","at":"${at}"}`);
  expect(change).toBe(
    `id: ${caseId}.1\nevent: case\ndata: {"caseId":"${caseId}","family":"advice","status":"asked","no":1,"at":"${at}"}`,
  );
  expect(delivery).toContain(`"deliveryId":"${caseId}.1.0"`);
});

test("of two callers each hears its own and nothing of the other's, a whole that of its unit", async () => {
  const [unit, whole, stranger, practice] = [
    await listen("unit"),
    await listen("hospital"),
    await listen("stranger"),
    await listen("practice"),
  ];
  const others = event({ caseId: caseId.replace("5f", "6f"), audience: [gln.stranger], deliveries: [] });
  for (const listener of made.hub.listeners) {
    listener.hear(event());
    listener.hear(others);
  }
  await hears(stranger.heard, "event: case");
  await hears(unit.heard, "event: delivery");
  await hears(whole.heard, "event: delivery");
  await hears(practice.heard, "event: case");
  expect(stranger.heard.text).not.toContain(caseId);
  for (const { heard } of [unit, whole, practice]) expect(heard.text).not.toContain(others.caseId);
  expect(practice.heard.text).not.toContain("event: delivery");
  for (const { heard } of [unit, whole, practice]) expect(heard.text).not.toContain("audience");
});

test("one that leaves is forgotten, and all streams end with the hub", async () => {
  const { abort } = await listen("unit");
  const { heard } = await listen("practice");
  expect(made.hub.listeners.size).toBe(2);
  abort.abort();
  await eventually(() => Promise.resolve(made.hub.listeners.size === 1 ? true : undefined), "one has left");
  for (const listener of made.hub.listeners) listener.end();
  await eventually(() => Promise.resolve(heard.ended ? true : undefined), "the stream has ended");
});

test("a unit of another is not listened to", async () => {
  const { response } = await listen("stranger", `?for=${gln.unit}`);
  expect(response.status).toBe(403);
  expect(made.hub.listeners.size).toBe(0);
});

test("a heartbeat comes at its interval, and the stream ends when its time is over", () => {
  vi.useFakeTimers();
  try {
    const { stream } = createListener({ hello: {}, mine: () => true, heartbeatMs: 15_000, lifeMs: 60_000 });
    const text = () => String(stream.read() ?? "");
    expect(text()).toContain("event: hello");
    vi.advanceTimersByTime(15_000);
    expect(text()).toBe(": heartbeat\n\n");
    vi.advanceTimersByTime(45_000);
    expect(text()).toContain(": heartbeat\n\n");
    expect(stream.readableEnded || stream.read() === null).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});

test("one that does not read is let go, and what waits for it does not grow without end", () => {
  const { stream, hear } = createListener({
    hello: {},
    mine: () => true,
    heartbeatMs: 60_000,
    lifeMs: 60_000,
  });
  for (let no = 1; no < 5_000 && !stream.destroyed; no++) hear(event({ no }));
  expect(stream.destroyed).toBe(true);
  expect(stream.readableLength).toBeLessThan(300 * 1024);
  hear(event());
});
