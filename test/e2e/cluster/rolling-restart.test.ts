import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { DirectoryFile } from "../../../contracts/messages/directory.ts";
import { createIssuer, issueToken } from "../../../gateways/http/token.ts";
import { startBalancer } from "../../support/balancer.ts";
import { eventually } from "../../support/eventually.ts";
import { freshId, practice, xdis91 } from "../../support/golden-samples.ts";
import { clientAt, type HubClient } from "../../support/hub-client.ts";
import { startFleet } from "../../support/hub-fleet.ts";
import { journalFaults, readJournal } from "../../support/journal-audit.ts";
import { startNatsServer } from "../../support/nats-server.ts";
import { startRedisServer } from "../../support/redis-server.ts";
import { tempDir } from "../../support/temp-dir.ts";

const issuer = "https://issuer.test";

/** Senders that send one letter after the other, each once, and note what each was answered. */
const startSenders = (client: HubClient, count: number) => {
  const ending = new AbortController();
  const accepted: string[] = [];
  const others: string[] = [];
  const sender = async (): Promise<void> => {
    while (!ending.signal.aborted) {
      const answer = await client.send(xdis91({ letterId: freshId("RUL") }));
      const caseId = answer.header("sektorbro-case");
      if (answer.status === 201 && caseId !== null) accepted.push(caseId);
      else others.push(`${String(answer.status)} ${answer.text.slice(0, 200)}`);
    }
  };
  const senders = Array.from({ length: count }, sender);
  return {
    accepted,
    others,
    stop: async () => {
      ending.abort();
      await Promise.all(senders);
    },
  };
};

test("three hubs that begin at once know one directory; they are restarted in turn under load, and not one request is refused", async () => {
  await using dir = await tempDir();
  await using nats = await startNatsServer();
  await using redis = await startRedisServer({ persistent: true });
  const keys = await createIssuer();
  const jwks = join(dir.path, "keys.json");
  await writeFile(jwks, JSON.stringify(keys.publicKeys));
  const servers = { url: nats.url, monitorUrl: nats.monitorUrl, redis: redis.path };
  const settings = { SEKTORBRO_JWKS_FILE: jwks, SEKTORBRO_ISSUER: issuer, SEKTORBRO_DRAIN_SECONDS: "1" };
  await using fleet = await startFleet(servers, { count: 3, settings, together: true });
  await using balancer = await startBalancer(fleet.hubs);
  const untilReady = (count: number): Promise<true> =>
    eventually(
      () => Promise.resolve(balancer.readyCount() === count ? true : undefined),
      "ready hubs",
      20_000,
    );
  await untilReady(3);
  const who = { gln: practice.gln, role: "organisation", ttlSeconds: 600 } as const;
  const token = await issueToken({
    keys,
    issuer,
    audience: "sektorbro",
    now: new Date().toISOString(),
    ...who,
  });
  const operator = await issueToken({
    ...{ keys, issuer, audience: "sektorbro", now: new Date().toISOString() },
    ...{ gln: "5790000999998", role: "operator", ttlSeconds: 600 },
  });
  const known = await Promise.all(
    fleet.hubs.map(({ url }) => clientAt(url(), operator).get("/v1/directory/export")),
  );
  const seeded = DirectoryFile.parse(JSON.parse(await readFile("services/directory/region.json", "utf8")));
  for (const answer of known)
    expect(
      DirectoryFile.parse(answer.json())
        .organisations.map(({ gln }) => gln)
        .toSorted(),
    ).toEqual(seeded.organisations.map(({ gln }) => gln).toSorted());
  expect(new Set(known.map(({ text }) => text)).size).toBe(1);

  const load = startSenders(clientAt(balancer.url, token), 4);
  for (const hub of fleet.hubs) {
    expect(await hub.end("SIGTERM")).toBe(0);
    await hub.start();
    await untilReady(3);
  }
  await load.stop();
  process.stderr.write(
    `restarted in turn: ${String(load.accepted.length)} accepted, by hub ${balancer.served().join(", ")}\n`,
  );
  expect([balancer.broken, load.others]).toEqual([[], []]);
  expect(Math.min(...balancer.served())).toBeGreaterThan(0);
  const journal = await readJournal(nats.url);
  expect(journalFaults(journal)).toEqual([]);
  const opened = journal.filter(({ record }) => record.meta.no === 1).map(({ record }) => record.caseId);
  expect(new Set(load.accepted).size).toBe(load.accepted.length);
  expect(load.accepted.filter((caseId) => !opened.includes(caseId))).toEqual([]);
}, 180_000);
