import { connect } from "@nats-io/transport-node";
import { expect, test } from "vitest";
import { createAnswers } from "../../../../infra/nats/answers.ts";
import { createBus } from "../../../../infra/nats/bus.ts";
import { connectNats } from "../../../../infra/nats/connection.ts";
import { ConnectionLost, linkOf } from "../../../../infra/nats/link.ts";
import { startNatsServer } from "../../../support/nats-server.ts";

const silent = async (url: string) => {
  const nc = await connect({ servers: url, maxReconnectAttempts: -1, reconnectTimeWait: 50 });
  nc.subscribe("cmd.silent", { callback: () => undefined });
  await nc.flush();
  return nc;
};

test("who waits for an answer when the server dies is told at once that it may have been asked, and not that it was not", async () => {
  await using nats = await startNatsServer({ syncAlways: false });
  const [nc, other] = [await connectNats(nats.url, "test"), await silent(nats.url)];
  const bus = createBus(nc, () => undefined);
  const answers = createAnswers(nc);
  const asked = expect(bus.request("cmd.silent", "?", 60_000)).rejects.toMatchObject({ code: "answer-late" });
  const { answer } = answers.expect("1", 60_000);
  const told = expect(answer).rejects.toMatchObject({ code: "answer-late" });
  await nc.flush();
  await nats.kill();
  await Promise.all([asked, told]);
  await expect(bus.request("cmd.silent", "?", 60_000)).rejects.toMatchObject({ code: "service-unavailable" });
  await expect(linkOf(nc).hold(() => Promise.resolve(1))).rejects.toEqual(new ConnectionLost(false));
  answers.stop();
  await Promise.all([nc.close(), other.close()]);
});

test("when the server is back, so is the link, for every loss again", async () => {
  await using nats = await startNatsServer({ syncAlways: false });
  const nc = await connectNats(nats.url, "test");
  const link = linkOf(nc);
  let losses = 0;
  for (let n = 1; n <= 3; n++) {
    link.onLost(() => {
      losses += 1;
    });
    await nats.kill();
    await expect(link.hold(() => nc.rtt())).rejects.toThrow();
    await nats.restart();
    await link.up();
    expect(await link.hold(() => Promise.resolve(n))).toBe(n);
    expect(losses).toBe(n);
  }
  await nc.close();
});

test("a listener that no longer listens is not called", async () => {
  await using nats = await startNatsServer({ syncAlways: false });
  const nc = await connectNats(nats.url, "test");
  const link = linkOf(nc);
  let called = false;
  const forget = link.onLost(() => {
    called = true;
  });
  forget();
  const lost = new Promise<void>((resolve) => {
    link.onLost(resolve);
  });
  await nats.kill();
  await lost;
  expect(called).toBe(false);
  await nc.close();
});
