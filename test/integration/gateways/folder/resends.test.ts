import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DeliveryChange } from "../../../../contracts/deliveries.ts";
import { parseDocument } from "../../../../gateways/oioxml/codec/parse-document.ts";
import type { ParsedDocument } from "../../../../gateways/oioxml/codec/parsed-document.ts";
import { newId } from "../../../../infra/ids.ts";
import { eventually } from "../../../support/eventually.ts";
import { type FolderHub, folderTimes, type Partner, startFolderHub } from "../../../support/folder-hub.ts";
import { department, freshId, practice, xdis91 } from "../../../support/golden-samples.ts";
import { readJournal } from "../../../support/journal-audit.ts";
import { printReceipt, printVansReceipt, wrapInVans } from "../../../support/printing.ts";
import { organisation } from "../../../support/region-view.ts";
import { runLog } from "../../../support/run-log.ts";

let hub: FolderHub;
let doctor: Partner;
let ward: Partner;
beforeAll(async () => {
  hub = await startFolderHub([practice.gln, department.gln], runLog(), {
    receiptSeconds: 1,
    resends: 1,
    fetchSeconds: 60,
  });
  doctor = await hub.partner(practice.gln);
  ward = await hub.partner(department.gln);
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
});

type Emessage = Extract<ParsedDocument, { kind: "emessage" }>;
const read = (bytes: Uint8Array): Emessage => {
  const parsed = parseDocument(bytes);
  if (parsed.kind !== "emessage") throw new Error(parsed.kind);
  return parsed;
};

type Out = { name: string; bytes: Buffer };
/** What lies in the ward's `out` of a delivery, once there are so many. */
const outOf = async (deliveryId: string, count: number): Promise<Out[]> => {
  const names = await eventually(
    async () => {
      const found = (await ward.names("out")).filter((name) => name.startsWith(`${deliveryId}.`));
      return found.length >= count ? found : undefined;
    },
    `${String(count)} in out`,
    15_000,
  );
  return Promise.all(names.map(async (name) => ({ name, bytes: await ward.read("out", name) })));
};
/** Puts a letter in, and gives the delivery that came of it. */
const sent = async (bytes: Uint8Array, letterId = freshId("MAPPE")): Promise<string> => {
  const before = new Set(await ward.names("out"));
  await doctor.put(`${letterId}.xml`, bytes);
  const name = await eventually(
    async () => (await ward.names("out")).find((one) => !before.has(one)),
    "the letter in out",
  );
  return name.split(".").slice(0, 3).join(".");
};
const changesOf = async (deliveryId: string): Promise<DeliveryChange[]> =>
  (await readJournal(hub.nats.url))
    .flatMap(({ record }) => record.deliveries)
    .filter((change) => change.deliveryId === deliveryId);
const until = (deliveryId: string, wanted: DeliveryChange["change"]): Promise<DeliveryChange> =>
  eventually(
    async () => (await changesOf(deliveryId)).find(({ change }) => change === wanted),
    wanted,
    15_000,
  );

describe("a document in out that gets no receipt", () => {
  test("is put there once more in a new envelope, beside the first, and then no more", async () => {
    const deliveryId = await sent(xdis91());
    const both = await outOf(deliveryId, 2);
    expect(both.map(({ name }) => name)).toEqual([`${deliveryId}.XDIS91.xml`, `${deliveryId}.XDIS91_2.xml`]);
    const [first, second] = both.map(({ bytes }) => read(bytes));
    expect(second?.envelope.identifier).not.toBe(first?.envelope.identifier);
    expect(second?.letters).toEqual(first?.letters);
    await until(deliveryId, "unconfirmed");
    // Longer than the inbox is read apart.
    await sleep(folderTimes.pollMs * 15);
    expect(await outOf(deliveryId, 2)).toHaveLength(2);
    expect((await changesOf(deliveryId)).map(({ change }) => change)).toEqual([
      "owed",
      "fetched",
      "resent",
      "fetched",
      "unconfirmed",
    ]);
  });

  test("is settled by a receipt of its second sending, which is a file like any other", async () => {
    const deliveryId = await sent(xdis91());
    const [, second] = await outOf(deliveryId, 2);
    const receipt = printReceipt(
      {
        outcome: "positive",
        vansLevel: false,
        letterId: freshId("KVIT"),
        senderGln: department.gln,
        receiverGln: practice.gln,
        originalEnvelopeId: read(second?.bytes ?? Buffer.of()).envelope.identifier,
        originalSenderGln: practice.gln,
        originalReceiverGln: department.gln,
        originalLetters: [],
      },
      { envelopeId: freshId("KUV"), sent: "2026-11-26T08:00" },
    );
    await ward.put(`${freshId("KVIT")}.xml`, receipt.bytes);
    await until(deliveryId, "acknowledged");
    await ward.settled();
  });
});

