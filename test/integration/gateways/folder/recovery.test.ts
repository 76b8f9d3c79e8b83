import { mkdir, open, readdir, rename, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { InboxItem } from "../../../../contracts/messages/worklist.ts";
import { startFolders } from "../../../../gateways/folder/main.ts";
import { newId } from "../../../../infra/ids.ts";
import { eventually } from "../../../support/eventually.ts";
import { type FolderHub, folderTimes, type Partner, startFolderHub } from "../../../support/folder-hub.ts";
import { department, freshId, practice, xdis91 } from "../../../support/golden-samples.ts";
import { readIntake, readJournal } from "../../../support/journal-audit.ts";

let hub: FolderHub;
let doctor: Partner;
let ward: Partner;
beforeAll(async () => {
  hub = await startFolderHub([practice.gln, department.gln]);
  doctor = await hub.partner(practice.gln);
  ward = await hub.partner(department.gln);
  await hub.stopFolders();
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
});

/** Runs a gateway until nothing is in hand, as the next start after a crash. */
const nextStart = async (): Promise<void> => {
  const gateway = await startFolders(hub.platform, { root: hub.root, ...folderTimes });
  await doctor.settled();
  await ward.settled();
  await gateway.stop();
};

/** A gateway that was killed: no process has such a pid. */
const deadOwner = `${hostname().replace(/[^A-Za-z0-9-]/g, "-")}.99999999.dead0000.0`;
const left = (partner: Partner, ...path: string[]): string => join(partner.dir, ".work", deadOwner, ...path);

/** What a killed gateway left of one claim. */
const leaveClaim = async (files: Record<string, Uint8Array | string>): Promise<void> => {
  const claim = left(doctor, "in", newId());
  await mkdir(claim, { recursive: true });
  for (const [path, bytes] of Object.entries(files)) {
    await mkdir(join(claim, path, ".."), { recursive: true });
    await writeFile(join(claim, path), bytes);
  }
};

const recordsOf = async (letterId: string) =>
  (await readJournal(hub.nats.url)).filter(({ record }) => record.meta.commandId.endsWith(`:${letterId}`));
const receiptsOf = async (letterId: string) =>
  (await doctor.names("receipts")).filter((name) => name.startsWith(letterId));

describe("a gateway that was killed", () => {
  test("after it had claimed a file: the next one reads it", async () => {
    const letterId = freshId("KRAK");
    await leaveClaim({ [`document/${letterId}.xml`]: xdis91({ letterId }) });
    await nextStart();
    expect(await recordsOf(letterId)).toHaveLength(1);
    expect(await receiptsOf(letterId)).toHaveLength(1);
  });

  test("while it wrote the receipt: what is half written is thrown away", async () => {
    const letterId = freshId("KRAK");
    await leaveClaim({
      [`document/${letterId}.xml`]: xdis91({ letterId }),
      [`draft/${letterId}-half.receipt.xml`]: "<Emess",
    });
    await nextStart();
    const receipts = await receiptsOf(letterId);
    expect(receipts).toHaveLength(1);
    expect((await doctor.read("receipts", receipts[0] ?? "")).toString("latin1")).toContain("</Emessage>");
  });

  test("after the results were on disk: they are put in place, and nothing is asked again", async () => {
    const letterId = freshId("KRAK");
    await leaveClaim({
      [`document/${letterId}.xml`]: xdis91({ letterId }),
      [`results/${letterId}-000000000000.receipt.xml`]: "<as-it-was/>",
    });
    await nextStart();
    expect(await receiptsOf(letterId)).toEqual([`${letterId}-000000000000.receipt.xml`]);
    expect((await doctor.read("receipts", `${letterId}-000000000000.receipt.xml`)).toString()).toBe(
      "<as-it-was/>",
    );
    expect(await recordsOf(letterId)).toEqual([]);
  });

  test("while it put a refusal in place: the document and its text both arrive", async () => {
    const name = freshId("KRAK");
    await leaveClaim({
      [`document/${name}.xml`]: "<whole/>",
      [`results/${name}-000000000000.xml.problems.txt`]: "why",
    });
    await leaveClaim({ [`results/${name}-111111111111.xml.problems.txt`]: "why" });
    await nextStart();
    expect((await doctor.names("refused")).filter((n) => n.startsWith(name))).toEqual([
      `${name}-000000000000.xml`,
      `${name}-000000000000.xml.problems.txt`,
      `${name}-111111111111.xml.problems.txt`,
    ]);
    expect((await doctor.read("refused", `${name}-000000000000.xml`)).toString()).toBe("<whole/>");
  });

  test("leaves no place behind once everything of it is done", async () => {
    await leaveClaim({});
    await mkdir(left(doctor, "drafts"), { recursive: true });
    await writeFile(left(doctor, "drafts", "half.xml"), "<half");
    await nextStart();
    expect(await readdir(join(doctor.dir, ".work"))).toEqual([]);
  });

  test("whose file still grows: the whole of it is a message, its beginning is not", async () => {
    const letterId = freshId("KRAK");
    const whole = Buffer.from(xdis91({ letterId, text: "Lang tekst. ".repeat(300) }));
    const half = whole.indexOf("</Letter>") + "</Letter>".length;
    await leaveClaim({ [`document/${letterId}.xml`]: whole.subarray(0, half) });
    const [claim = ""] = await readdir(left(doctor, "in"));
    // Its writer has it open, wherever it is moved.
    const writer = await open(left(doctor, "in", claim, "document", `${letterId}.xml`), "a");
    const part = await startFolders(hub.platform, { root: hub.root, ...folderTimes });
    const step = Math.ceil((whole.length - half) / 12);
    for (let from = half; from < whole.length; from += step) {
      await writer.write(whole.subarray(from, from + step));
      await sleep(folderTimes.settleMs / 2);
    }
    await writer.close();
    await doctor.settled();
    await part.stop();
    expect(await recordsOf(letterId)).toHaveLength(1);
    expect((await doctor.names("refused")).filter((n) => n.startsWith(letterId))).toEqual([]);
  });
});

/** A letter that waits for the ward, with no gateway running. */
const waitingDelivery = async (): Promise<string> => {
  const letterId = freshId("KRAK");
  await doctor.put(`${letterId}.xml`, xdis91({ letterId }));
  // Only the doctor's folder is there for the moment.
  await rename(ward.dir, join(hub.root, "away"));
  await writeFile(ward.dir, "");
  const part = await startFolders(hub.platform, { root: hub.root, ...folderTimes });
  await doctor.settled();
  await part.stop();
  await rm(ward.dir);
  await rename(join(hub.root, "away"), ward.dir);
  const [line] = await recordsOf(letterId);
  const owed = line?.record.deliveries.find((d) => d.change === "owed");
  if (owed === undefined) throw new Error("nothing is owed");
  await eventually(async () => {
    const inbox = await hub.query<{ items: InboxItem[] }>("worklist.inbox", ward.gln, {
      gln: ward.gln,
      limit: 500,
    });
    return inbox.status === "ok" && inbox.value.items.some((i) => i.deliveryId === owed.deliveryId)
      ? true
      : undefined;
  }, "the delivery in the inbox");
  return owed.deliveryId;
};

const stageLeft = async (deliveryId: string): Promise<string> => {
  const name = `${deliveryId}.XDIS91.xml`;
  await mkdir(left(ward, "out"), { recursive: true });
  await writeFile(left(ward, "out", name), "<staged/>");
  return name;
};
const outOf = async (name: string): Promise<string | undefined> =>
  (await ward.names("out")).includes(name) ? (await ward.read("out", name)).toString("latin1") : undefined;
const fetchAs = (owner: string, deliveryId: string) =>
  hub.command("delivery.markFetched", ward.gln, { deliveryId }, `fetched:${deliveryId}:${owner}`);
const fetchedTimes = async (deliveryId: string): Promise<number> =>
  (await readJournal(hub.nats.url))
    .flatMap(({ record }) => record.deliveries)
    .filter((d) => d.change === "fetched" && d.deliveryId === deliveryId).length;

describe("a delivery that was staged when its gateway was killed", () => {
  test("before the journal knew: it is fetched and given, once", async () => {
    const deliveryId = await waitingDelivery();
    const name = await stageLeft(deliveryId);
    await nextStart();
    expect(await outOf(name)).toBe("<staged/>");
    expect(await fetchedTimes(deliveryId)).toBe(1);
  });

  test("after the journal knew: it is given, for nobody else may", async () => {
    const deliveryId = await waitingDelivery();
    const name = await stageLeft(deliveryId);
    expect(await fetchAs(deadOwner, deliveryId)).toMatchObject({ status: "accepted" });
    await nextStart();
    expect(await outOf(name)).toBe("<staged/>");
    expect(await fetchedTimes(deliveryId)).toBe(1);
  });

  test("and was fetched by another: it is thrown away", async () => {
    const deliveryId = await waitingDelivery();
    const name = await stageLeft(deliveryId);
    expect(await fetchAs("another", deliveryId)).toMatchObject({ status: "accepted" });
    await nextStart();
    expect(await outOf(name)).toBeUndefined();
    expect(await fetchedTimes(deliveryId)).toBe(1);
  });

  test("a delivery that nobody staged waits in the inbox, and is printed", async () => {
    const deliveryId = await waitingDelivery();
    await nextStart();
    expect(await outOf(`${deliveryId}.XDIS91.xml`)).toContain("</Emessage>");
  });
});

describe("two gateways on the same folders", () => {
  test("make every file one message, one receipt and one delivery, with partners that take things away at once", async () => {
    const first = await hub.another();
    const second = await hub.another();
    const ids = Array.from({ length: 60 }, () => freshId("TO"));
    const seen: string[] = [];
    let done = false;
    const takeAway = async (partner: Partner, folder: "out" | "receipts"): Promise<void> => {
      while (!done) {
        for (const name of await partner.names(folder)) {
          seen.push(`${partner.gln}/${name}`);
          await rm(join(partner.dir, folder, name));
        }
        await sleep(5);
      }
    };
    const taking = [takeAway(doctor, "receipts"), takeAway(ward, "out")];
    const before = (await ward.names("out")).length;
    for (const letterId of ids) await doctor.put(`${letterId}.xml`, xdis91({ letterId }));
    await doctor.settled();
    await eventually(
      () =>
        Promise.resolve(seen.filter((n) => n.includes(".XDIS91.")).length >= 60 + before ? true : undefined),
      "sixty deliveries",
      20_000,
    );
    await ward.settled();
    done = true;
    await Promise.all(taking);
    await first.stop();
    await second.stop();
    expect(seen).toHaveLength(new Set(seen).size);
    for (const id of ids)
      expect(
        seen.filter((name) => name.includes(`/${id}-`)),
        id,
      ).toHaveLength(1);
    const kept = (await readIntake(hub.nats.url)).filter(({ bytes }) =>
      ids.some((id) => Buffer.from(bytes).includes(id)),
    );
    expect(kept).toHaveLength(60);
  }, 60_000);
});

describe("with the broker away", () => {
  test("files stay where they are, and are taken when it is back", async () => {
    const part = await hub.another();
    const ids = Array.from({ length: 10 }, () => freshId("UDE"));
    await hub.nats.kill();
    for (const letterId of ids) await doctor.put(`${letterId}.xml`, xdis91({ letterId }));
    // Many looks, each long enough for a file to have rested.
    await sleep(10 * folderTimes.pollMs + folderTimes.settleMs);
    expect(await doctor.names("in")).toHaveLength(ids.length);
    expect(await doctor.names("receipts")).toEqual([]);
    await hub.nats.restart();
    await doctor.wait("receipts", ids.length);
    await doctor.settled();
    await part.stop();
    for (const id of ids) expect(await recordsOf(id)).toHaveLength(1);
  }, 60_000);
});
