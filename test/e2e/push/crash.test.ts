import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { developmentToken } from "../../../gateways/http/main.ts";
import { eventually } from "../../support/eventually.ts";
import { department, freshId, practice, xdis91 } from "../../support/golden-samples.ts";
import { clientAt } from "../../support/hub-client.ts";
import { type HubProcess, startHubProcess } from "../../support/hub-process.ts";
import { journalFaults, readJournal } from "../../support/journal-audit.ts";
import { seededRandom } from "../../support/load.ts";
import { pushedDepartment } from "../../support/push-hub.ts";
import { startReceiver } from "../../support/push-receiver.ts";
import { tempDir } from "../../support/temp-dir.ts";

const letters = 40;
const kills = 3;

const newSeed = (): number => {
  const seed = Number(process.env["SEKTORBRO_CRASH_SEED"] ?? Date.now() % 1_000_000_000);
  process.stderr.write(`push: SEKTORBRO_CRASH_SEED=${String(seed)}\n`);
  return seed;
};

const clientOf = async (hub: HubProcess, gln: string, role: "organisation" | "operator") => {
  const who = { gln, role, ttlSeconds: 600 };
  return clientAt(hub.url(), await developmentToken({ dataDir: hub.dataDir, audience: "sektorbro" }, who));
};

test("a hub that is killed while it brings documents loses none, and brings one twice only under the same id", async () => {
  const random = seededRandom(newSeed());
  await using dir = await tempDir();
  await using receiver = await startReceiver();
  await using hub = await startHubProcess(dir.path, { SEKTORBRO_PUSH_ALLOW: "127.0.0.1" });
  const operator = await clientOf(hub, "5790000999998", "operator");
  const organisations = [pushedDepartment(department.gln, { webhook: { url: receiver.url(), atOnce: 2 } })];
  const file = { format: "sektorbro-directory", version: 1, organisations };
  const imported = await operator.post("/v1/directory/import", file);
  expect(imported.status, imported.text).toBe(200);
  const paused = await operator.post(`/v1/receivers/${department.gln}/pause`, {});
  expect(paused.status, paused.text).toBe(200);

  const doctor = await clientOf(hub, practice.gln, "organisation");
  for (let i = 0; i < letters; i++) {
    const sent = await doctor.send(xdis91({ letterId: freshId("SKUB") }));
    expect(sent.status, sent.text).toBeLessThan(300);
  }
  // Pausing outlives the hub: after a crash it still brings nothing.
  await hub.kill();
  await hub.start();
  const again = await clientOf(hub, "5790000999998", "operator");
  const listed = await again.get("/v1/receivers");
  expect(listed.json()).toMatchObject({
    receivers: [{ gln: department.gln, waiting: letters, paused: {} }],
  });
  expect(receiver.got).toEqual([]);

  receiver.behave(() => 200);
  expect((await again.post(`/v1/receivers/${department.gln}/resume`, {})).status).toBe(200);
  for (let i = 0; i < kills; i++) {
    const seen = receiver.got.length;
    await eventually(
      () => Promise.resolve(receiver.got.length > seen ? true : undefined),
      "more",
      20_000,
    ).catch(() => undefined);
    await sleep(random() * 30);
    await hub.kill();
    await hub.start();
  }
  const ids = (): Set<string> => new Set(receiver.got.map(({ id }) => id));
  await eventually(() => Promise.resolve(ids().size >= letters ? true : undefined), "every document", 40_000);
  const { natsUrl } = await hub.endpoints();
  const changes = async () => (await readJournal(natsUrl)).flatMap(({ record }) => record.deliveries);
  await eventually(async () => {
    const fetched = (await changes()).filter(({ change }) => change === "fetched");
    return new Set(fetched.map(({ deliveryId }) => deliveryId)).size >= letters ? true : undefined;
  }, "every yes on disk");
  const owed = (await changes()).flatMap((d) =>
    d.change === "owed" && d.to === department.gln ? [d.deliveryId] : [],
  );
  expect([...ids()].toSorted()).toEqual(owed.toSorted());
  expect((await changes()).filter(({ change }) => change === "fetched")).toHaveLength(letters);
  // Again is only what was with the receiver, two at once, or whose yes was on its way to the disk, when the hub was killed.
  expect(receiver.got.length).toBeLessThanOrEqual(letters + kills * (2 + 2));
  const times = [...ids()].map((id) => receiver.got.filter((one) => one.id === id).length);
  expect(Math.max(...times)).toBeLessThanOrEqual(1 + kills);
  expect(journalFaults(await readJournal(natsUrl))).toEqual([]);
}, 240_000);
