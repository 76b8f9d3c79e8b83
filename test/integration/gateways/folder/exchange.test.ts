import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { InboxItem } from "../../../../contracts/messages/worklist.ts";
import { parseDocument } from "../../../../gateways/oioxml/codec/parse-document.ts";
import { eventually } from "../../../support/eventually.ts";
import { type FolderHub, folderTimes, type Partner, startFolderHub } from "../../../support/folder-hub.ts";
import { department, freshId, practice, xdis91 } from "../../../support/golden-samples.ts";
import { readIntake, readJournal } from "../../../support/journal-audit.ts";
import { printReceipt } from "../../../support/printing.ts";

let hub: FolderHub;
let doctor: Partner;
let ward: Partner;
beforeAll(async () => {
  hub = await startFolderHub([practice.gln, department.gln]);
  doctor = await hub.partner(practice.gln);
  ward = await hub.partner(department.gln);
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
});

const letterOf = (bytes: Uint8Array) => {
  const parsed = parseDocument(bytes);
  if (parsed.kind !== "emessage") throw new Error(parsed.kind);
  const [letter] = parsed.letters;
  if (letter === undefined) throw new Error("no letter");
  return { letter, envelope: parsed.envelope };
};
const recordsOf = async (letterId: string) =>
  (await readJournal(hub.nats.url)).filter(({ record }) => record.meta.commandId.endsWith(`:${letterId}`));
const intakeOf = async (bytes: Uint8Array) =>
  (await readIntake(hub.nats.url)).filter((line) => Buffer.compare(line.bytes, bytes) === 0);

/** Puts a letter in and takes the receiver's copy out, as both systems do. */
const exchange = async (letterId: string): Promise<{ out: string; bytes: Buffer }> => {
  const before = new Set(await ward.names("out"));
  await doctor.put(`${letterId}.xml`, xdis91({ letterId }));
  const out = await eventually(
    async () => (await ward.names("out")).find((name) => !before.has(name)),
    "the letter in out",
  );
  return { out, bytes: await ward.read("out", out) };
};

describe("a letter from folder to folder", () => {
  test("goes in, is receipted to its sender, and lies in the receiver's out", async () => {
    const letterId = freshId("MAPPE");
    const { out, bytes } = await exchange(letterId);
    expect(out).toMatch(/^[0-9a-f-]{36}\.1\.0\.XDIS91\.xml$/);
    expect(letterOf(bytes).letter).toMatchObject({ kind: "letter", letter: { letterId } });
    await doctor.settled();
    const [receipt] = (await doctor.names("receipts")).filter((name) => name.startsWith(letterId));
    expect(receipt).toMatch(/-[0-9a-f]{12}\.receipt\.xml$/);
    const { letter } = letterOf(await doctor.read("receipts", receipt ?? ""));
    expect(letter).toMatchObject({ kind: "receipt", outcome: "positive" });
    expect(await doctor.names("in")).toEqual([]);
    expect(await recordsOf(letterId)).toHaveLength(1);
  });

  test("what lies in out is fetched in the journal, once, and is not put there again", async () => {
    const letterId = freshId("MAPPE");
    const { out } = await exchange(letterId);
    const deliveryId = out.split(".").slice(0, 3).join(".");
    await rm(join(ward.dir, "out", out));
    const changes = await eventually(async () => {
      const found = (await readJournal(hub.nats.url))
        .flatMap(({ record }) => record.deliveries)
        .filter((d) => d.deliveryId === deliveryId);
      return found.length > 1 ? found : undefined;
    }, "that it was fetched");
    expect(changes.map((d) => d.change)).toEqual(["owed", "fetched"]);
    expect(changes[0]).toMatchObject({ transport: "folder", to: department.gln });
    // Longer than the inbox is read apart.
    await sleep(folderTimes.pollMs * 15);
    expect(await ward.names("out")).not.toContain(out);
  });

  test("the receiver's receipt is a document like any other: it acknowledges the delivery", async () => {
    const { out, bytes } = await exchange(freshId("MAPPE"));
    const { letter, envelope } = letterOf(bytes);
    if (letter.kind !== "letter") throw new Error(letter.kind);
    const receipt = printReceipt(
      {
        outcome: "positive",
        vansLevel: false,
        letterId: freshId("KVIT"),
        senderGln: department.gln,
        receiverGln: practice.gln,
        originalEnvelopeId: envelope.identifier,
        originalSenderGln: practice.gln,
        originalReceiverGln: department.gln,
        originalLetters: [{ letterId: letter.letter.letterId, version: letter.version }],
      },
      { envelopeId: freshId("KUV"), sent: "2026-11-26T08:00" },
    );
    await ward.put("kvittering.xml", receipt.bytes);
    await eventually(async () => {
      const inbox = await hub.query<{ items: InboxItem[] }>("worklist.inbox", ward.gln, {
        gln: ward.gln,
        show: "all",
        limit: 500,
      });
      return inbox.status === "ok" &&
        inbox.value.items.some((i) => out.startsWith(i.deliveryId) && i.status === "acknowledged")
        ? true
        : undefined;
    }, "the delivery acknowledged");
    await ward.settled();
    expect((await ward.names("receipts")).filter((name) => name.startsWith("kvittering"))).toEqual([]);
  });

  test("a document over half a megabyte goes the same way", async () => {
    const letterId = freshId("MAPPE");
    const text = "Lang tekst uden personer. ".repeat(28_000);
    await doctor.put(`${letterId}.xml`, xdis91({ letterId, text }));
    await doctor.settled();
    expect(await recordsOf(letterId)).toHaveLength(1);
    expect((await doctor.names("receipts")).filter((name) => name.startsWith(letterId))).toHaveLength(1);
  });
});

