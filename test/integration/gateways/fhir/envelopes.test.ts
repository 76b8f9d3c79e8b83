import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { receiptOfEnvelope } from "../../../../gateways/envelopes/close-envelope.ts";
import type { FhirPorts } from "../../../../gateways/fhir/ports.ts";
import { orderOf, printDelivery } from "../../../../gateways/fhir/print-delivery.ts";
import { type PrintOrder, printOrder } from "../../../../gateways/fhir/print-order.ts";
import { newId } from "../../../../infra/ids.ts";
import { bytesOf, type EnvelopeHub, startEnvelopeHub, town, ward } from "../../../support/envelope-hub.ts";
import { fhirIn, inEnvelope, messageIn, opened, receiptIn } from "../../../support/enveloped.ts";
import { acknowledgement, careCommunication } from "../../../support/fhir-bundles.ts";
import { caseOf } from "../../../support/hub-client.ts";

const ids = () => ({ bundleId: newId(), headerId: newId(), thread: `urn:uuid:${newId()}` });
const envelopeIds = () => ({ envelope: newId(), message: newId() });

describe("messages in VANSEnvelopes", () => {
  let hub: EnvelopeHub;
  beforeAll(async () => {
    hub = await startEnvelopeHub();
  });
  afterAll(async () => {
    await hub[Symbol.asyncDispose]();
  });
  const changesOf = async (caseId: string): Promise<string[]> =>
    (await hub.recordsOf(caseId)).flatMap(({ deliveries }) => deliveries).map(({ change }) => change);

  describe.each(["xml", "json"] as const)("a CareCommunication in %s in a VANSEnvelope", (format) => {
    test("is answered in one that is named by the answer, and passed on in one of the hub's", async () => {
      const own = ids();
      const message = bytesOf(careCommunication({ ...own, from: ward, to: town }), format);
      const sent = await hub.sendIn("vans", ward.gln, inEnvelope("vans", message, { ids: envelopeIds() }));
      expect([sent.status, sent.header("content-type")], sent.text).toEqual([201, "application/xml"]);
      const answer = messageIn(sent.bytes);
      expect(answer.enveloped).toMatchObject({
        kind: "vans",
        wantsReceipt: false,
        vans: {
          sender: { type: "EAN", value: town.gln },
          receiver: { type: "EAN", value: ward.gln },
          document: {
            format: "HL7",
            name: "MCM:FCTL#ok",
            version: "2.0.0",
            serviceTags: [{ name: "MCM:MIME", value: `application/fhir+${format}` }],
          },
        },
      });
      expect(fhirIn(sent.bytes)).toMatchObject({ kind: "Acknowledgement", about: own.headerId, code: "ok" });

      const { document } = await hub.fetched(town.gln, caseOf(sent), "CareCommunication");
      expect(document.header("content-type")).toBe("application/xml");
      expect(messageIn(document.bytes).enveloped).toMatchObject({
        kind: "vans",
        wantsReceipt: true,
        vans: {
          document: {
            format: "HL7",
            name: expect.stringMatching(/^MCM:FDIS91#[a-z-]+$/) as string,
            version: "5.0",
            serviceTags: [{ name: "MCM:MIME", value: "application/fhir+json" }],
          },
        },
      });
      expect(fhirIn(document.bytes)).toMatchObject({ kind: "CareCommunication", messageId: own.headerId });
    });
  });

  test("the same message in a new envelope is answered again, and an envelope's number names one message", async () => {
    const own = ids();
    const message = bytesOf(careCommunication({ ...own, from: ward, to: town }), "xml");
    const named = envelopeIds();
    const first = await hub.sendIn("vans", ward.gln, inEnvelope("vans", message, { ids: named }));
    const sameEnvelope = await hub.sendIn("vans", ward.gln, inEnvelope("vans", message, { ids: named }));
    const again = await hub.sendIn(
      "vans",
      ward.gln,
      inEnvelope(
        "vans",
        bytesOf(careCommunication({ ...own, bundleId: newId(), from: ward, to: town }), "xml"),
        {
          ids: { ...named, envelope: newId() },
        },
      ),
    );
    expect([first.status, sameEnvelope.status, again.status]).toEqual([201, 200, 200]);
    const [a, b, c] = [first, sameEnvelope, again].map(({ bytes }) => fhirIn(bytes));
    expect(new Set([a?.messageId, b?.messageId, c?.messageId]).size).toBe(1);
    expect(
      new Set([first, sameEnvelope, again].map((one) => messageIn(one.bytes).enveloped.identifier)).size,
    ).toBe(3);
    expect(await hub.inboxOf(town.gln, caseOf(first))).toHaveLength(1);

    const other = bytesOf(careCommunication({ ...ids(), from: ward, to: town }), "xml");
    const reused = await hub.sendIn(
      "vans",
      ward.gln,
      inEnvelope("vans", other, { ids: { envelope: named.envelope, message: newId() } }),
    );
    expect(reused.status).toBe(422);
    expect(receiptIn(reused.bytes)).toMatchObject({
      kind: "vans",
      receipt: { outcome: "negative", level: "vans", originalEnvelopeId: named.envelope },
    });
    const differs = await hub.sendIn(
      "vans",
      ward.gln,
      inEnvelope("vans", other, { ids: { envelope: newId(), message: named.message } }),
    );
    expect(differs.status).toBe(422);
    expect(opened(differs.bytes)).toMatchObject({ is: "receipt" });
  });

  test("a message that breaks a rule is answered by a fatal-error in its envelope", async () => {
    const wrong = bytesOf(careCommunication({ ...ids(), from: ward, to: town }), "xml");
    const text = Buffer.from(wrong).toString().replaceAll("care-communication-message", "no-such-message");
    const good = inEnvelope("vans", wrong, { ids: envelopeIds() });
    const bytes = Buffer.from(text);
    const bad = Buffer.from(good)
      .toString()
      .replace(/<SizeInBytes>\d+/, `<SizeInBytes>${String(bytes.byteLength)}`)
      .replace(/<Data>[^<]*/, `<Data>${bytes.toString("base64")}`);
    const answer = await hub.sendIn("vans", ward.gln, Buffer.from(bad));
    expect(answer.status).toBe(422);
    expect(messageIn(answer.bytes).enveloped).toMatchObject({
      vans: { document: { name: "MCM:FCTL#fatal-error" } },
    });
  });

  test("a size that differs, nothing, half of base64 and an envelope in it are refused with the place", async () => {
    const message = bytesOf(careCommunication({ ...ids(), from: ward, to: town }), "xml");
    const good = Buffer.from(inEnvelope("vans", message, { ids: envelopeIds() })).toString();
    const nested = Buffer.from(good).toString("base64");
    const sized = (bytes: number) => good.replace(/<SizeInBytes>\d+/, `<SizeInBytes>${String(bytes)}`);
    const cases: [string, string, string][] = [
      [good.replace(/<SizeInBytes>\d+/, "<SizeInBytes>7"), "envelope-size-differs", "SizeInBytes"],
      [sized(0).replace(/<Data>[^<]*/, "<Data>"), "envelope-empty", "Data"],
      [good.replace(/<Data>([^<]{40})[^<]*/, "<Data>$1A"), "base64-malformed", "Data"],
      [sized(good.length).replace(/<Data>[^<]*/, `<Data>${nested}`), "envelope-nested", "Data"],
    ];
    const client = await hub.as(ward.gln);
    for (const [document, code, place] of cases) {
      const answer = await client.send(Buffer.from(document), { accept: "application/json" });
      expect(answer.status, answer.text).toBe(422);
      const { problems } = answer.json() as { problems: { code: string; path: string }[] };
      expect(
        problems.filter((problem) => problem.code === code).map(({ path }) => path.split("/").at(-1)),
      ).toEqual([place]);
    }
  });

  test("a receipt of the envelope says that it came, and the Acknowledgement in one that the message was taken", async () => {
    const own = ids();
    const message = bytesOf(careCommunication({ ...own, from: ward, to: town }), "xml");
    const sent = await hub.sendIn("vans", ward.gln, inEnvelope("vans", message, { ids: envelopeIds() }));
    const caseId = caseOf(sent);
    const { document } = await hub.fetched(town.gln, caseId, "CareCommunication");
    const { enveloped } = messageIn(document.bytes);
    const receipt = receiptOfEnvelope(enveloped, { level: "message", at: "2026-11-23T10:00:00.000Z" });
    const taken = await hub.sendIn("vans", town.gln, receipt ?? new Uint8Array());
    expect([taken.status, taken.text]).toEqual([200, ""]);
    expect(await changesOf(caseId)).not.toContain("acknowledged");
    const original = { headerId: own.headerId, activity: "new-message" };
    const answer = bytesOf(acknowledgement({ ...ids(), from: town, to: ward, original }), "json");
    const settled = await hub.sendIn(
      "vans",
      town.gln,
      inEnvelope("vans", answer, { ids: envelopeIds(), reliable: false }),
    );
    expect([settled.status, settled.text]).toEqual([201, ""]);
    expect((await changesOf(caseId)).at(-1)).toBe("acknowledged");
  });

  test("a message that is sent again is in another envelope, under the number that it has", async () => {
    const message = bytesOf(careCommunication({ ...ids(), from: ward, to: town }), "xml");
    const sent = await hub.sendIn("vans", ward.gln, inEnvelope("vans", message, { ids: envelopeIds() }));
    const caseId = caseOf(sent);
    const { deliveryId, document } = await hub.fetched(town.gln, caseId, "CareCommunication");
    const records = await hub.recordsOf(caseId);
    const record = records.find(({ deliveries }) => deliveries.some((d) => d.deliveryId === deliveryId));
    if (record === undefined) throw new Error("no record");
    const { objects, directory } = hub.platform;
    const ports = {
      loadCase: hub.recordsOf,
      getObject: objects.get,
      organisation: directory.organisation,
      print: (order: PrintOrder) => Promise.resolve(printOrder(order)),
    } as unknown as FhirPorts;
    const printed = async (no: number): Promise<Uint8Array> => {
      const sending = { no, at: `2026-11-23T1${String(no)}:15:05.000Z` };
      const order = await orderOf(ports, { record, deliveryId, sending });
      return (await printDelivery(ports, order)).bytes;
    };
    const [again, same] = [await printed(2), await printed(2)];
    expect(Buffer.from(again).equals(same)).toBe(true);
    const [first, second] = [messageIn(document.bytes), messageIn(again)].map(({ enveloped }) => enveloped);
    expect(second?.identifier).not.toBe(first?.identifier);
    expect(second?.messageId).toBe(first?.messageId);
    const [a, b] = [fhirIn(document.bytes), fhirIn(again)];
    expect([b.messageId, b.bundleId === a.bundleId]).toEqual([a.messageId, false]);
  });
});
