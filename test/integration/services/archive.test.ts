import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { defaultArchiveRules } from "../../../contracts/codes/archive-rules.ts";
import { envelopeIdOf, shardOf } from "../../../contracts/derived-ids.ts";
import type { CaseList } from "../../../contracts/messages/case-list.ts";
import type { Archive } from "../../../infra/archive/archive.ts";
import { openArchive } from "../../../infra/archive/archive.ts";
import { archivedCase } from "../../../infra/archive/archived-case.ts";
import { createJournal } from "../../../infra/nats/journal.ts";
import { createPublish } from "../../../infra/nats/publish.ts";
import { openPlatform } from "../../../infra/platform.ts";
import { archivePorts, startArchive } from "../../../services/archive/main.ts";
import type { ArchivePorts } from "../../../services/archive/ports.ts";
import { archiveRound } from "../../../services/archive/round.ts";
import {
  type ArchivedCases,
  accepted,
  createArchivedCases,
  department,
  practice,
} from "../../support/archive-cases.ts";
import { dyingAt } from "../../support/dying.ts";
import { runLog } from "../../support/run-log.ts";
import { type TempDir, tempDir } from "../../support/temp-dir.ts";
import { startTestHub, type TestHub } from "../../support/test-platform.ts";

const rules = { ...defaultArchiveRules, shelfCases: 2 };
const dayMs = 86_400_000;

let dir: TempDir;
let hub: TestHub;
let archive: Archive;
let ports: ArchivePorts;
let on: ArchivedCases;
/** What stands in the journal itself, whatever the archive holds. */
let bare: ReturnType<typeof createJournal>;

beforeAll(async () => {
  dir = await tempDir();
  hub = await startTestHub({ archiveDir: join(dir.path, "archive") });
  if (hub.platform.archive === undefined) throw new Error("no archive");
  archive = hub.platform.archive;
  on = createArchivedCases(hub);
  ports = archivePorts(hub.platform, archive);
  bare = createJournal({ ...hub.platform, publish: createPublish(hub.platform.nc) });
}, 60_000);
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
  await dir[Symbol.asyncDispose]();
});

/** Days from now on. */
const later = (days: number, more: Partial<ArchivePorts> = {}): ArchivePorts => ({
  ...ports,
  now: () => new Date(Date.now() + days * dayMs).toISOString(),
  ...more,
});

describe("a case that leaves the journal", () => {
  test("is read back whole by its parties, and a message that names it meets it", async () => {
    const { bytes, named } = await on.attachment();
    const done = await on.answered([named]);
    const open = await on.asking();
    const [before, records] = [await on.viewOf(done.caseId), await bare.load(done.caseId)];
    expect(records.length).toBeGreaterThan(3);
    expect(await archiveRound(later(399), rules)).toMatchObject({ archived: 0, purged: 0 });
    expect((await archiveRound(later(401), rules)).archived).toBe(1);
    expect(await bare.load(done.caseId)).toEqual(records);
    expect(await archiveRound(later(401), rules)).toMatchObject({ archived: 0, purged: 0 });
    expect(await archiveRound(later(402), rules)).toMatchObject({ archived: 0, purged: 1 });
    expect(await bare.load(done.caseId)).toEqual([]);
    expect(await bare.load(open.caseId)).toHaveLength(1);
    expect(await hub.platform.journal.load(done.caseId)).toEqual(records);
    expect(await on.viewOf(done.caseId)).toEqual(before);
    expect(await on.viewOf(done.caseId, "5790000300013")).toBe("case-unknown");
    expect(bytes.equals((await hub.platform.objects.get(named.digest)) ?? Buffer.alloc(0))).toBe(true);
    expect(await done.again()).toEqual({ ...done.reply, duplicate: true });
    expect(await bare.load(done.caseId)).toEqual([]);
    await hub.platform.bus.ask("cmd.worklist.rebuild", {}, 20_000);
    const searched = async (viewer: string, query: object) => {
      const reply = await hub.query<CaseList>("worklist.search", viewer, query);
      return reply.status === "ok" ? reply.value.items.map(({ caseId }) => caseId) : reply.code;
    };
    expect(await on.inboxOf(department, done.caseId)).toEqual([]);
    const patient = { cpr: "0101010101" };
    const [delivered] = typeof before === "string" ? [] : before.deliveries;
    const envelopeId = envelopeIdOf(delivered?.deliveryId ?? "");
    for (const query of [{ caseId: done.caseId }, { messageId: "ARK-1" }, { envelopeId }, { patient }]) {
      expect(await searched(practice, query)).toContain(done.caseId);
      expect(await searched("5790000300013", query)).not.toContain(done.caseId);
    }
    const late = { originalEnvelopeId: envelopeId, outcome: "positive" };
    expect((await hub.command("delivery.receiveReceipt", department, late)).status).not.toBe("refused");
    expect(await bare.load(done.caseId)).toEqual([]);
    const changed = { ...on.question("ARK-1", [named]), subject: "T4" };
    const other = await hub.command("advice.ask", practice, changed, "ask:ARK-1");
    expect(other).toMatchObject({ status: "refused", code: "content-differs" });
  });

  test("goes on where it was when something more is written to it, and can leave again", async () => {
    const { caseId, again, reply } = await on.answered();
    await archiveRound(later(401), rules);
    await archiveRound(later(402), rules);
    expect(await bare.load(caseId)).toEqual([]);
    const before = (await hub.platform.journal.load(caseId)).length;
    accepted(await hub.command("advice.askFollowUp", practice, { caseId, text: "Og hvad så?" }));
    const whole = await hub.platform.journal.load(caseId);
    expect(whole.map(({ record }) => record.meta.no)).toEqual(whole.map((_, i) => i + 1));
    expect(whole.length).toBe(before + 1);
    expect(await bare.load(caseId)).toHaveLength(1);
    // It is open again, and stays.
    expect((await archiveRound(later(900), rules)).archived).toBe(0);
    await on.settleAll(department, caseId);
    accepted(await hub.command("advice.answer", department, { caseId, text: "Nej", adviser: { name: "E" } }));
    await on.settleAll(practice, caseId);
    await on.goOn();
    const all = await hub.platform.journal.load(caseId);
    expect((await archiveRound(later(1_400), rules)).archived).toBe(1);
    await archiveRound(later(1_401), rules);
    expect(await bare.load(caseId)).toEqual([]);
    expect(await hub.platform.journal.load(caseId)).toEqual(all);
    expect(await again()).toEqual({ ...reply, duplicate: true });
  });

  test("whatever comes to it between the archive and the purge stays in the journal", async () => {
    const { caseId } = await on.answered();
    await archiveRound(later(401), rules);
    accepted(await hub.command("advice.askFollowUp", practice, { caseId, text: "Vent lidt" }));
    const whole = await hub.platform.journal.load(caseId);
    await archiveRound(later(402), rules);
    expect((await bare.load(caseId)).map(({ record }) => record.meta.no)).toEqual([whole.length]);
    expect(await hub.platform.journal.load(caseId)).toEqual(whole);
  });

  test("retention that would remove something undelivered: the answer lies unread, and the case stays for ever", async () => {
    const { caseId } = await on.answered([], false);
    const records = await bare.load(caseId);
    await archiveRound(later(20_000), rules);
    await archiveRound(later(20_001), rules);
    expect(await bare.load(caseId)).toEqual(records);
    expect(await archivedCase(archive, caseId)).toBeUndefined();
  });

  test("leaves an attachment where it is that another case names, and takes it along with the last", async () => {
    const { bytes, named } = await on.attachment();
    const first = await on.answered([named]);
    const second = await on.answered([named], false);
    const shards = shardsOf([first, second]);
    await archiveRound(later(401, { shards }), rules);
    await archiveRound(later(402, { shards }), rules);
    expect(await bare.load(first.caseId)).toEqual([]);
    const removed: string[] = [];
    const watching = later(804, {
      shards,
      purgeObject: async (digest) => {
        removed.push(digest);
        await ports.purgeObject(digest);
      },
    });
    expect(bytes.equals((await hub.platform.objects.get(named.digest)) ?? Buffer.alloc(0))).toBe(true);
    await on.settleAll(practice, second.caseId);
    await on.goOn();
    await archiveRound(later(803, { shards }), rules);
    await archiveRound(watching, rules);
    expect(removed).toEqual([named.digest]);
    expect(bytes.equals((await hub.platform.objects.get(named.digest)) ?? Buffer.alloc(0))).toBe(true);
  });
});

