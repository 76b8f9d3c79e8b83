import { execFile } from "node:child_process";
import { mkdir, rename, rm, rmdir, symlink, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inspectFolders, startFolders } from "../../../../gateways/folder/main.ts";
import { ConfigError } from "../../../../infra/config/config.ts";
import { collectingLog } from "../../../../infra/observability/logger.ts";
import { eventually } from "../../../support/eventually.ts";
import { type FolderHub, folderTimes, type Partner, startFolderHub } from "../../../support/folder-hub.ts";
import { department, freshId, practice, xdis91 } from "../../../support/golden-samples.ts";
import { tempDir } from "../../../support/temp-dir.ts";

const { log, lines } = collectingLog();
let hub: FolderHub;
let doctor: Partner;
beforeAll(async () => {
  hub = await startFolderHub([practice.gln], log);
  doctor = await hub.partner(practice.gln);
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
});

const said = (event: string, fields: Record<string, unknown>) =>
  eventually(
    () =>
      Promise.resolve(
        lines.find((l) => l.event === event && Object.entries(fields).every(([k, v]) => l.fields[k] === v)),
      ),
    `a line ${event}`,
  );
const troubled = async () =>
  (await inspectFolders(hub.root, Date.now())).filter(({ status }) => status !== "ok");

describe("what hinders one thing hinders no other, and is told", () => {
  test("a receipt that cannot be put in place waits, and its document with it", async () => {
    const blocked = freshId("HINDRET");
    const free = freshId("FRI");
    // The name of a receipt is made of the file's; a folder of that name is in its way.
    const document = xdis91({ letterId: blocked });
    await doctor.put(`${blocked}.xml`, document);
    await doctor.settled();
    const [name = ""] = (await doctor.names("receipts")).filter((n) => n.startsWith(blocked));
    await rm(join(doctor.dir, "receipts", name));
    await mkdir(join(doctor.dir, "receipts", name, "inside"), { recursive: true });
    await doctor.put(`${blocked}.xml`, document);
    await doctor.put(`${free}.xml`, xdis91({ letterId: free }));
    const line = await said("folder-document-waits", { gln: practice.gln });
    expect(line.fields["code"]).toMatch(/^E(ISDIR|NOTEMPTY|EXIST)$/);
    await eventually(
      async () => ((await doctor.names("receipts")).some((n) => n.startsWith(free)) ? true : undefined),
      "the other receipt",
    );
    await rm(join(doctor.dir, "receipts", name), { recursive: true });
    await doctor.settled();
    expect((await doctor.read("receipts", name)).toString("latin1")).toContain("</Emessage>");
  });

  test("a file in the place of a folder: nothing is done in any of them until it is mended", async () => {
    const letterId = freshId("HINDRET");
    await rename(join(doctor.dir, "receipts"), join(doctor.dir, "aside"));
    await writeFile(join(doctor.dir, "receipts"), "");
    await said("folder-unusable", { phase: "receipts", code: "no-folder" });
    await doctor.put(`${letterId}.xml`, xdis91({ letterId }));
    expect(await troubled()).toMatchObject([{ status: "bad", detail: "receipts: no-folder" }]);
    await rm(join(doctor.dir, "receipts"));
    await rename(join(doctor.dir, "aside"), join(doctor.dir, "receipts"));
    await doctor.settled();
    expect((await doctor.names("receipts")).some((n) => n.startsWith(letterId))).toBe(true);
  });

  test("a link in the place of a folder is never followed", async () => {
    await using elsewhere = await tempDir();
    await writeFile(join(elsewhere.path, "theirs.xml"), xdis91());
    await rename(join(doctor.dir, "in"), join(doctor.dir, "aside"));
    await symlink(elsewhere.path, join(doctor.dir, "in"));
    await said("folder-unusable", { phase: "in", code: "no-folder" });
    expect(await troubled()).toMatchObject([{ status: "bad", detail: "in: no-folder" }]);
    await rm(join(doctor.dir, "in"));
    await rename(join(doctor.dir, "aside"), join(doctor.dir, "in"));
  });

  test("what will never be taken is told by a hash and counted by the doctor, never named", async () => {
    const cpr = "0101901234";
    const secret = "Hybenrose";
    await mkdir(join(doctor.dir, "in", `${cpr} ${secret}`));
    await symlink("/nowhere", join(doctor.dir, "in", `${secret}-${cpr}.xml`));
    await promisify(execFile)("mkfifo", [join(doctor.dir, "in", `${cpr}-pipe.xml`)]);
    for (const code of ["directory", "link", "other"])
      expect((await said("folder-not-a-file", { code })).fields["hash"]).toMatch(/^[0-9a-f]{16}$/);
    const checks = await troubled();
    expect(checks).toMatchObject([{ status: "warn", detail: "3 in `in` that are no files" }]);
    expect(JSON.stringify([checks, lines])).not.toMatch(new RegExp(`${cpr}|${secret}`));
    for (const name of await doctor.names("in")) await rm(join(doctor.dir, "in", name), { recursive: true });
  });

  test("nothing of a file's name reaches the log, whatever becomes of the file", async () => {
    const name = "0101901234-Hybenrose.xml";
    await doctor.put(name, Buffer.alloc(0));
    await doctor.put(`x${name}`, xdis91());
    await doctor.settled();
    expect(JSON.stringify(lines)).not.toMatch(/0101901234|Hybenrose/);
  });

  test("refused documents and what is in hand too long are counted by the doctor", async () => {
    const dead = join(doctor.dir, ".work", "elsewhere.1.aaaa.0", "in", "claim");
    await mkdir(join(dead, "document"), { recursive: true });
    const longAgo = new Date(Date.now() - 3_600_000);
    await utimes(dead, longAgo, longAgo);
    await utimes(join(doctor.dir, ".work", "elsewhere.1.aaaa.0"), new Date(), new Date());
    expect((await troubled()).map(({ detail }) => detail)).toEqual([
      "1 in hand for more than ten minutes",
      "1 refused",
    ]);
    for (const { whatToDo } of await troubled()) expect(whatToDo).not.toBe("");
  });
});

