import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { developmentToken } from "../../../gateways/http/main.ts";
import { keepEmitted } from "../../support/emitted.ts";
import { eventually } from "../../support/eventually.ts";
import { claimedIn, type Partner, partnerAt, regionByFolder } from "../../support/folder-hub.ts";
import { department, practice, xdis91 } from "../../support/golden-samples.ts";
import { howOften } from "../../support/how-often.ts";
import { type HubProcess, startHubProcess } from "../../support/hub-process.ts";
import { journalFaults, readIntake, readJournal } from "../../support/journal-audit.ts";
import { type Random, seededRandom } from "../../support/load.ts";
import { startNatsServer } from "../../support/nats-server.ts";
import { startRedisServer } from "../../support/redis-server.ts";
import { tempDir } from "../../support/temp-dir.ts";

const kills = howOften("SEKTORBRO_FOLDER_KILLS", { short: 6, long: 20 });
const files = 5 * kills;

/** `SEKTORBRO_CRASH_SEED` runs a series again; without it each run is another. */
const newRandom = (series: string): Random => {
  const given = process.env["SEKTORBRO_CRASH_SEED"];
  const seed = given === undefined ? Date.now() % 1_000_000_000 : Number(given);
  process.stderr.write(`${series}: SEKTORBRO_CRASH_SEED=${String(seed)}\n`);
  return seededRandom(seed);
};

/** Settings of the hubs that a test starts, for as long as it runs. */
const withSettings = (settings: Record<string, string>): Disposable => {
  Object.assign(process.env, settings);
  return {
    [Symbol.dispose]: () => {
      for (const name of Object.keys(settings)) Reflect.deleteProperty(process.env, name);
    },
  };
};
const folderSettings = (root: string) => ({
  SEKTORBRO_FOLDERS: root,
  SEKTORBRO_FOLDERS_POLL_MS: "100",
  SEKTORBRO_FOLDERS_SETTLE_MS: "200",
});

/** The practice and the ward get their documents by folder from now on. */
const deliverByFolder = async (hub: HubProcess): Promise<void> => {
  const who = { gln: "5790000999998", role: "operator", ttlSeconds: 600 } as const;
  const token = await developmentToken({ dataDir: hub.dataDir, audience: "sektorbro" }, who);
  const response = await fetch(`${hub.url()}/v1/directory/import`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify(await regionByFolder([practice.gln, department.gln])),
  });
  if (response.status !== 200) throw new Error(`import: ${String(response.status)} ${await response.text()}`);
};

const foldersThere = (partner: Partner): Promise<true> =>
  eventually(
    async () => ((await readdir(partner.dir)).includes("refused") ? true : undefined),
    `the folders of ${partner.gln}`,
  );

type TakingAway = AsyncDisposable & { taken: string[]; stop: () => Promise<void> };
/** A partner's program that takes away what it finds, at once and for good: what comes again is noticed. */
const takeAway = (partner: Partner, folder: "out" | "receipts", to: string): TakingAway => {
  const taken: string[] = [];
  let ending = false;
  const loop = async (): Promise<void> => {
    let last = false;
    while (!last) {
      last = ending;
      for (const name of await partner.names(folder)) {
        const mine = join(to, `${String(taken.length)}-${folder}-${name}`);
        await rename(join(partner.dir, folder, name), mine);
        keepEmitted(await readFile(mine));
        taken.push(name);
      }
      await sleep(7);
    }
  };
  const ended = loop();
  const stop = (): Promise<void> => {
    ending = true;
    return ended;
  };
  return { taken, stop, [Symbol.asyncDispose]: stop };
};

const everyDelivery = ({ taken }: TakingAway): Promise<true> =>
  eventually(() => Promise.resolve(taken.length >= files ? true : undefined), "every delivery", 30_000);

const letterIds = (prefix: string): string[] =>
  Array.from({ length: files }, (_, i) => `${prefix}${String(i).padStart(5, "0")}`);

/** Puts every file in, some of them slowly and under their own name, as careless programs do. */
const putAll = async (partner: Partner, ids: readonly string[], random: Random): Promise<void> => {
  for (const letterId of ids) {
    const document = Buffer.from(xdis91({ letterId }));
    if (random() < 0.2) {
      await writeFile(join(partner.dir, "in", `${letterId}.xml`), document.subarray(0, document.length / 2));
      await sleep(random() * 100);
      await writeFile(join(partner.dir, "in", `${letterId}.xml`), document);
    } else await partner.put(`${letterId}.xml`, document);
    await sleep(random() * 150);
  }
};

