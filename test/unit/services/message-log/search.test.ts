import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import type { LoggedMessage } from "../../../../contracts/messages/message-log.ts";
import type { CaseRecord } from "../../../../contracts/record.ts";
import {
  envelopesOfSending,
  idsOfIncoming,
  idsOfOutgoing,
} from "../../../../services/message-log/core/business-ids.ts";
import type { HandlerPorts } from "../../../../services/message-log/handler.ts";
import { type Logged, loggedCases } from "../../../support/logged-cases.ts";
import { listed } from "../../../support/memory-index.ts";
import { loggedOf, logPorts, searched, shownTo } from "../../../support/message-log.ts";
import { who } from "../../../support/region-view.ts";

let logged: Logged;
let ports: HandlerPorts;
let all: LoggedMessage[];
beforeAll(async () => {
  logged = await loggedCases();
  ports = logPorts(await loggedOf(logged.records), logged.cases.journal);
  all = (await searched(ports, "operator", { limit: 500 })).items;
});
const idsIn = (items: readonly LoggedMessage[]): string[] => items.map(({ id }) => id);
const found = async (viewer: string, payload: object): Promise<string[]> =>
  idsIn((await searched(ports, viewer, { limit: 500, ...payload })).items);

const expected = (records: readonly CaseRecord[]): string[] => [
  ...records.flatMap(({ deliveries }) =>
    deliveries.flatMap((one) => (one.change === "owed" ? [one.deliveryId] : [])),
  ),
  ...records
    .filter(({ meta }) => meta.commandType.startsWith("advice."))
    .map(({ caseId, meta }) => `${caseId}.${String(meta.no)}`),
];

describe("the message log", () => {
  test("holds every command that somebody sent and every document that is owed, each once", () => {
    expect(idsIn(all).toSorted()).toEqual(expected(logged.records).toSorted());
  });

  test("is newest first, and each page goes on where the one before ended", async () => {
    const ids: string[] = [];
    for (let cursor: string | undefined = ""; cursor !== undefined; ) {
      const page = await searched(ports, "operator", { limit: 3, ...(cursor === "" ? {} : { cursor }) });
      ids.push(...idsIn(page.items));
      cursor = page.next;
    }
    expect(ids).toEqual(idsIn(all));
    expect(all.map(({ at }) => at)).toEqual(
      all
        .map(({ at }) => at)
        .toSorted()
        .toReversed(),
    );
  });

  test("finds each message by each of its keys, for its parties, and to others it does not exist", async () => {
    const recordOf = (id: string): CaseRecord | undefined =>
      logged.records.find(({ caseId, meta }) => id.startsWith(`${caseId}.${String(meta.no)}`));
    for (const message of all) {
      const record = recordOf(message.id);
      const owed = record?.deliveries.find((one) => one.deliveryId === message.id);
      if (record === undefined) throw new Error(message.id);
      const messageIds = owed?.change === "owed" ? idsOfOutgoing(record, owed) : idsOfIncoming(record);
      const keys: object[] = [
        { caseId: message.caseId },
        ...messageIds.map((messageId) => ({ messageId })),
        ...(owed === undefined ? [] : [{ envelopeId: envelopesOfSending(message.id, 1)[0] }]),
        { sender: message.from.gln },
        ...message.to.map(({ gln }) => ({ receiver: gln })),
        { type: message.type },
        { status: message.status },
        { direction: message.direction },
        { from: message.at, to: "2026-11-24" },
        { sender: message.from.gln, type: message.type, status: message.status },
      ];
      for (const key of keys) {
        expect(await found("operator", key), JSON.stringify(key)).toContain(message.id);
        expect(await found(who.practice, key)).toContain(message.id);
        expect(await found(who.cardiology, key)).toEqual([]);
      }
      expect((await shownTo(ports, who.practice, message.id)).id).toBe(message.id);
      await expect(shownTo(ports, who.cardiology, message.id)).rejects.toThrow("message-unknown");
    }
  });

  test("finds a citizen's messages, and nobody else's", async () => {
    const ids = await found(who.practice, { patient: { cpr: "0404650010" } });
    const cases = new Set(logged.caseIds.filter((_, n) => n % 3 === 0));
    expect(ids.length).toBeGreaterThan(3);
    expect(ids.every((id) => cases.has(id.slice(0, 36)))).toBe(true);
    expect(await found(who.practice, { patient: { cpr: "0404650019" } })).toEqual([]);
  });

  test("holds no citizen's number, and no id as its sender wrote it", async () => {
    const text = JSON.stringify(listed(await loggedOf(logged.records)));
    expect(text).not.toMatch(/040465|M-\d|ask:/);
  });

  test("keys that do not belong together find nothing", async () => {
    expect(await found("operator", { caseId: logged.caseIds[0], messageId: "M-1" })).toEqual([]);
    expect(await found("operator", { sender: who.practice, receiver: who.practice })).toEqual([]);
  });

  test("a status is where a message stands now", async () => {
    const deliveries = (status: string) => found("operator", { status, direction: "out", type: "XDIS91" });
    const first = (n: number): string => `${logged.caseIds[n] ?? ""}.1.0`;
    expect(await deliveries("acknowledged")).toContain(first(1));
    expect(await deliveries("failed")).toContain(first(2));
    expect(await deliveries("failed")).not.toContain(first(1));
  });
});

test("the log is the same whatever the order of streams, and however it was taken in", async () => {
  const streams = logged.caseIds.map((id) => logged.records.filter(({ caseId }) => caseId === id));
  const order = fc.array(fc.nat({ max: streams.length - 1 }), { minLength: 0, maxLength: 60 });
  const runs = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 });
  const reference = listed(await loggedOf(logged.records));
  await fc.assert(
    fc.asyncProperty(order, runs, async (picks, lengths) => {
      const left = streams.map((records) => [...records]);
      const mixed = picks.flatMap((n) => left[n]?.shift() ?? []);
      const records = [...mixed, ...left.flat()];
      expect(listed(await loggedOf(records, lengths))).toEqual(reference);
    }),
    { numRuns: 40 },
  );
});
