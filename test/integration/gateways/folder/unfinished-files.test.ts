import { appendFile, mkdir, rename, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type FolderHub, folderTimes, type Partner, startFolderHub } from "../../../support/folder-hub.ts";
import { freshId, practice, xdis91 } from "../../../support/golden-samples.ts";
import { readIntake, readJournal } from "../../../support/journal-audit.ts";

let hub: FolderHub;
let doctor: Partner;
beforeAll(async () => {
  hub = await startFolderHub([practice.gln]);
  doctor = await hub.partner(practice.gln);
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
});

const recordsOf = async (letterId: string) =>
  (await readJournal(hub.nats.url)).filter(({ record }) => record.meta.commandId.endsWith(`:${letterId}`));
const intakeOf = async (bytes: Uint8Array) =>
  (await readIntake(hub.nats.url)).filter((line) => Buffer.compare(line.bytes, bytes) === 0);

describe("a file that is not whole", () => {
  test("grows slowly and is taken once, whole", async () => {
    const letterId = freshId("MAPPE");
    const document = Buffer.from(xdis91({ letterId, text: "Lang tekst. ".repeat(300) }));
    const path = join(doctor.dir, "in", `${letterId}.xml`);
    const step = Math.ceil(document.length / 8);
    for (let from = 0; from < document.length; from += step) {
      await appendFile(path, document.subarray(from, from + step));
      await sleep(folderTimes.settleMs * 0.7);
      if (from + step < document.length) expect(await doctor.names("in")).toContain(`${letterId}.xml`);
    }
    await doctor.settled();
    expect(await intakeOf(document)).toHaveLength(1);
    expect(await recordsOf(letterId)).toHaveLength(1);
  });

  test("stands still in the midst of a text for longer than it must rest, and is waited for", async () => {
    const letterId = freshId("MAPPE");
    const document = Buffer.from(xdis91({ letterId }));
    const path = join(doctor.dir, "in", `${letterId}.xml`);
    const half = document.indexOf("Kære", 0, "latin1") + 3;
    await writeFile(path, document.subarray(0, half));
    await sleep(folderTimes.settleMs * 4);
    expect(await doctor.names("in")).toContain(`${letterId}.xml`);
    await appendFile(path, document.subarray(half));
    await doctor.settled();
    expect(await recordsOf(letterId)).toHaveLength(1);
    expect((await doctor.names("refused")).filter((name) => name.startsWith(letterId))).toEqual([]);
  });

  test("is left alone under an unfinished name, and beside its lock", async () => {
    const letterId = freshId("MAPPE");
    const inFolder = (name: string) => join(doctor.dir, "in", name);
    await writeFile(inFolder(`${letterId}.xml.filepart`), xdis91({ letterId }));
    await writeFile(inFolder(`${letterId}.b.xml.lock`), "");
    await writeFile(inFolder(`${letterId}.b.xml`), xdis91({ letterId: `${letterId}B` }));
    await sleep(folderTimes.settleMs * 4);
    expect((await doctor.names("in")).filter((name) => name.startsWith(letterId))).toHaveLength(3);
    await rename(inFolder(`${letterId}.xml.filepart`), inFolder(`${letterId}.xml`));
    await rm(inFolder(`${letterId}.b.xml.lock`));
    await doctor.settled();
    for (const id of [letterId, `${letterId}B`]) expect(await recordsOf(id)).toHaveLength(1);
  });
});

describe("what is no file", () => {
  test("a folder and a link stay where they are; what the link points at is never read", async () => {
    const secret = join(hub.root, "secret.xml");
    const letterId = freshId("MAPPE");
    const document = xdis91({ letterId });
    await writeFile(secret, document);
    await symlink(secret, join(doctor.dir, "in", "link.xml"));
    await mkdir(join(doctor.dir, "in", "folder.xml"));
    await sleep(folderTimes.settleMs * 5);
    expect(await doctor.names("in")).toEqual(["folder.xml", "link.xml"]);
    expect(await intakeOf(document)).toEqual([]);
    await rm(join(doctor.dir, "in", "link.xml"));
    await rm(join(doctor.dir, "in", "folder.xml"), { recursive: true });
  });

  test("a name that is not UTF-8 is taken all the same", async () => {
    const letterId = freshId("MAPPE");
    const name = Buffer.concat([
      Buffer.from(`${doctor.dir}/in/r\xf8d-`, "latin1"),
      Buffer.from(`${letterId}.xml`),
    ]);
    await writeFile(name, xdis91({ letterId }));
    await doctor.settled();
    expect(await recordsOf(letterId)).toHaveLength(1);
    expect((await doctor.names("receipts")).some((n) => n.startsWith("document-"))).toBe(true);
  });
});
