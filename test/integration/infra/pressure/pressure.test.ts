import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ReadyAnswer } from "../../../../contracts/answers.ts";
import { intakeStreams, journalStreams } from "../../../../infra/nats/streams.ts";
import { eventually } from "../../../support/eventually.ts";
import { department, freshId, practice, xbin01, xdis91 } from "../../../support/golden-samples.ts";
import {
  type Answer,
  caseOf,
  type GatewayHub,
  type HubClient,
  startGatewayHub,
} from "../../../support/hub-client.ts";

let hub: GatewayHub;
let sender: HubClient;
beforeAll(async () => {
  hub = await startGatewayHub(undefined, undefined, [], undefined, {
    limits: { longestQueue: 3, indexPatienceMs: 60_000 },
  });
  sender = await hub.as(practice.gln);
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
});

const letter = (): Uint8Array => xdis91({ letterId: freshId("TRYK") });
const question = (): object => ({
  messageId: freshId("TRYK"),
  to: { gln: department.gln },
  patient: { alternativeId: "0101600AA1", surname: "Prøve", episodeOfCareStatus: "inaktiv" },
  subject: "TSH",
  question: "Hvad nu?",
});

const documentsKept = async (): Promise<number> => {
  const { jsm, layout } = hub.platform;
  const infos = await Promise.all(intakeStreams(layout).map(({ name }) => jsm.streams.info(name)));
  return infos.reduce((sum, { state }) => sum + state.messages, 0);
};

/** Early: long before anything that a document is waited for would have run out. */
const earlyMs = 250;
/** On a machine with much to do one answer may be late; what waits for something is late each time. */
const tries = 5;

const refusedEarly = async (code: string, send: () => Promise<Answer>): Promise<void> => {
  const took: number[] = [];
  do {
    const began = performance.now();
    const answer = await send();
    took.push(performance.now() - began);
    expect([answer.status, answer.json()], answer.text).toMatchObject([503, { code, fate: "retry" }]);
    expect(Number(answer.header("retry-after"))).toBeGreaterThanOrEqual(2);
  } while (Math.min(...took) >= earlyMs && took.length < tries);
  expect(Math.min(...took)).toBeLessThan(earlyMs);
};

/** The same, and nothing of it is kept. */
const refusedUnkept = async (code: string, send: () => Promise<Answer>): Promise<void> => {
  const kept = await documentsKept();
  await refusedEarly(code, send);
  expect(await documentsKept()).toBe(kept);
};

const untilRefused = (code: string, send: () => Promise<Answer>): Promise<Answer> =>
  eventually(async () => {
    const answer = await send();
    return answer.status === 503 && answer.text.includes(code) ? answer : undefined;
  }, `refused for ${code}`);

const untilAccepted = (send: () => Promise<Answer>): Promise<Answer> =>
  eventually(async () => {
    const answer = await send();
    return answer.status === 201 || answer.status === 200 ? answer : undefined;
  }, "accepted again");

const ready = async (): Promise<[number, ReadyAnswer]> => {
  const answer = await fetch(`${hub.url}/health/ready`);
  return [answer.status, ReadyAnswer.parse(await answer.json())];
};

const untilNotReady = (): Promise<true> =>
  eventually(async () => ((await ready())[0] === 503 ? true : undefined), "not ready");

/** The case of an accepted letter is there, and the same letter meets it again. */
const isWhole = async (document: Uint8Array, first: Answer): Promise<void> => {
  const again = await sender.send(document);
  expect([again.status, caseOf(again)]).toEqual([200, caseOf(first)]);
  expect(again.bytes).toEqual(first.bytes);
  expect((await hub.recordsOf(caseOf(first))).length).toBeGreaterThan(0);
};

const accepted = async (): Promise<{ document: Uint8Array; first: Answer }> => {
  const document = letter();
  const first = await sender.send(document);
  expect(first.status, first.text).toBe(201);
  return { document, first };
};

const journalLimit = async (maxBytes: (now: number) => number): Promise<void> => {
  const { jsm, layout } = hub.platform;
  for (const { name } of journalStreams(layout)) {
    const { state } = await jsm.streams.info(name);
    await jsm.streams.update(name, { max_bytes: maxBytes(state.bytes) });
  }
};

const nothingWaits = async (): Promise<void> => {
  await eventually(
    async () => {
      const figures = await (await fetch(`${hub.url}/metrics`)).text();
      const [, { reasons }] = await ready();
      return figures.includes("sektorbro_intake_waiting 0\n") && reasons.length === 0 ? true : undefined;
    },
    "nothing waits of what the test before has sent",
    30_000,
  );
};

