import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { developmentToken } from "../../../gateways/http/main.ts";
import { eventually } from "../../support/eventually.ts";
import { freshId, practice, xdis91 } from "../../support/golden-samples.ts";
import { clientAt } from "../../support/hub-client.ts";
import { startHubProcess } from "../../support/hub-process.ts";
import { journalFaults, readJournal } from "../../support/journal-audit.ts";
import { tempDir } from "../../support/temp-dir.ts";

const mebi = 1024 * 1024;

/** A small disk of its own, where this machine lets us have one. */
const smallDisk = (at: string): (Disposable & { free: () => number }) | undefined => {
  mkdirSync(at);
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=160m", "tmpfs", at], { stdio: "ignore" });
  } catch {
    return undefined;
  }
  return {
    free: () => {
      const { bavail, bsize } = statfsSync(at);
      return bavail * bsize;
    },
    [Symbol.dispose]: () => {
      execFileSync("umount", ["-l", at]);
    },
  };
};

test("a disk that fills: senders are refused early, what was accepted stays whole, and with room again all goes on", async (context) => {
  await using dir = await tempDir();
  const data = join(dir.path, "disk");
  using disk = smallDisk(data);
  if (disk === undefined) {
    process.stderr.write("disk full: not tried, this machine lets us mount no disk\n");
    context.skip();
    return;
  }
  await using hub = await startHubProcess(data, { SEKTORBRO_LEAST_FREE_BYTES: String(24 * mebi) });
  const who = { gln: practice.gln, role: "organisation", ttlSeconds: 600 } as const;
  const sender = clientAt(hub.url(), await developmentToken({ dataDir: data, audience: "sektorbro" }, who));
  const send = () => sender.send(xdis91({ letterId: freshId("DISK") }));
  const accepted: string[] = [];
  const sendAccepted = async (): Promise<true | undefined> => {
    const answer = await send();
    const caseId = answer.header("sektorbro-case");
    if (answer.status !== 201 || caseId === null) return undefined;
    accepted.push(caseId);
    return true;
  };
  for (let i = 0; i < 20; i++) expect(await sendAccepted()).toBe(true);

  const filler = join(data, "filler");
  writeFileSync(filler, Buffer.alloc(Math.max(0, disk.free() - 16 * mebi)));
  const refused = await eventually(async () => {
    const answer = await send();
    if (answer.status === 201) accepted.push(answer.header("sektorbro-case") ?? "");
    return answer.status === 503 ? answer : undefined;
  }, "refused");
  expect(refused.json()).toMatchObject({ code: "journal-full", fate: "retry" });
  expect(Number(refused.header("retry-after"))).toBeGreaterThanOrEqual(15);
  const took: number[] = [];
  for (let i = 0; i < 5; i++) {
    const began = performance.now();
    expect((await send()).status).toBe(503);
    took.push(performance.now() - began);
  }
  // Early: what tried the disk first, or waited for anything, would be late each time.
  expect(Math.min(...took)).toBeLessThan(500);

  rmSync(filler);
  await eventually(sendAccepted, "accepted again");
  const journal = await readJournal((await hub.endpoints()).natsUrl);
  expect(journalFaults(journal)).toEqual([]);
  const cases = new Set(journal.map(({ record }) => record.caseId));
  expect(accepted.filter((caseId) => !cases.has(caseId))).toEqual([]);
});