describe("the root", () => {
  test("that is not there is a setting to mend, and the hub makes none", async () => {
    const root = join(hub.root, "unmounted");
    await expect(startFolders(hub.platform, { root, ...folderTimes })).rejects.toThrow(ConfigError);
    expect(await inspectFolders(root, Date.now())).toMatchObject([{ name: "folders", status: "bad" }]);
  });

  test("may hold a folder made by hand for whoever the directory knows; a stranger's is told and left", async () => {
    await mkdir(join(hub.root, department.gln));
    await mkdir(join(hub.root, "5790000999998"));
    await mkdir(join(hub.root, "Nordfjord"));
    const ward = await hub.partner(department.gln);
    expect(await ward.names("in")).toEqual([]);
    await said("folder-of-a-stranger", { gln: "5790000999998" });
    const checks = await troubled();
    expect(checks.map(({ detail }) => detail)).toContain("1 names in the root are no GLN");
    await rm(join(hub.root, "Nordfjord"), { recursive: true });
    await rmdir(join(hub.root, "5790000999998"));
  });

  test("loses an organisation's folder when somebody takes it away, and it is not made again", async () => {
    const ward = await hub.partner(department.gln);
    await rename(ward.dir, join(hub.root, "gone"));
    await said("folder-gone", { gln: department.gln });
    expect(
      (await inspectFolders(hub.root, Date.now())).some(({ name }) => name.includes(department.gln)),
    ).toBe(false);
  });
});

test("a hub without folders says so when the directory delivers by folder", async () => {
  const part = await startFolders(hub.platform, undefined);
  await said("folders-off", { count: 1 });
  await part.stop();
});
