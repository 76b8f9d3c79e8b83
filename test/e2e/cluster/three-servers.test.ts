import { expect, test } from "vitest";
import { eventually } from "../../support/eventually.ts";
import { startFleet } from "../../support/hub-fleet.ts";
import {
  acceptedFaults,
  intakeFaults,
  journalFaults,
  readIntake,
  readJournal,
  unsettledDocuments,
} from "../../support/journal-audit.ts";
import { type Load, seededRandom, startLoad } from "../../support/load.ts";
import { startNatsCluster } from "../../support/nats-cluster.ts";
import { startRedisServer } from "../../support/redis-server.ts";

/** Looks every few milliseconds how much was accepted. @returns the longest time in which nothing was */
const watchOutage = (load: Load): (() => number) => {
  let [count, atMs, longestMs] = [load.accepted.length, performance.now(), 0];
  const looking = setInterval(() => {
    longestMs = Math.max(longestMs, performance.now() - atMs);
    if (load.accepted.length === count) return;
    [count, atMs] = [load.accepted.length, performance.now()];
  }, 10);
  return () => {
    clearInterval(looking);
    return Math.round(longestMs);
  };
};

const untilMore = async (load: Load, more: number): Promise<void> => {
  const wanted = load.accepted.length + more;
  await eventually(() => Promise.resolve(load.accepted.length >= wanted ? true : undefined), "more", 40_000);
};

test("of three servers the one that leads is killed under load: senders wait some seconds, and nothing accepted is lost", async () => {
  await using cluster = await startNatsCluster();
  await using redis = await startRedisServer();
  const servers = { url: cluster.url, monitorUrl: cluster.monitorUrl, redis: redis.path };
  await using fleet = await startFleet(servers, { count: 1, settings: { SEKTORBRO_REPLICAS: "3" } });
  const [hub] = fleet.hubs;
  if (hub === undefined) throw new Error("no hub");

  const random = seededRandom(7);
  const load = await startLoad({ url: hub.url, dataDir: hub.dataDir, random, senders: 6, tag: "KL" });
  await untilMore(load, 30);
  const leader = await cluster.leaderOf("JOURNAL_0");
  if (leader === undefined) throw new Error("nobody leads");
  const outage = watchOutage(load);
  await leader.kill();
  await untilMore(load, 60);
  const outageMs = outage();
  await leader.start();
  await cluster.healthy();
  await untilMore(load, 30);
  await load.stop();

  await eventually(
    async () => ((await unsettledDocuments(cluster.url)) === 0 ? true : undefined),
    "every document of INTAKE settled",
    20_000,
  );
  const journal = await readJournal(cluster.url);
  expect(journalFaults(journal)).toEqual([]);
  expect(acceptedFaults(journal, load.accepted)).toEqual([]);
  expect(intakeFaults(journal, await readIntake(cluster.url), load.accepted)).toEqual([]);
  expect(load.oddities).toEqual([]);
  const told = [...load.statuses].map((pair) => pair.join(" x")).join(", ");
  process.stderr.write(`leader killed: nothing accepted for ${String(outageMs)} ms; ${told}\n`);
  expect(outageMs).toBeLessThan(20_000);
}, 120_000);