describe("the same file", () => {
  test("again and under another name is one message, and is receipted alike", async () => {
    const letterId = freshId("MAPPE");
    const document = xdis91({ letterId });
    await doctor.put(`${letterId}-a.xml`, document);
    await doctor.settled();
    await doctor.put(`${letterId}-a.xml`, document);
    await doctor.put(`${letterId}-b.xml`, document);
    await doctor.settled();
    const receipts = (await doctor.names("receipts")).filter((name) => name.startsWith(letterId));
    expect(receipts).toHaveLength(2);
    const [a, b] = await Promise.all(receipts.map((name) => doctor.read("receipts", name)));
    expect(a).toEqual(b);
    expect(await recordsOf(letterId)).toHaveLength(1);
    expect(await intakeOf(document)).toHaveLength(1);
  });

  test("after its receipt was taken away is receipted again, to the byte", async () => {
    const letterId = freshId("MAPPE");
    const document = xdis91({ letterId });
    await doctor.put(`${letterId}.xml`, document);
    await doctor.settled();
    const [name = ""] = (await doctor.names("receipts")).filter((n) => n.startsWith(letterId));
    const first = await doctor.read("receipts", name);
    await rm(join(doctor.dir, "receipts", name));
    await doctor.put(`${letterId}.xml`, document);
    await doctor.settled();
    expect(await doctor.read("receipts", name)).toEqual(first);
    expect(await intakeOf(document)).toHaveLength(1);
  });

  test("from two organisations is two documents, and one may not speak for the other", async () => {
    const letterId = freshId("MAPPE");
    const document = xdis91({ letterId });
    await ward.put(`${letterId}.xml`, document);
    await ward.settled();
    await doctor.put(`${letterId}.xml`, document);
    await doctor.settled();
    const [problems = ""] = (await ward.names("refused")).filter(
      (n) => n.endsWith(".problems.txt") && n.startsWith(letterId),
    );
    expect((await ward.read("refused", problems)).toString()).toContain("sender-not-authorised");
    expect(await intakeOf(document)).toHaveLength(2);
    expect(await recordsOf(letterId)).toHaveLength(1);
  });
});

describe("a refused document", () => {
  test("lies in refused as it was, with a text for people and MedCom's receipt", async () => {
    const letterId = freshId("MAPPE");
    const document = xdis91({ letterId, to: { ...department, gln: "5790000999998" } });
    await doctor.put(`${letterId}.xml`, document);
    await doctor.settled();
    const refused = (await doctor.names("refused")).filter((name) => name.startsWith(letterId));
    expect(refused).toHaveLength(2);
    const [copy = "", problems = ""] = refused;
    expect(problems).toBe(`${copy}.problems.txt`);
    expect(await doctor.read("refused", copy)).toEqual(Buffer.from(document));
    expect((await doctor.read("refused", problems)).toString()).toContain("receiver-unknown");
    const [receipt = ""] = (await doctor.names("receipts")).filter((name) => name.startsWith(letterId));
    expect(letterOf(await doctor.read("receipts", receipt)).letter).toMatchObject({ outcome: "negative" });
  });

  test("is read again when it is put in again, by what the directory says then", async () => {
    const letterId = freshId("MAPPE");
    const document = xdis91({ letterId, from: practice });
    await ward.put(`${letterId}.xml`, document);
    await ward.settled();
    expect(await recordsOf(letterId)).toHaveLength(0);
    const whole = (hub.platform.directory.organisation(practice.gln) ?? {}) as object;
    const organisations = [{ ...whole, partOf: department.gln }];
    await hub.command("directory.import", "operator", {
      file: { format: "sektorbro-directory", version: 1, organisations },
    });
    await ward.put(`${letterId}.xml`, document);
    await eventually(async () => ((await recordsOf(letterId)).length === 1 ? true : undefined), "the record");
    await hub.command("directory.import", "operator", {
      file: { format: "sektorbro-directory", version: 1, organisations: [whole] },
    });
    await ward.settled();
    expect(await intakeOf(document)).toHaveLength(1);
  });

  test.each([
    ["empty", Buffer.alloc(0), "Filen er tom."],
    ["too large", Buffer.alloc(folderTimes.maxDocumentBytes + 1, 0x20), "document-too-large"],
    ["no XML", Buffer.from("%PDF-1.7 ...>"), "xml-malformed"],
  ])("because it is %s is told why", async (what, bytes, told) => {
    const name = freshId("AFVIST");
    await doctor.put(`${name}.xml`, bytes);
    await doctor.settled();
    const [copy = "", problems = ""] = (await doctor.names("refused")).filter((n) => n.startsWith(name));
    expect((await doctor.read("refused", problems)).toString(), what).toContain(told);
    expect((await doctor.read("refused", copy)).equals(bytes)).toBe(true);
  });
});