/** What is wrong with what became of the files; nothing, when each is one message, one receipt and one delivery. */
const faultsOf = async (
  natsUrl: string,
  ids: readonly string[],
  { receipts, out }: { receipts: readonly string[]; out: readonly string[] },
): Promise<string[]> => {
  const journal = await readJournal(natsUrl);
  const faults = journalFaults(journal);
  const intake = (await readIntake(natsUrl)).map(({ bytes }) => Buffer.from(bytes).toString("latin1"));
  const expectOne = (what: string, id: string, count: number): void => {
    if (count !== 1) faults.push(`${id}: ${String(count)} ${what}`);
  };
  for (const id of ids) {
    const records = journal.filter(({ record }) => record.meta.commandId.endsWith(`:${id}`));
    expectOne("records", id, records.length);
    expectOne("messages in INTAKE", id, intake.filter((text) => text.includes(`<Identifier>${id}<`)).length);
    expectOne("receipts", id, receipts.filter((name) => name.startsWith(`${id}-`)).length);
    const caseId = records[0]?.record.caseId ?? "none";
    expectOne("deliveries", id, out.filter((name) => name.startsWith(caseId)).length);
    const fetched = journal.filter(
      ({ record }) => record.caseId === caseId && record.deliveries.some((d) => d.change === "fetched"),
    );
    expectOne("fetches", id, fetched.length);
  }
  return faults;
};

test(`a hub killed ${String(kills)} times while ${String(files)} files go through: each is one message, one receipt, one delivery`, async () => {
  const random = newRandom("folder");
  await using dataDir = await tempDir();
  await using rootDir = await tempDir();
  await using away = await tempDir();
  using _settings = withSettings(folderSettings(rootDir.path));
  await using hub = await startHubProcess(dataDir.path);
  await deliverByFolder(hub);
  const [doctor, ward] = [practice, department].map(({ gln }) => partnerAt(rootDir.path, gln)) as [
    Partner,
    Partner,
  ];
  await Promise.all([doctor, ward].map(foldersThere));
  await using receipts = takeAway(doctor, "receipts", away.path);
  await using out = takeAway(ward, "out", away.path);
  const ids = letterIds("DRAB");
  let inHand = 0;
  for (let n = 0; n < kills; n++) {
    const each = files / kills;
    const putting = putAll(doctor, ids.slice(n * each, (n + 1) * each), random);
    await sleep(100 + random() * 1_100);
    await hub.kill();
    inHand += (await claimedIn(doctor.dir)).length + (await claimedIn(ward.dir)).length;
    await Promise.all([putting, hub.start()]);
  }
  process.stderr.write(`folder: ${String(inHand)} documents were in hand when the hub was killed\n`);
  await doctor.settled();
  await everyDelivery(out);
  await ward.settled();
  await Promise.all([receipts.stop(), out.stop()]);
  const { natsUrl } = await hub.endpoints();
  expect(await faultsOf(natsUrl, ids, { receipts: receipts.taken, out: out.taken })).toEqual([]);
  expect([receipts.taken.length, out.taken.length]).toEqual([files, files]);
  expect(await doctor.names("refused")).toEqual([]);
  expect(hub.errors()).toEqual([]);
}, 420_000);

test("two hubs on the same folders, each killed in turn: still one message, one receipt, one delivery", async () => {
  const random = newRandom("folder-two");
  await using nats = await startNatsServer();
  await using redis = await startRedisServer();
  await using rootDir = await tempDir();
  await using away = await tempDir();
  await using dataDirs = await tempDir();
  using _settings = withSettings({
    ...folderSettings(rootDir.path),
    NATS_URL: nats.url,
    NATS_MONITOR_URL: nats.monitorUrl,
    REDIS_URL: redis.path,
  });
  await Promise.all(["a", "b"].map((name) => mkdir(join(dataDirs.path, name))));
  await using a = await startHubProcess(join(dataDirs.path, "a"));
  await using b = await startHubProcess(join(dataDirs.path, "b"));
  await deliverByFolder(a);
  const [doctor, ward] = [practice, department].map(({ gln }) => partnerAt(rootDir.path, gln)) as [
    Partner,
    Partner,
  ];
  await Promise.all([doctor, ward].map(foldersThere));
  await using receipts = takeAway(doctor, "receipts", away.path);
  await using out = takeAway(ward, "out", away.path);
  const ids = letterIds("PAR");
  const putting = putAll(doctor, ids, () => random() * 0.2);
  for (const hub of [a, b, a, b]) {
    await sleep(200 + random() * 800);
    await hub.kill();
    await hub.start();
  }
  await putting;
  await doctor.settled();
  await everyDelivery(out);
  await ward.settled();
  await Promise.all([receipts.stop(), out.stop()]);
  expect(await faultsOf(nats.url, ids, { receipts: receipts.taken, out: out.taken })).toEqual([]);
  expect([...a.errors(), ...b.errors()]).toEqual([]);
}, 420_000);
