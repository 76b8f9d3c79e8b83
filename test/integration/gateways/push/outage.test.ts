import { existsSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eventually } from "../../../support/eventually.ts";
import { glnFrom, type PushHub, pushedDepartment, startPushHub } from "../../../support/push-hub.ts";
import { type Behaviour, type PushReceiverServer, startReceiver } from "../../../support/push-receiver.ts";
import { who } from "../../../support/region-view.ts";

let hub: PushHub;
beforeAll(async () => {
  hub = await startPushHub();
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
});

let used = 100;
const freshGln = (): string => glnFrom(++used);
const many = 300;
const promisedMs = 2_000;
/** As much of the machine's own slowness is allowed for, by how much longer this process took than it worked; no more. */
const mostStretch = 4;

/** How long this process has worked, and waited for a processor, in nanoseconds; elsewhere than on Linux nobody tells. */
const schedule = (): { worked: number; waited: number } => {
  const file = "/proc/self/schedstat";
  const [worked = 1, waited = 0] = existsSync(file) ? readFileSync(file, "utf8").split(" ").map(Number) : [];
  return { worked, waited };
};

const distinct = (receiver: PushReceiverServer): number => new Set(receiver.got.map(({ id }) => id)).size;

/** Checks that everything comes in time, counted from now. */
const allThere = async (receiver: PushReceiverServer): Promise<void> => {
  const [from, before] = [Date.now(), schedule()];
  await eventually(
    () => Promise.resolve(distinct(receiver) >= many ? true : undefined),
    `${String(many)} documents`,
    30_000,
  );
  const [tookMs, after] = [Date.now() - from, schedule()];
  const [worked, waited] = [after.worked - before.worked, after.waited - before.waited];
  const stretch = worked > 0 ? Math.min(mostStretch, (worked + waited) / worked) : 1;
  expect(tookMs, JSON.stringify({ tookMs, stretch })).toBeLessThan(promisedMs * stretch);
};

const away = { timeoutSeconds: 1 };

describe("a receiver that was away", () => {
  test("and refuses connections has 300 waiting documents within two seconds of its return, each once", async () => {
    const receiver = await startReceiver();
    await receiver.die();
    const gln = freshGln();
    await hub.know(pushedDepartment(gln, { webhook: { url: receiver.url(), ...away } }));
    await hub.ask(gln, many);
    await hub.until(
      gln,
      "it is known to be away",
      ({ breaker, waiting }) => breaker !== "closed" && waiting === many,
    );
    await receiver.comeBack();
    await allThere(receiver);
    expect(receiver.got).toHaveLength(many);
    await hub.until(gln, "nothing waits", ({ waiting }) => waiting === 0);
    await receiver.die();
  });

  test.each<[string, Behaviour]>([
    ["answers 503 to everything", () => 503],
    ["takes connections and hangs", () => "hang"],
  ])("and %s has them as soon", async (_how, down) => {
    await using receiver = await startReceiver(down);
    const gln = freshGln();
    await hub.know(pushedDepartment(gln, { webhook: { url: receiver.url(), ...away } }));
    await hub.ask(gln, many);
    await hub.until(
      gln,
      "it is known to be away",
      ({ breaker, waiting }) => breaker === "open" && waiting === many,
    );
    const tried = receiver.got.length;
    const before = distinct(receiver);
    receiver.got.length = 0;
    receiver.behave(() => 200);
    await allThere(receiver);
    expect(tried).toBeLessThan(40);
    expect(before).toBeLessThan(many);
  });

  test("is knocked on, and not read or printed for, while it is away", async () => {
    const receiver = await startReceiver(() => 503);
    const gln = freshGln();
    await hub.know(pushedDepartment(gln, { webhook: { url: receiver.url(), ...away } }));
    await hub.ask(gln, 20);
    await hub.until(
      gln,
      "it is known to be away",
      ({ breaker, underway }) => breaker === "open" && underway === 0,
    );
    const [documents, knocks] = [receiver.got.length, receiver.knocks()];
    await eventually(
      () => Promise.resolve(receiver.knocks() >= knocks + 3 ? true : undefined),
      "three knocks",
    );
    expect(receiver.got.length - documents).toBeLessThanOrEqual(1);
    await receiver.die();
  });
});

describe("the order of a case", () => {
  test("is kept through failures: a later document comes only after the earlier was taken", async () => {
    let failures = 3;
    await using receiver = await startReceiver(() => (failures-- > 0 ? 500 : 200));
    const gln = freshGln();
    await hub.know(pushedDepartment(gln, { webhook: { url: receiver.url() } }));
    const [caseId = ""] = await hub.ask(gln);
    for (const text of ["to", "tre"])
      await hub.command("advice.addLetter", who.practice, { caseId, text }).catch(() => undefined);
    await hub.command("advice.withdraw", who.practice, { caseId, reason: "Løst" });
    const owed = (await hub.changes(gln)).filter(({ change }) => change === "owed").length;
    expect(owed).toBeGreaterThan(1);
    await hub.until(
      gln,
      "nothing waits",
      ({ waiting, lastSuccess }) => waiting === 0 && lastSuccess !== undefined,
    );
    const records = receiver.got.map(({ deliveryId }) => Number(deliveryId.split(".")[1]));
    expect(records).toEqual(records.toSorted((a, b) => a - b));
    expect(new Set(records).size).toBe(owed);
  });

  test("of one case holds up no other", async () => {
    let first = "";
    await using receiver = await startReceiver(({ caseId }) => (caseId === first ? "hang" : 200));
    const gln = freshGln();
    await hub.know(pushedDepartment(gln, { webhook: { url: receiver.url(), timeoutSeconds: 5 } }));
    receiver.behave(({ caseId }) => {
      first = first === "" ? caseId : first;
      return caseId === first ? "hang" : 200;
    });
    await hub.ask(gln, 1);
    await eventually(() => Promise.resolve(first === "" ? undefined : true), "one hangs");
    await hub.ask(gln, 20);
    await eventually(() => Promise.resolve(distinct(receiver) >= 21 ? true : undefined), "the others", 4_000);
  });
});
