import { jetstreamManager } from "@nats-io/jetstream";
import { TimeoutError } from "@nats-io/transport-node";
import { expect, test } from "vitest";
import { connectNats } from "../../../../infra/nats/connection.ts";
import { ConnectionLost } from "../../../../infra/nats/link.ts";
import { createPublish, PublishRefused, TooLargeToSend } from "../../../../infra/nats/publish.ts";
import { startNatsServer } from "../../../support/nats-server.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const open = async (url: string) => {
  const nc = await connectNats(url, "test");
  const jsm = await jetstreamManager(nc);
  await jsm.streams.add({ name: "S", subjects: ["s.>"], allow_direct: true });
  return { nc, jsm, publish: createPublish(nc) };
};

test("what is published in one turn gets a sequence each, in the order of asking, and is what is stored", async () => {
  await using nats = await startNatsServer({ syncAlways: false });
  const { nc, jsm, publish } = await open(nats.url);
  const texts = Array.from({ length: 200 }, (_, n) => `message ${String(n)}`);
  const sequences = await Promise.all(texts.map((text) => publish("s.many", bytes(text))));
  expect(sequences).toEqual(texts.map((_, n) => n + 1));
  const stored = await Promise.all(sequences.map((seq) => jsm.streams.getMessage("S", { seq })));
  expect(stored.map((message) => message?.string())).toEqual(texts);
  await nc.close();
});

test("of many that expect an empty subject in the same turn, one is stored and the others are refused by code", async () => {
  await using nats = await startNatsServer({ syncAlways: false });
  const { nc, publish } = await open(nats.url);
  const all = await Promise.allSettled(
    Array.from({ length: 20 }, () => publish("s.one", bytes("x"), { lastSubjectSequence: 0 })),
  );
  expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  const reasons = all.flatMap((one) => (one.status === "rejected" ? [one.reason as unknown] : []));
  expect(reasons).toEqual(Array.from({ length: 19 }, () => new PublishRefused(10071)));
  expect(await publish("s.one", bytes("y"), { lastSubjectSequence: 1 })).toBe(2);
  await nc.close();
});

test("a message that cannot be sent, or that no stream takes, fails alone and at once", async () => {
  await using nats = await startNatsServer({ syncAlways: false });
  const { nc, publish } = await open(nats.url);
  const [big, nobody, good] = await Promise.allSettled([
    publish("s.big", new Uint8Array((nc.info?.max_payload ?? 0) + 1)),
    publish("elsewhere", bytes("x")),
    publish("s.good", bytes("x")),
  ]);
  expect([big.status, nobody.status, good.status]).toEqual(["rejected", "rejected", "fulfilled"]);
  expect(big.status === "rejected" && big.reason).toBeInstanceOf(TooLargeToSend);
  // The server's own answer: what waited until its time was up would say that.
  expect(nobody.status === "rejected" && nobody.reason).toEqual(new Error("no stream takes this subject"));
  await nc.close();
});

test("an answer that says neither yes nor no leaves open whether the message was stored", async () => {
  await using nats = await startNatsServer({ syncAlways: false });
  const { nc, publish } = await open(nats.url);
  nc.subscribe("odd", {
    callback: (_error, message) => {
      message.respond("not JSON");
    },
  });
  await expect(publish("odd", bytes("x"))).rejects.toThrow(TimeoutError);
  await nc.close();
});

test("who waits when the server dies is told that it may have been stored; who asks afterwards, that it was not", async () => {
  await using nats = await startNatsServer({ syncAlways: false });
  const { nc, publish } = await open(nats.url);
  nc.subscribe("silent", { callback: () => undefined });
  await nc.flush();
  const waiting = expect(publish("silent", bytes("x"))).rejects.toEqual(new ConnectionLost(true));
  await new Promise((resolve) => setImmediate(resolve));
  await nats.kill();
  await waiting;
  await expect(publish("s.late", bytes("x"))).rejects.toEqual(new ConnectionLost(false));
  await nc.close();
});

test("what waits when the connection is closed does not wait for its time-out", async () => {
  await using nats = await startNatsServer({ syncAlways: false });
  const { nc, publish } = await open(nats.url);
  nc.subscribe("silent", { callback: () => undefined });
  const waiting = expect(publish("silent", bytes("x"))).rejects.toBeInstanceOf(ConnectionLost);
  await new Promise((resolve) => setImmediate(resolve));
  await nc.close();
  await waiting;
});