describe("a sender is asked to come back, before anything of what it sent is read", () => {
  beforeEach(nothingWaits);

  test("with a journal at its limit, and is let in by itself when there is room", async () => {
    const { document, first } = await accepted();
    await journalLimit((now) => Math.max(1, now));
    const late = letter();
    await untilRefused("journal-full", () => sender.send(late));
    await refusedUnkept("journal-full", () => sender.send(letter()));
    await refusedEarly("journal-full", () => sender.post("/v1/advice", question()));
    expect(await ready()).toMatchObject([200, { ready: true, reasons: ["journal-full"] }]);
    await journalLimit(() => -1);
    await untilAccepted(() => sender.send(letter()));
    // What was kept before it was known that the journal is full has found its way meanwhile.
    await untilAccepted(() => sender.send(late));
    await isWhole(document, first);
  });

  test("with NATS gone, and is let in by itself when it is back", async () => {
    const { document, first } = await accepted();
    await hub.nats.kill();
    await untilNotReady();
    await refusedEarly("journal-unavailable", () => sender.send(letter()));
    await refusedEarly("journal-unavailable", () => sender.post("/v1/advice", question()));
    expect(await ready()).toMatchObject([
      503,
      { ready: false, draining: false, reasons: ["journal-unavailable"] },
    ]);
    await hub.nats.restart();
    await untilAccepted(() => sender.send(letter()));
    expect(await ready()).toMatchObject([200, { ready: true, reasons: [] }]);
    await isWhole(document, first);
  });

  test("with a NATS that holds its connections and answers nobody", async () => {
    process.kill(hub.nats.pid(), "SIGSTOP");
    try {
      await untilNotReady();
      await refusedEarly("journal-unavailable", () => sender.send(letter()));
      await refusedEarly("journal-unavailable", () => sender.post("/v1/advice", question()));
    } finally {
      process.kill(hub.nats.pid(), "SIGCONT");
    }
    await untilAccepted(() => sender.send(letter()));
  });

  test("with Redis gone where a thread could be missed: commands, which name their case, are accepted", async () => {
    const { document, first } = await accepted();
    await hub.redis.kill();
    await refusedUnkept("index-unavailable", () => sender.send(letter()));
    const asked = await sender.post("/v1/advice", question());
    expect(asked.status, asked.text).toBe(201);
    expect((await sender.get("/v1/inbox")).status).toBe(503);
    expect(await ready()).toMatchObject([200, { reasons: ["index-unavailable"] }]);
    await hub.redis.restart();
    await untilAccepted(() => sender.send(letter()));
    await isWhole(document, first);
  });

  test("with more waiting than can be answered in time", async () => {
    const large = (): Uint8Array =>
      xbin01({ attached: [{ id: freshId("STOR"), bytes: Buffer.alloc(900_000, "a") }] });
    let letGo = (): void => undefined;
    const held = hub.platform.large.hold(
      Number.MAX_SAFE_INTEGER,
      () =>
        new Promise<void>((resolve) => {
          letGo = resolve;
        }),
    );
    // One more than may wait: the door shuts when the last of them is in, and on none of them.
    const waiting = Array.from({ length: 4 }, () => sender.send(large()));
    await eventually(async () => {
      const told = await (await fetch(`${hub.url}/metrics`)).text();
      return /^sektorbro_intake_waiting 4$/m.test(told) ? true : undefined;
    }, "all four wait");
    await untilRefused("hub-busy", () => sender.send(letter()));
    await refusedUnkept("hub-busy", () => sender.send(letter()));
    const asked = await sender.post("/v1/advice", question());
    expect(asked.status, asked.text).toBe(201);
    const figures = await (await fetch(`${hub.url}/metrics`)).text();
    expect(figures).toMatch(/^sektorbro_intake_waiting [4-9]/m);
    expect(figures).toContain('sektorbro_refusing{code="hub-busy"} 1');
    letGo();
    await held;
    for (const answer of await Promise.all(waiting)) expect([200, 201, 422]).toContain(answer.status);
    await untilAccepted(() => sender.send(letter()));
  });
});

test("a command that another process sends over NATS is answered why, and when to come again", async () => {
  const { connect } = await import("@nats-io/transport-node");
  const partner = await connect({ servers: hub.nats.url });
  await journalLimit((now) => Math.max(1, now));
  await untilRefused("journal-full", () => sender.post("/v1/advice", question()));
  const reply = await partner.request("cmd.advice.ask", JSON.stringify({ type: "advice.ask" }));
  expect(reply.headers?.get("Sb-Fault")).toBe("journal-full");
  expect(Number(reply.headers?.get("Sb-Retry-After"))).toBeGreaterThanOrEqual(2);
  await journalLimit(() => -1);
  await untilAccepted(() => sender.post("/v1/advice", question()));
  await partner.close();
});
