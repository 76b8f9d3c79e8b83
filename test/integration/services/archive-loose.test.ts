import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { defaultArchiveRules } from "../../../contracts/codes/archive-rules.ts";
import { archivePorts, startArchive } from "../../../services/archive/main.ts";
import type { ArchivePorts } from "../../../services/archive/ports.ts";
import { archiveRound, type Round } from "../../../services/archive/round.ts";
import { whereKept } from "../../support/all-that-is-kept.ts";
import { dyingAt } from "../../support/dying.ts";
import { eventually } from "../../support/eventually.ts";
import { practice, xdis91 } from "../../support/golden-samples.ts";
import { type GatewayHub, type HubClient, startGatewayHub } from "../../support/hub-client.ts";
import { type TempDir, tempDir } from "../../support/temp-dir.ts";

const rules = defaultArchiveRules;
let dir: TempDir;
let hub: GatewayHub;
let sender: HubClient;
beforeAll(async () => {
  dir = await tempDir();
  const families = [(p: GatewayHub["platform"]) => startArchive(p, rules)];
  const archiveDir = join(dir.path, "archive");
  hub = await startGatewayHub(undefined, undefined, families, undefined, { archiveDir });
  sender = await hub.as(practice.gln);
}, 60_000);
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
  await dir[Symbol.asyncDispose]();
});

const portsAt = (days: number, more: Partial<ArchivePorts> = {}): ArchivePorts => {
  const { archive } = hub.platform;
  if (archive === undefined) throw new Error("no archive");
  const now = (): string => new Date(Date.now() + days * 86_400_000).toISOString();
  return { ...archivePorts(hub.platform, archive), now, ...more };
};
const round = (days: number, more: Partial<ArchivePorts> = {}): Promise<Round["documents"]> =>
  archiveRound(portsAt(days, more), rules).then(({ documents }) => documents);
const places = (mark: string): Promise<string[]> =>
  whereKept(hub.platform, join(dir.path, "archive"), [mark]);

/** Unreadable, with its sender told; `size`: of the text, where more than a message of the store has room for. */
const refused = async (size = 100) => {
  const mark = randomBytes(8).toString("hex");
  const whole = xdis91({ text: `${mark} ${"Teksten er lang. ".repeat(size / 17)}` });
  const sent = await sender.send(whole.subarray(0, -20), { accept: "application/json" });
  expect(sent.status).toBe(422);
  const { intake } = sent.json() as { intake: string };
  await eventually(async () => (await hub.platform.intake.history(intake))?.told, "the sender is told");
  return { intake, mark };
};

test("a refused document whose sender was told leaves INTAKE by way of the archive, with all that was noted of it", async () => {
  const [small, large] = [await refused(), await refused(3_000_000)];
  const taken = await sender.send(xdis91({}));
  expect(taken.status, taken.text).toBe(201);
  const [history, original] = [
    await hub.platform.intake.history(small.intake),
    await hub.platform.intake.original(large.intake),
  ];
  expect(await round(399)).toEqual({ archived: 0, purged: 0 });
  expect(await round(401)).toEqual({ archived: 2, purged: 0 });
  expect(await round(401)).toEqual({ archived: 0, purged: 0 });
  expect((await places(small.mark)).some((where) => where.startsWith("INTAKE"))).toBe(true);
  expect(await round(402)).toEqual({ archived: 0, purged: 2 });
  for (const { mark } of [small, large])
    expect((await places(mark)).filter((where) => !where.startsWith("archive"))).toEqual([]);
  const found = await hub.platform.intake.history(small.intake);
  expect({ ...found, document: found?.document.intake }).toEqual({
    ...history,
    document: history?.document.intake,
  });
  const again = await hub.platform.intake.original(large.intake);
  expect(Buffer.from(again?.bytes ?? []).equals(Buffer.from(original?.bytes ?? []))).toBe(true);
  // What a case was read from stays with it: this one is open.
  expect(await hub.platform.intake.original(taken.header("sektorbro-intake") ?? "")).toBeDefined();
}, 60_000);

test("who dies between any two steps has lost nothing, and each document is in the archive once", async () => {
  const { intake, mark } = await refused();
  const history = await hub.platform.intake.history(intake);
  let deaths = 0;
  for (const days of [401, 402])
    for (let step = 1; ; step++) {
      const dies = dyingAt(step);
      const { shelveLoose, purgeOriginal, notePurged } = portsAt(days);
      const ports = {
        shelveLoose: dies(shelveLoose),
        purgeOriginal: dies(purgeOriginal),
        notePurged: dies(notePurged),
      };
      const died = await round(days, ports).then(
        () => false,
        () => true,
      );
      const found = await hub.platform.intake.history(intake);
      expect(found?.refused).toEqual(history?.refused);
      if (!died) break;
      deaths += 1;
    }
  expect(deaths).toBe(3);
  expect((await places(mark)).every((where) => where.startsWith("archive"))).toBe(true);
  expect(await hub.platform.archive?.find(`intake|${intake}`)).toHaveLength(1);
});
