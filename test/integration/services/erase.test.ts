import { randomBytes, randomUUID } from "node:crypto";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { defaultArchiveRules } from "../../../contracts/codes/archive-rules.ts";
import { type Erasure, Erasures } from "../../../contracts/messages/erasure.ts";
import { readAudit } from "../../../infra/nats/read-audit.ts";
import { eraseCase } from "../../../services/archive/erasing/erase.ts";
import { erasePorts } from "../../../services/archive/erasing/main.ts";
import type { ErasePorts } from "../../../services/archive/erasing/ports.ts";
import { archivePorts, startArchive } from "../../../services/archive/main.ts";
import { archiveRound } from "../../../services/archive/round.ts";
import { startDesk } from "../../../services/desk/main.ts";
import { startMessageLog } from "../../../services/message-log/main.ts";
import { whereKept } from "../../support/all-that-is-kept.ts";
import { dyingAt } from "../../support/dying.ts";
import { eventually } from "../../support/eventually.ts";
import { department, practice, xbin01, xdis91 } from "../../support/golden-samples.ts";
import { type GatewayHub, type HubClient, startGatewayHub } from "../../support/hub-client.ts";
import { marked } from "../../support/markers.ts";
import { type TempDir, tempDir } from "../../support/temp-dir.ts";

const rules = { ...defaultArchiveRules, shelfCases: 3 };

let dir: TempDir;
let hub: GatewayHub;
let asker: HubClient;
let answerer: HubClient;
const archiveDir = (): string => join(dir.path, "archive");

beforeAll(async () => {
  dir = await tempDir();
  const families = [startDesk, startMessageLog, (p: GatewayHub["platform"]) => startArchive(p, rules)];
  hub = await startGatewayHub(undefined, undefined, families, undefined, { archiveDir: archiveDir() });
  [asker, answerer] = [await hub.as(practice.gln), await hub.as(department.gln)];
}, 60_000);
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
  await dir[Symbol.asyncDispose]();
});

/** What nobody else's case says: found anywhere afterwards, it is this one's. */
const planted = () => {
  const cpr = `2407${String(Math.floor(Math.random() * 900_000) + 100_000)}`.slice(0, 10);
  const mark = randomBytes(6).toString("hex");
  const own = { cpr: `240755${cpr.slice(-4)}`, surname: `Plantet-${mark}`, text: `hemmelig-${mark}` };
  return { own, attachment: Buffer.concat([Buffer.from(`bilag-${mark}`), randomBytes(60_000)]), mark };
};

const settle = async (client: HubClient, gln: string, caseId: string): Promise<void> => {
  for (const { deliveryId } of await hub.inboxOf(gln, caseId)) {
    expect((await client.get(`/v1/inbox/${deliveryId}`)).status).toBe(200);
    const settled = await client.post(`/v1/inbox/${deliveryId}/receipt`, { outcome: "positive" });
    expect(settled.status, settled.text).toBe(200);
  }
};

/** A question in OIOXML with an attachment, taken by a colleague, answered, and all of it received. */
const answered = async ({ open = false } = {}) => {
  const { own, attachment, mark } = planted();
  const attached = [{ id: randomUUID().toUpperCase(), bytes: attachment }];
  const document = xdis91({ ...marked, ...own, attached });
  const sent = await asker.send(document);
  expect(sent.status, sent.text).toBe(201);
  const caseId = sent.header("sektorbro-case") ?? "";
  await asker.send(xbin01({ ...marked, ...own, attached }));
  const joined = await eventually(async () => {
    const facts = (await hub.recordsOf(caseId)).flatMap(({ facts }) => facts);
    return facts.find((fact) => "attachmentCaseId" in fact);
  }, "the attachment joined");
  const by = { id: "e-1", name: `Kollega-${mark}` };
  const claimed = await hub.command("desk.claim", department.gln, { caseId, by });
  expect(JSON.stringify(claimed)).toContain("accepted");
  await settle(answerer, department.gln, caseId);
  await settle(answerer, department.gln, String("attachmentCaseId" in joined && joined.attachmentCaseId));
  const text = { text: `svar-${mark}`, adviser: { name: `Læge-${mark}` } };
  const reply = await answerer.post(`/v1/cases/${caseId}/answer`, text);
  expect(reply.status, reply.text).toBe(200);
  if (!open) await settle(asker, practice.gln, caseId);
  return { caseId, document, mark, marks: [mark, own.cpr] };
};

const erase = async (caseIds: readonly string[], confirmed = true): Promise<Erasure[]> => {
  const asked = { caseIds, reason: "controller", by: "drift-7", confirmed };
  return Erasures.parse(await hub.platform.bus.ask("cmd.archive.erase", asked, 60_000)).cases;
};

const nothing = { records: 0, documents: 0, attachments: 0, archived: 0 };
/** An index that was swapped out is swept some seconds later. */
const sweptFrom = (marks: readonly string[]): Promise<boolean> =>
  eventually(async () => {
    const where = await whereKept(hub.platform, archiveDir(), marks);
    if (where.length > 0) throw new Error(where.join("\n"));
    return true;
  }, "nothing is kept");
const onDisk = async (marks: readonly string[]): Promise<string[]> =>
  (await whereKept(hub.platform, archiveDir(), marks)).filter((where) => !where.startsWith("redis"));