/** To look at these alone is quicker than at the whole journal. */
const shardsOf = (cases: readonly { caseId: string }[]) => [
  ...new Set(cases.map(({ caseId }) => shardOf(caseId))),
];

/** Ports that fail at a step, as a process that dies there would, and do nothing more. */
const portsDyingAt = (step: number, of: ArchivePorts): ArchivePorts => {
  const dies = dyingAt(step);
  return {
    ...of,
    shelve: dies(of.shelve),
    purgeCase: dies(of.purgeCase),
    purgeOriginal: dies(of.purgeOriginal),
    purgeObject: dies(of.purgeObject),
    notePurged: dies(of.notePurged),
  };
};

test("who dies between any two steps has lost nothing, and every case is archived once", async () => {
  const { bytes, named } = await on.attachment();
  const cases = [await on.answered([named]), await on.answered([named])];
  const kept = await Promise.all(cases.map(({ caseId }) => bare.load(caseId)));
  const shelvesBefore = (await archive.segments()).length;
  const check = async () => {
    for (const [i, { caseId }] of cases.entries())
      expect(await hub.platform.journal.load(caseId)).toEqual(kept[i]);
    expect(bytes.equals((await hub.platform.objects.get(named.digest)) ?? Buffer.alloc(0))).toBe(true);
  };
  let deaths = 0;
  for (const days of [401, 402])
    for (let step = 1; ; step++) {
      const died = await archiveRound(
        portsDyingAt(step, later(days, { shards: shardsOf(cases) })),
        rules,
      ).then(
        () => false,
        () => true,
      );
      await check();
      if (!died) break;
      deaths += 1;
    }
  expect(deaths).toBe(5);
  for (const { caseId } of cases) expect(await bare.load(caseId)).toEqual([]);
  const found = await Promise.all(cases.map(({ caseId }) => archive.find(`case|${caseId}`)));
  expect(found.map((items) => items.length)).toEqual([1, 1]);
  expect((await archive.segments()).length).toBeGreaterThan(shelvesBefore);
  // A hub that is started without what has left the journal would take old messages for new.
  const daily = await startArchive(hub.platform, rules);
  await hub.platform.bus.ask("cmd.archive.run", {}, 30_000);
  await daily.stop();
  const elsewhere = openPlatform({
    natsUrl: hub.nats.url,
    redisUrl: hub.redis.path,
    layout: hub.platform.layout,
    log: runLog(),
    archiveDir: join(dir.path, "elsewhere"),
  });
  await expect(elsewhere).rejects.toThrow(
    /The archive is not in .*elsewhere: .* in \d+ files, and 0 of them are there/,
  );
  await using again = {
    opened: await openArchive(join(dir.path, "archive"), Date.now),
    [Symbol.asyncDispose]: () => again.opened.close(),
  };
  expect(await again.opened.segments()).toEqual(await archive.segments());
});
