import { createHmac } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseDocument } from "../../../../gateways/oioxml/codec/parse-document.ts";
import { eventually } from "../../../support/eventually.ts";
import {
  glnFrom,
  keepSecret,
  type PushHub,
  pushedDepartment,
  startPushHub,
} from "../../../support/push-hub.ts";
import { startReceiver } from "../../../support/push-receiver.ts";
import { who } from "../../../support/region-view.ts";

let hub: PushHub;
beforeAll(async () => {
  hub = await startPushHub();
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
});

let used = 0;
const freshGln = (): string => glnFrom(++used);
const statusesOf = async (gln: string): Promise<string[]> =>
  (await hub.changes(gln)).map(({ change }) => change);

describe("a webhook", () => {
  test("gets the document of its standard, signed, and only its yes makes it fetched", async () => {
    await using receiver = await startReceiver();
    const gln = freshGln();
    const secret = `whsec_${Buffer.from("a secret of the test").toString("base64")}`;
    keepSecret(hub, "ward.secret", `${secret}\nan-older-one\n`);
    await hub.know(pushedDepartment(gln, { webhook: { url: receiver.url(), secret: "ward" } }));
    const [caseId] = await hub.ask(gln);
    const [got] = await eventually(
      () => Promise.resolve(receiver.got.length > 0 ? receiver.got : undefined),
      "the document",
    );
    expect(got?.headers).toMatchObject({
      "content-type": expect.stringContaining("xml") as string,
      "webhook-id": `${caseId ?? ""}.1.0`,
      "idempotency-key": `${caseId ?? ""}.1.0`,
      "sektorbro-document": "XDIS91",
      "sektorbro-from": who.practice,
      "sektorbro-to": gln,
    });
    expect(parseDocument(got?.body ?? Buffer.of()).kind).toBe("emessage");
    const time = String(got?.headers["webhook-timestamp"]);
    expect(Math.abs(Number(time) - Date.now() / 1000)).toBeLessThan(30);
    const sign = (key: Buffer): string =>
      createHmac("sha256", key)
        .update(Buffer.concat([Buffer.from(`${got?.id ?? ""}.${time}.`), got?.body ?? Buffer.of()]))
        .digest("base64");
    expect(got?.headers["webhook-signature"]).toBe(
      `v1,${sign(Buffer.from("a secret of the test"))} v1,${sign(Buffer.from("an-older-one"))}`,
    );
    await hub.until(
      gln,
      "nothing waits",
      ({ waiting, lastSuccess }) => waiting === 0 && lastSuccess !== undefined,
    );
    expect(await statusesOf(gln)).toEqual(["owed", "fetched"]);
  });

  test("that answers in JSON, or with a receipt of its standard, has settled it", async () => {
    await using receiver = await startReceiver(() => ({
      status: 200,
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ outcome: "positive" }),
    }));
    const gln = freshGln();
    await hub.know(pushedDepartment(gln, { webhook: { url: receiver.url() } }, { sendsReceipts: true }));
    await hub.ask(gln);
    await eventually(
      async () => ((await statusesOf(gln)).includes("acknowledged") ? true : undefined),
      "settled",
    );
  });

  test("that refuses a document fails it with its reason, and is brought the next of the case", async () => {
    await using receiver = await startReceiver(({ deliveryId }) =>
      deliveryId.endsWith(".1.0")
        ? { status: 422, headers: { "content-type": "text/plain" }, body: "Afdelingen er nedlagt." }
        : 200,
    );
    const gln = freshGln();
    await hub.know(pushedDepartment(gln, { webhook: { url: receiver.url() } }));
    const [caseId = ""] = await hub.ask(gln);
    await eventually(async () => ((await statusesOf(gln)).includes("failed") ? true : undefined), "failed");
    expect((await hub.changes(gln)).find(({ change }) => change === "failed")).toMatchObject({
      code: "http-422",
      text: "Afdelingen er nedlagt.",
      by: gln,
    });
    await hub.command("advice.askFollowUp", who.practice, { caseId, text: "Endnu et" });
    expect((await hub.receiver(gln)).breaker).toBe("closed");
  });

  test("on an internal network that the settings do not name is never connected to", async () => {
    await using receiver = await startReceiver();
    const gln = freshGln();
    const { port } = new URL(receiver.url());
    await hub.know(pushedDepartment(gln, { webhook: { url: `https://[::1]:${port}/` } }));
    await hub.ask(gln);
    const state = await hub.until(gln, "why it waits", ({ why }) => why !== undefined);
    expect(state).toMatchObject({ waiting: 1, why: { code: "address-forbidden" } });
    expect(receiver.got).toEqual([]);
  });

  test("that asks for time gets it, and then the document", async () => {
    let tries = 0;
    await using receiver = await startReceiver(() =>
      ++tries === 1 ? { status: 429, headers: { "retry-after": "1" } } : 200,
    );
    const gln = freshGln();
    await hub.know(pushedDepartment(gln, { webhook: { url: receiver.url() } }));
    await hub.ask(gln);
    await hub.until(gln, "it has come", ({ lastSuccess }) => lastSuccess !== undefined);
    const [first, second] = receiver.got;
    expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThanOrEqual(990);
    expect(second?.id).toBe(first?.id);
  });

  test("that is not there for its time is given up on, and a person at the sender is told", async () => {
    const gln = freshGln();
    const receiver = await startReceiver();
    await receiver.die();
    await hub.know(pushedDepartment(gln, { webhook: { url: receiver.url(), giveUpSeconds: 1 } }));
    const [caseId = ""] = await hub.ask(gln);
    await eventually(
      async () => ((await statusesOf(gln)).includes("unconfirmed") ? true : undefined),
      "given up",
    );
    const seen = await hub.query<{ card: unknown }>("worklist.case", who.practice, { caseId });
    expect(seen).toMatchObject({
      status: "ok",
      value: { card: { undelivered: [{ why: "not-reached", to: gln }] } },
    });
    await hub.until(gln, "nothing waits", ({ waiting }) => waiting === 0);
  });

  test("that was paused gets nothing until it is resumed; paused twice is paused once", async () => {
    await using receiver = await startReceiver();
    const gln = freshGln();
    await hub.know(pushedDepartment(gln, { webhook: { url: receiver.url() } }));
    const pause = () =>
      hub.command("delivery.pauseReceiver", "operator", { gln, by: "drift", reason: "Test" });
    expect(await pause()).toMatchObject({ status: "accepted", duplicate: false });
    expect(await pause()).toMatchObject({ status: "accepted", duplicate: true });
    await hub.ask(gln, 2);
    const paused = await hub.until(gln, "two wait", ({ waiting }) => waiting === 2);
    expect(paused.paused).toMatchObject({ by: "drift", reason: "Test" });
    expect(receiver.got).toEqual([]);
    await hub.command("delivery.resumeReceiver", "operator", { gln, by: "drift" });
    await hub.until(gln, "both came", ({ waiting, paused: still }) => waiting === 0 && still === undefined);
    expect(receiver.got).toHaveLength(2);
  });

  test("is steered by those who run the hub alone, and only where something is brought", async () => {
    const order = { gln: glnFrom(1), by: "me" };
    expect(await hub.command("delivery.pauseReceiver", who.practice, order)).toMatchObject({
      code: "operator-only",
    });
    expect(
      await hub.command("delivery.pauseReceiver", "operator", { ...order, gln: who.practice }),
    ).toMatchObject({ code: "receiver-not-pushed" });
    expect(await hub.query("delivery.receivers", who.practice, {})).toMatchObject({ code: "operator-only" });
  });
});
