import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startFhir } from "../../../../gateways/fhir/main.ts";
import { newId } from "../../../../infra/ids.ts";
import type { Part } from "../../../../infra/platform.ts";
import { bytesOf, envelopeRegion, town, ward } from "../../../support/envelope-hub.ts";
import { fhirIn, inEnvelope, messageIn, receiptIn } from "../../../support/enveloped.ts";
import { careCommunication } from "../../../support/fhir-bundles.ts";
import { type FolderHub, startFolderHub } from "../../../support/folder-hub.ts";

describe("a partner that has its messages in envelopes and in folders", () => {
  let hub: FolderHub;
  let fhir: Part;
  beforeAll(async () => {
    hub = await startFolderHub([]);
    fhir = await startFhir(hub.platform);
    for (const { gln } of [ward, town]) await mkdir(join(hub.root, gln), { recursive: true });
    const imported = await hub.command("directory.import", "operator", { file: envelopeRegion("folder") });
    if (imported.status !== "accepted") throw new Error(JSON.stringify(imported));
  });
  afterAll(async () => {
    await fhir.stop();
    await hub[Symbol.asyncDispose]();
  });

  test("finds the Acknowledgement and the envelope's receipt, each in its own envelope, and the receiver the message", async () => {
    const [sender, receiver] = [await hub.partner(ward.gln), await hub.partner(town.gln)];
    const headerId = newId();
    const message = bytesOf(
      careCommunication({ headerId, bundleId: newId(), thread: `urn:uuid:${newId()}`, from: ward, to: town }),
      "json",
    );
    const envelope = newId();
    await sender.put("besked.xml", inEnvelope("vans", message, { ids: { envelope, message: newId() } }));
    const names = await sender.wait("receipts", 2);
    const documents = await Promise.all(names.map((name) => sender.read("receipts", name)));
    const texts = documents.map((bytes) => bytes.toString());
    const [answer, receipt] = [
      documents.find((_, at) => texts[at]?.includes("<Message>")),
      documents.find((_, at) => texts[at]?.includes("<Receipt>")),
    ];
    expect(fhirIn(answer ?? Buffer.alloc(0))).toMatchObject({ kind: "Acknowledgement", about: headerId });
    expect(receiptIn(receipt ?? Buffer.alloc(0))).toMatchObject({
      receipt: { outcome: "positive", originalEnvelopeId: envelope },
    });
    const [out = ""] = await receiver.wait("out", 1);
    expect(messageIn(await receiver.read("out", out)).enveloped).toMatchObject({
      kind: "vans",
      vans: { document: { format: "HL7" } },
    });
  });
});
