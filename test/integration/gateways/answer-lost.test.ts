import { connect, type Socket } from "node:net";
import { expect, test } from "vitest";
import { commandSubject } from "../../../contracts/subjects.ts";
import { localOf } from "../../../infra/nats/local.ts";
import { eventually } from "../../support/eventually.ts";
import { department, practice, xdis91 } from "../../support/golden-samples.ts";
import { caseOf, type GatewayHub, startGatewayHub } from "../../support/hub-client.ts";

/** A caller of whom nothing is left but the socket. */
const post = (hub: GatewayHub, token: string, body: Uint8Array): Socket => {
  const { hostname, port } = new URL(hub.url);
  const socket = connect(Number(port), hostname);
  const head = [
    "POST /v1/messages HTTP/1.1",
    `host: ${hostname}`,
    `authorization: Bearer ${token}`,
    "content-type: application/xml",
    `content-length: ${String(body.byteLength)}`,
  ];
  socket.write(`${head.join("\r\n")}\r\n\r\n`);
  socket.write(body);
  return socket;
};

/** Holds every command of a service until it is let go; then the service decides as it always does. */
const holdBack = ({ platform: { nc } }: GatewayHub, subjects: string) => {
  let letGo = (): void => undefined;
  let reached = 0;
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const forget = localOf(nc).serve(subjects, async (data, subject) => {
    reached += 1;
    await gate;
    return (await nc.request(subject, data, { timeout: 5_000 })).data;
  });
  return {
    reached: () => reached,
    letGo: () => {
      forget();
      letGo();
    },
  };
};

test("an answer that was lost on the way is given again: handled once, and only the second caller is known to know", async () => {
  await using hub = await startGatewayHub();
  const { intake } = hub.platform;
  const document = xdis91();
  const held = holdBack(hub, commandSubject("advice.*"));
  const socket = post(hub, await hub.tokenFor(practice.gln), document);
  await eventually(() => Promise.resolve(held.reached() > 0 ? true : undefined), "the service to be asked");
  const closed = new Promise((resolve) => socket.once("close", resolve));
  socket.resetAndDestroy();
  await closed;
  // Whoever is answered now came after the connection went.
  expect((await fetch(`${hub.url}/health`)).status).toBe(200);
  held.letGo();

  const again = await eventually(async () => {
    const answer = await (await hub.as(practice.gln)).send(document);
    return answer.status === 200 ? answer : undefined;
  }, "the answer to the first");
  expect(again.text).toContain("<StatisticalCode>XCTL03</StatisticalCode>");
  const records = await hub.recordsOf(caseOf(again));
  expect(records).toHaveLength(1);
  const second = again.header("sektorbro-intake") ?? "";
  const told = await eventually(async () => (await intake.history(second))?.told, "the note that it left");
  expect(told).toMatchObject({ intake: second, how: "answered" });
  const first = records[0]?.meta.intake ?? "";
  expect(first).not.toBe(second);
  expect((await intake.history(first))?.told).toBeUndefined();
  const third = await (await hub.as(practice.gln)).send(document);
  expect(third.bytes).toEqual(again.bytes);
});

test("unsent is to be sent again, and sent but unanswered may have been processed: both are safe to send again", async () => {
  await using hub = await startGatewayHub();
  const sender = await hub.as(practice.gln);
  const [unanswered, unsent] = [xdis91(), xdis91()];
  const held = holdBack(hub, commandSubject("advice.*"));
  const waiting = sender.send(unanswered, { accept: "application/json" });
  await eventually(() => Promise.resolve(held.reached() > 0 ? true : undefined), "the service to be asked");
  await hub.nats.kill();
  const late = await waiting;
  expect([late.status, late.json()]).toMatchObject([503, { code: "answer-late", fate: "ask" }]);
  const away = await sender.send(unsent, { accept: "application/json" });
  expect([away.status, away.json()]).toMatchObject([503, { fate: "retry" }]);
  held.letGo();
  await hub.nats.restart();
  for (const document of [unanswered, unsent]) {
    const answer = await eventually(
      async () => {
        const tried = await sender.send(document);
        return tried.status === 503 ? undefined : tried;
      },
      "the hub to take documents again",
      20_000,
    );
    expect(answer.text).toContain("<StatisticalCode>XCTL03</StatisticalCode>");
    // What was kept before the answer was late is read again too, and meets its own record.
    await eventually(async () => {
      const again = await sender.send(document);
      return again.status === 200 ? true : undefined;
    }, "a copy");
    expect(await hub.recordsOf(caseOf(answer))).toHaveLength(1);
    expect(await hub.inboxOf(department.gln, caseOf(answer))).toHaveLength(1);
  }
});
