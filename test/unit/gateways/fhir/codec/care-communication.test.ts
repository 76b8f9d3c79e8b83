import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CareCommunication } from "../../../../../contracts/fhir/care-communication.ts";
import {
  printCareCommunication,
  type ReadCareCommunication,
  readCareCommunication,
} from "../../../../../gateways/fhir/codec/care-communication.ts";
import { printFhir } from "../../../../../gateways/fhir/codec/model/print-fhir.ts";
import { type FhirFormat, readFhir } from "../../../../../gateways/fhir/codec/model/read-fhir.ts";
import type { FhirResource } from "../../../../../gateways/fhir/codec/model/resource.ts";
import { checkMessage } from "../../../../../gateways/fhir/codec/rules/check-message.ts";
import { fhirParties, uuid } from "../../../../support/fhir-bundle-parts.ts";
import { type CareWish, careCommunication } from "../../../../support/fhir-bundles.ts";
import { anyCareCommunication } from "../../../../support/fhir-care-arbitraries.ts";
import { sampleOf, samplesIn } from "../../../../support/fhir-samples.ts";

const idFor = (name: string): string => name;
const formats = ["xml", "json"] as const;

const throughBytes = (resource: FhirResource, format: FhirFormat): FhirResource => {
  const document = readFhir(printFhir(resource, format));
  if (!document.ok) throw new Error(JSON.stringify(document.problems));
  return document.resource;
};

/** Printed, carried as bytes, and read again. */
const again = (
  { message, contents }: Pick<ReadCareCommunication, "message" | "contents">,
  format: FhirFormat,
) => readCareCommunication(throughBytes(printCareCommunication(message, { idFor, contents }), format));

const printable = (bundle: FhirResource) => {
  const { message, contents } = readCareCommunication(bundle);
  return [message, { idFor, contents }] as const;
};
const errorsIn = (bundle: FhirResource) =>
  checkMessage(bundle).problems.filter(({ severity }) => severity === "error");

/** Whichever kind of array holds them. */
const bytesOf = (contents: ReadonlyMap<string, Uint8Array>) =>
  [...contents].map(([id, bytes]) => [id, [...bytes]]);

const samples = samplesIn("carecommunication-v5/xml").concat(samplesIn("carecommunication-v5/json"));

describe("MedCom's published CareCommunications", () => {
  it.each(samples)("%s is read, printed and read again the same, in either format", (file) => {
    const read = readCareCommunication(sampleOf(file));
    expect(CareCommunication.safeParse(read.message).error?.issues ?? []).toEqual([]);
    for (const format of formats) {
      const once = again(read, format);
      expect(once.message).toEqual(read.message);
      expect(bytesOf(once.contents)).toEqual(bytesOf(read.contents));
      expect(once.notRead).toEqual([]);
    }
  });

  it.each(samples)("%s is printed as a message in which the rules find no error", (file) => {
    expect(errorsIn(printCareCommunication(...printable(sampleOf(file))))).toEqual([]);
  });

  it.each(samplesIn("carecommunication-v5/xml"))("%s says the same as its JSON twin", (file) => {
    const twin = file.replaceAll("xml", "json");
    expect(readCareCommunication(sampleOf(twin)).message).toEqual(
      readCareCommunication(sampleOf(file)).message,
    );
  });
});

describe("a CareCommunication that the hub may meet", () => {
  it.each(formats)("is the same when it was printed and read again (%s)", { timeout: 60_000 }, (format) => {
    fc.assert(
      fc.property(anyCareCommunication, ({ message, contents }) => {
        const read = again({ message, contents }, format);
        expect(read.message).toEqual(message);
        expect(bytesOf(read.contents)).toEqual(bytesOf(contents));
        expect(read.notRead).toEqual([]);
      }),
      { numRuns: 80 },
    );
  });

  it("prints the same bytes each time", () => {
    fc.assert(
      fc.property(anyCareCommunication, ({ message, contents }) => {
        const printed = () => printFhir(printCareCommunication(message, { idFor, contents }), "json");
        expect(printed()).toEqual(printed());
      }),
      { numRuns: 20 },
    );
  });
});