const days = (n: number) => {
  if (hub.platform.archive === undefined) throw new Error("no archive");
  const now = (): string => new Date(Date.now() + n * 86_400_000).toISOString();
  return { ...archivePorts(hub.platform, hub.platform.archive), now };
};

describe("a case that is erased", () => {
  test("is nowhere any more, is told in the chain of looks, and the same message opens no other", async () => {
    const [one, other] = [await answered(), await answered()];
    expect(await whereKept(hub.platform, archiveDir(), one.marks)).not.toEqual([]);
    const [told] = await erase([one.caseId], false);
    expect(told).toMatchObject({ outcome: "would-be-erased", found: { documents: 2, attachments: 1 } });
    const [done] = await erase([one.caseId]);
    if (done?.outcome !== "erased") throw new Error(JSON.stringify(done));
    expect(done.found).toMatchObject({ documents: 2, attachments: 1, archived: 0 });
    expect(done.found.records).toBeGreaterThan(4);
    expect(done.left).toEqual(nothing);
    await sweptFrom(one.marks);
    expect(await whereKept(hub.platform, archiveDir(), other.marks)).not.toEqual([]);
    const looks: unknown[] = [];
    for await (const { entry } of await readAudit(hub.platform.nc, undefined)) looks.push(entry);
    expect(looks).toContainEqual(
      expect.objectContaining({
        ...{ outcome: "erased", cases: [one.caseId], reason: "controller", person: "drift-7" },
      }),
    );
    for (const client of [asker, answerer])
      expect((await client.get(`/v1/cases/${one.caseId}`)).status).toBe(404);
    const again = await asker.send(one.document, { accept: "application/json" });
    expect([again.status, again.text]).toEqual([422, expect.stringContaining("case-erased")]);
    expect(await hub.recordsOf(one.caseId)).toHaveLength(1);
    expect((await asker.get(`/v1/cases/${other.caseId}`)).status).toBe(200);
    const [twice] = await erase([one.caseId]);
    expect(twice).toMatchObject({ outcome: "erased", erasedAt: done.erasedAt, left: nothing });
  });

  test("is overwritten in the archive too, and its neighbours there are as they were", async () => {
    const cases = [await answered(), await answered(), await answered()];
    await archiveRound(days(401), rules);
    const [before, gone, after] = cases;
    if (before === undefined || gone === undefined || after === undefined) throw new Error("three");
    const whole = [await hub.recordsOf(before.caseId), await hub.recordsOf(after.caseId)];
    const [inBoth] = await erase([gone.caseId]);
    expect(inBoth).toMatchObject({ outcome: "erased", found: { archived: 3 }, left: nothing });
    expect(await onDisk(gone.marks)).toEqual([]);
    await archiveRound(days(402), rules);
    expect([await hub.recordsOf(before.caseId), await hub.recordsOf(after.caseId)]).toEqual(whole);
    // This one has left the journal but for what was the last of its stream.
    const [archivedOnly] = await erase([before.caseId]);
    expect(archivedOnly).toMatchObject({ outcome: "erased", found: { archived: 3 }, left: nothing });
    expect(await onDisk(before.marks)).toEqual([]);
    expect(await hub.recordsOf(after.caseId)).toEqual(whole[1]);
    expect(await whereKept(hub.platform, archiveDir(), after.marks)).not.toEqual([]);
    for await (const one of hub.platform.archive?.itemsOf(1) ?? []) expect(one.kind).toBeGreaterThan(0);
  });

  test("must be settled: of one whose answer nobody has fetched nothing goes, and it says why", async () => {
    const waiting = await answered({ open: true });
    const records = await hub.recordsOf(waiting.caseId);
    const unknown = "5d0f2a86-7f5f-5c7e-9b0a-0d5a5a1d3c11";
    expect(await erase([waiting.caseId, unknown])).toEqual([
      { outcome: "refused", caseId: waiting.caseId, code: "case-not-settled", why: "delivery-open" },
      { outcome: "refused", caseId: unknown, code: "case-unknown" },
    ]);
    expect(await hub.recordsOf(waiting.caseId)).toEqual(records);
    expect((await asker.get(`/v1/cases/${waiting.caseId}`)).status).toBe(200);
  });
});

/** Ports that fail at a step, as a process that dies there would, and do nothing more. */
const portsDyingAt = (step: number, of: ErasePorts): ErasePorts => {
  const dies = dyingAt(step);
  return {
    ...of,
    append: dies(of.append),
    purgeObject: dies(of.purgeObject),
    purgeIntake: dies(of.purgeIntake),
    forget: dies(of.forget),
    eraseArchived: dies(of.eraseArchived),
    purgeRecords: dies(of.purgeRecords),
  };
};

test("who dies between any two steps does it again, and comes to the same", async () => {
  const { caseId, marks } = await answered();
  await archiveRound(days(401), rules);
  const ports = await erasePorts(hub.platform);
  let [deaths, last]: [number, Erasure | undefined] = [0, undefined];
  for (let step = 1; last === undefined; step++) {
    last = await eraseCase(portsDyingAt(step, ports), caseId).catch(() => undefined);
    if (last === undefined) deaths += 1;
  }
  expect(deaths).toBe(12);
  expect(last).toMatchObject({ outcome: "erased", left: nothing });
  expect(await hub.recordsOf(caseId)).toHaveLength(1);
  expect(await onDisk(marks)).toEqual([]);
});