describe("organisations whose channel says VANS", () => {
  beforeAll(async () => {
    const organisations = [practice.gln, department.gln].map((gln) => ({
      ...organisation(gln),
      channels: organisation(gln).channels.map((channel) =>
        channel.standard === "json"
          ? channel
          : { ...channel, transport: "folder" as const, envelope: "vans" as const },
      ),
    }));
    const file = { format: "sektorbro-directory", version: 1, organisations };
    expect(await hub.command("directory.import", "operator", { file })).toMatchObject({ status: "accepted" });
  });
  const enveloped = (bytes: Uint8Array): Uint8Array =>
    wrapInVans(bytes, {
      sender: { type: "EAN", value: practice.gln },
      receiver: { type: "EAN", value: department.gln },
      ids: { envelope: newId(), message: newId() },
      at: "2026-11-23T09:16:05.000Z",
      type: "XDIS91",
      version: "XD9134L",
      reliable: true,
    });
  const receiptsOf = async (letterId: string): Promise<Out[]> => {
    await doctor.settled();
    const names = (await doctor.names("receipts")).filter((name) => name.startsWith(letterId));
    return Promise.all(names.map(async (name) => ({ name, bytes: await doctor.read("receipts", name) })));
  };

  test("get the letter's receipt in an envelope, and the envelope's own beside it", async () => {
    const letterId = freshId("VANS");
    await sent(enveloped(xdis91({ letterId })), letterId);
    const [envelopes, letters] = await receiptsOf(letterId);
    expect(envelopes?.name).toMatch(/-[0-9a-f]{12}\.envelope\.receipt\.xml$/);
    expect(parseDocument(envelopes?.bytes ?? Buffer.of())).toMatchObject({
      kind: "vansReceipt",
      receipt: { outcome: "positive" },
    });
    expect(letters?.name).toMatch(/-[0-9a-f]{12}\.receipt\.xml$/);
    const receipt = read(letters?.bytes ?? Buffer.of());
    expect(receipt.vans?.document).toMatchObject({ name: "MCM:XCTL03", unreliable: true });
    expect(receipt.letters).toMatchObject([{ kind: "receipt", outcome: "positive" }]);
  });

  test("get the bare receipt for what they send bare", async () => {
    const letterId = freshId("VANS");
    await sent(xdis91({ letterId }), letterId);
    const receipts = await receiptsOf(letterId);
    expect(receipts.map(({ bytes }) => read(bytes).vans)).toEqual([undefined]);
  });

  test("get their documents in an envelope, sent again in a new one around the same message", async () => {
    const deliveryId = await sent(xdis91());
    const [first, second] = (await outOf(deliveryId, 2)).map(({ bytes }) => read(bytes).vans);
    expect(first?.document).toMatchObject({ name: "MCM:XDIS91", unreliable: false });
    expect(second?.identifier).not.toBe(first?.identifier);
    expect(second?.document?.identifier).toBe(first?.document?.identifier);
  });

  test("answer an envelope with its receipt in their in, and a refusal there is told to the sender", async () => {
    const deliveryId = await sent(xdis91());
    const [out] = await outOf(deliveryId, 1);
    const { vans } = read(out?.bytes ?? Buffer.of());
    if (vans?.document === undefined) throw new Error("no envelope");
    const refusal = printVansReceipt({
      sender: vans.receiver,
      receiver: vans.sender,
      identifier: newId(),
      sentAt: "2026-11-26T08:00:00",
      receipt: {
        outcome: "negative",
        level: "message",
        description: "Kan ikke læses",
        originalEnvelopeId: vans.identifier,
        original: vans.document,
      },
    });
    const name = freshId("KVIT");
    await ward.put(`${name}.xml`, refusal.bytes);
    expect(await until(deliveryId, "failed")).toMatchObject({ text: "Kan ikke læses" });
    await ward.settled();
    // A receipt is never answered by one.
    expect((await ward.names("receipts")).filter((one) => one.startsWith(name))).toEqual([]);
  });
});
