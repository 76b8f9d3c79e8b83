import { describe, expect, it } from "vitest";
import { AdviceCommand } from "../../../../../contracts/messages/advice.ts";
import { parseCommand } from "../../../../../contracts/parse-command.ts";
import { readCareCommunication } from "../../../../../gateways/fhir/codec/care-communication.ts";
import { careOrder, withKept } from "../../../../../gateways/fhir/families/care-in.ts";
import { photoObject } from "../../../../support/advice-given.ts";
import { type CareWish, careCommunication, fhirParties, uuid } from "../../../../support/fhir-bundles.ts";
import { sampleOf, samplesIn } from "../../../../support/fhir-samples.ts";

const reading = { nameOf: () => undefined };
const { practice, municipality } = fhirParties;

const orderOf = (wish: CareWish = {}) => {
  const read = readCareCommunication(careCommunication(wish));
  const kept = withKept(
    read.message,
    new Map([...read.contents.keys()].map((id) => [id, photoObject.digest])),
  );
  return careOrder({ message: kept, notRead: read.notRead }, reading);
};

describe("an arriving CareCommunication", () => {
  it("is a command of the advice service that its schema takes", () => {
    const envelope = { ...orderOf(), version: 1, time: "2026-11-23T09:15:00.000Z" };
    const parsed = parseCommand(AdviceCommand, envelope);
    expect(parsed.ok ? parsed.command.type : parsed.reply).toBe("advice.receiveLetter");
  });

  it("is named by its sender and its MessageHeader.id, and so is its letter", () => {
    const order = orderOf({ headerId: uuid(0x77) });
    expect(order).toMatchObject({
      id: `care:${practice.gln}:${uuid(0x77)}`,
      sender: practice.gln,
      payload: {
        standard: "fhir",
        letter: { sender: { gln: practice.gln }, receiver: { gln: municipality.gln } },
      },
    });
    expect(order.payload.letter.letterId).toMatch(/^[0-9A-Z]{14}$/);
    expect(orderOf({ headerId: uuid(0x78) }).payload.letter.letterId).not.toBe(order.payload.letter.letterId);
  });

  it("asks the same when it is sent again in a new bundle at a new time (guide, section 8.1)", () => {
    const first = orderOf({ bundleId: uuid(0x71), sent: "2026-11-23T10:15:00+01:00" });
    const again = orderOf({ bundleId: uuid(0x72), sent: "2026-11-23T11:15:00+01:00" });
    expect(again.id).toBe(first.id);
    expect(again.payload).toEqual(first.payload);
  });

  it("goes along whole, as what was written", () => {
    const { message } = readCareCommunication(careCommunication({ topic: "Sår" }));
    expect(orderOf({ topic: "Sår" }).written).toEqual(message);
  });

  it("brings category, priority and topic, which a letter has no place for", () => {
    const { thread } = orderOf({
      category: "regarding-referral",
      priority: "asap",
      topic: "Ventetid",
    }).payload;
    expect(thread).toMatchObject({
      category: { code: "regarding-referral" },
      priority: "asap",
      topic: "Ventetid",
      activity: "new-message",
      follows: [],
    });
  });

  it("brings its attachments as they are kept, named by the letter", () => {
    const bytes = new Uint8Array([1, 2, 3]);
    const { attachments, letter } = orderOf({
      attachments: [{ title: "Foto", bytes, contentType: "image/png", id: `urn:uuid:${uuid(0x42)}` }],
    }).payload;
    const objectId = uuid(0x42).replaceAll("-", "");
    expect(attachments).toEqual([
      { objectId, code: "billede", extension: "png", sizeBytes: 3, digest: photoObject.digest },
    ]);
    expect(letter.references).toMatchObject([{ description: "Foto", target: { objectId } }]);
    expect(orderOf().payload).not.toHaveProperty("attachments");
  });

  it("tells which messages it follows, the one that it answers last", () => {
    const history = [
      { headerId: uuid(0x21), activity: "new-message" },
      { headerId: uuid(0x22), activity: "reply-message" },
    ];
    const { thread } = orderOf({ activity: "reply-message", history }).payload;
    expect(thread).toMatchObject({ activity: "reply-message", follows: [uuid(0x21), uuid(0x22)] });
  });

  it("follows a message that it names and does not bring", () => {
    const read = readCareCommunication(careCommunication({ activity: "reply-message", history: [] }));
    const history = read.message.history.map((step) => ({
      ...step,
      earlier: { kind: "message" as const, messageId: uuid(0x29) },
    }));
    const { thread } = careOrder({ message: { ...read.message, history }, notRead: [] }, reading).payload;
    expect(thread?.follows).toEqual([uuid(0x29)]);
  });

  it("notes where it says more than the hub reads, and never what", () => {
    const { message } = readCareCommunication(careCommunication());
    const notRead = [{ path: "Communication.note[0]", text: "What this says is not taken over." }];
    expect(careOrder({ message, notRead }, reading).notes).toEqual([
      {
        path: "Communication.note[0]",
        code: "not-read",
        message: "What this says is not taken over.",
        severity: "warning",
      },
    ]);
    expect(orderOf()).not.toHaveProperty("notes");
  });
});

describe("MedCom's duplicates (R-Tek-K and R-Tek-L)", () => {
  const files = samplesIn("carecommunication-v5/xml").filter((file) => /R-Tek-[KL]-/.test(file));

  it.each(files.length === 2 ? [files] : [])("ask the same under the same id: %s and %s", (...both) => {
    const [first, second] = both.map((file) => careOrder(readCareCommunication(sampleOf(file)), reading));
    expect(first?.id).toBe(second?.id);
    expect(first?.payload).toEqual(second?.payload);
    expect(first?.written).toMatchObject({ kind: "CareCommunication" });
  });
});
