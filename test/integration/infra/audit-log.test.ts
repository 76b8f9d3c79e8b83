import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AuditEntry, type SealedEntry } from "../../../contracts/messages/audit.ts";
import { createFollower } from "../../../infra/audit/chain.ts";
import { createAuditLog } from "../../../infra/nats/audit-log.ts";
import { createPublish } from "../../../infra/nats/publish.ts";
import { readAudit } from "../../../infra/nats/read-audit.ts";
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
        await logs[i % logs.length]?.write(looked(name));
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

  test("cannot be deleted from by whoever has the hub's connection", async () => {
    const { jsm } = hub.platform;
    await expect(jsm.streams.deleteMessage("AUDIT", 1)).rejects.toThrow();
    expect((await written()).length).toBeGreaterThan(0);
  });
});