describe("what is printed of a message in which the rules find no error", () => {
  const wishes: Record<string, CareWish> = {
    new: { topic: "Sår" },
    "with attachments": {
      attachments: [{ title: "Plan", bytes: new Uint8Array([1]), id: `urn:uuid:${uuid(0x42)}` }],
    },
    "a referral": { category: "regarding-referral", priority: "asap" },
    "from a team to a team": { senderTeam: "Visitationen", recipientTeam: "Team Syd" },
    "of a course": {
      episodes: [{ system: "https://sor2.sum.dsdn.dk/#id=999071000016008", value: uuid(0x61) }],
    },
    "about a citizen with a replacement number": {
      replacementCpr: { system: "urn:oid:1.2.208.176.1.6.1.3.181", value: "0101655AB1" },
    },
    "in an author's own words": { role: { text: "Koordinator" } },
    "a reply": {
      activity: "reply-message",
      texts: [
        { text: "Hvornår?", id: `urn:uuid:${uuid(0x301)}`, earlier: true },
        { text: "I morgen.", id: `urn:uuid:${uuid(0x302)}` },
      ],
    },
  };

  it.each(Object.entries(wishes))("has none either: %s", (_, wish) => {
    const bundle = careCommunication(wish);
    expect(errorsIn(bundle)).toEqual([]);
    expect(errorsIn(printCareCommunication(...printable(bundle)))).toEqual([]);
  });
});

describe("reading a CareCommunication", () => {
  const reply = careCommunication({
    activity: "reply-message",
    category: "regarding-referral",
    priority: "asap",
    topic: "Ventetid",
    texts: [
      { text: "Hvornår?\nHilsen", id: "urn:uuid:a", earlier: true },
      { text: "I morgen.", id: "urn:uuid:b" },
    ],
    attachments: [
      { title: "Brev", id: "urn:uuid:c", earlier: true },
      { title: "Plan", id: "urn:uuid:d", bytes: new Uint8Array([1, 2, 3]), contentType: "image/png" },
    ],
    senderTeam: "Visitationen",
    recipientTeam: "Lægerne",
    episodes: [{ system: "https://www.esundhed.dk/Registre/Landspatientregisteret", value: "urn:uuid:e" }],
  });
  const { message, contents } = readCareCommunication(reply);

  it("finds thread, category, priority, topic and course", () => {
    expect(message).toMatchObject({
      threadId: `urn:uuid:${uuid(0x600)}`,
      category: { code: "regarding-referral" },
      priority: "asap",
      topic: "Ventetid",
      encounter: { status: "unknown", class: { code: "IMP" }, episodes: [{ value: "urn:uuid:e" }] },
    });
  });

  it("tells what each step of the thread added, the message's own last", () => {
    expect(message.history.map(({ activity, added }) => [activity, added])).toEqual([
      ["new-message", ["urn:uuid:a", "urn:uuid:c"]],
      ["reply-message", ["urn:uuid:b", "urn:uuid:d"]],
    ]);
    expect(message.history[1]?.earlier).toEqual({ kind: "message", messageId: uuid(0x21) });
  });

  it("has every text with author and telephone, and earlier attachments without their bytes", () => {
    expect(message.payloads.map((one) => (one.kind === "text" ? one.text : one.title))).toEqual([
      "Hvornår?\nHilsen",
      "I morgen.",
      "Brev",
      "Plan",
    ]);
    expect(message.payloads[0]).toMatchObject({
      assigner: { gln: fhirParties.municipality.gln },
      author: { surname: "Prøvelæge", role: { kind: "code", code: "speciallaegeipraksis" } },
      contact: { system: "phone", value: "90000001" },
    });
    expect(message.payloads[2]).not.toHaveProperty("sizeBytes");
    expect(message.payloads[3]).toMatchObject({ contentType: "image/png", sizeBytes: 3 });
    expect([...contents]).toEqual([["urn:uuid:d", new Uint8Array([1, 2, 3])]]);
  });

  it("knows whom it is especially from and to", () => {
    expect(message.specificSender).toMatchObject({ kind: "team", name: "Visitationen" });
    expect(message.specificRecipient).toMatchObject({
      kind: "team",
      name: "Lægerne",
      organisation: { gln: fhirParties.municipality.gln },
    });
  });

  it("tells where it says more than the typed form holds, and never what", () => {
    const entry = (reply["entry"] as { resource: FhirResource }[]).map((one) =>
      one.resource.resourceType === "Communication"
        ? { ...one, resource: { ...one.resource, note: [{ text: "hemmeligt" }] } }
        : one,
    );
    const { notRead } = readCareCommunication({ ...reply, entry });
    expect(notRead.map(({ path }) => path)).toEqual(["Bundle.entry[3].resource.note[0]"]);
    expect(JSON.stringify(notRead)).not.toContain("hemmeligt");
  });

  it("keeps the first of two attachments with one identifier, and tells of the second", () => {
    const same = careCommunication({
      attachments: [
        { title: "En", id: "urn:uuid:f", bytes: new Uint8Array([1]) },
        { title: "To", id: "urn:uuid:f", bytes: new Uint8Array([2]) },
      ],
    });
    const read = readCareCommunication(same);
    expect([...read.contents.values()]).toEqual([new Uint8Array([1])]);
    expect(read.notRead.map(({ path }) => path)).toEqual(["Communication.payload[2].contentAttachment.data"]);
  });
});
