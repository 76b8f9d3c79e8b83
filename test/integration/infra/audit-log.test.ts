import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AuditEntry, type SealedEntry } from "../../../contracts/messages/audit.ts";
import { createFollower } from "../../../infra/audit/chain.ts";
import { auditStream, createAuditLog } from "../../../infra/nats/audit-log.ts";
import { createPublish } from "../../../infra/nats/publish.ts";
import { readAudit } from "../../../infra/nats/read-audit.ts";
import { ensureStreams } from "../../../infra/nats/streams.ts";
import { startTestHub, type TestHub } from "../../support/test-platform.ts";

const key = "a key that only this test has, of some length";
let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub();
});
afterAll(() => hub[Symbol.asyncDispose]());

const looked = (request: string): AuditEntry =>
  AuditEntry.parse({
    at: "2026-11-23T09:15:00.000Z",
    resource: "case",
    door: "GET /v1/cases/:caseId",
    outcome: "shown",
    gln: "5790000100019",
    request,
  });

const logOn = ({ platform }: TestHub) =>
  createAuditLog({ ...platform, publish: createPublish(platform.nc), key });
const written = async (): Promise<SealedEntry[]> => {
  const all: SealedEntry[] = [];
  for await (const one of await readAudit(hub.platform.nc)) all.push(one);
  return all;
};

describe("the log of looks on a real server", () => {
  test("keeps looks of several hubs in one chain that holds, each once, many with one write", async () => {
    const logs = [logOn(hub), logOn(hub), logOn(hub)];
    const names = Array.from({ length: 300 }, (_, i) => `r-${String(i)}`);
    await Promise.all(
      names.map(async (name, i) => {
        // The gateway adds the citizen last, which is not where the schema has it.
        await logs[i % logs.length]?.write({ ...looked(name), ...(i % 2 === 0 ? { patient: "hash" } : {}) });
      }),
    );
    const all = await written();
    expect(all.map(({ entry }) => entry.request).toSorted()).toEqual(names.toSorted());
    const follower = createFollower(key);
    for (const one of all) follower.take(one);
    expect(follower.end()).toMatchObject({ first: 1, head: { no: 300 }, broken: [] });
    const { messages } = (await hub.platform.jsm.streams.info("AUDIT")).state;
    expect(messages).toBeLessThan(60);
  });

  test("cannot be deleted from, nor purged, by whoever has the hub's connection, and goes by age alone", async () => {
    const { jsm } = hub.platform;
    await expect(jsm.streams.deleteMessage("AUDIT", 1)).rejects.toThrow();
    await expect(jsm.streams.purge("AUDIT")).rejects.toThrow();
    expect((await written()).length).toBeGreaterThan(0);
    const { config } = await jsm.streams.info("AUDIT");
    expect(config.max_age).toBe(1_826 * 86_400 * 1e9);
  });

  test("is read from a time on without what was long before", async () => {
    const from = async (at: string): Promise<number> => {
      let n = 0;
      for await (const _one of await readAudit(hub.platform.nc, at)) n += 1;
      return n;
    };
    expect(await from("2026-11-23T09:15:00.000Z")).toBe((await written()).length);
    expect(await from("2026-11-23T09:17:00.000Z")).toBe(0);
  });

  test("of a store that was made before is given both at the next start, and keeps what it holds", async () => {
    const { jsm } = hub.platform;
    const { deny_purge: _kept, max_age: _age, ...old } = auditStream(1, 1);
    const name = "OLDAUDIT";
    await jsm.streams.add({ ...old, name, subjects: ["old.audit"] });
    const wanted = { ...auditStream(1, 365), name, subjects: ["old.audit"] };
    expect(await ensureStreams(jsm, [wanted])).toEqual([]);
    const { config } = await jsm.streams.info(name);
    expect([config.deny_purge, config.max_age]).toEqual([true, 365 * 86_400 * 1e9]);
  });
});
