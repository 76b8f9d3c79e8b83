import { describe, expect, it } from "vitest";
import type { CareCommunication } from "../../../../../contracts/fhir/care-communication.ts";
import { toPlainText } from "../../../../../contracts/formatted-text.ts";
import { careCommunicationToLetters } from "../../../../../gateways/fhir/bridge/care-to-letters.ts";
import { readCareCommunication } from "../../../../../gateways/fhir/codec/care-communication.ts";
import { withKept } from "../../../../../gateways/fhir/families/care-in.ts";
import { type CareWish, careCommunication, fhirParties, uuid } from "../../../../support/fhir-bundles.ts";
import { printLetter } from "../../../../support/printing.ts";

const digest = `sha256-${"3a".repeat(32)}`;
const context = { numberFor: (name: string) => `NR-${name}`.slice(0, 14), nameOf: () => "Slået op" };

/** A message of the builder, its attachments kept, as letters. */
const converted = (
  wish: CareWish,
  change: (message: CareCommunication) => CareCommunication = (one) => one,
) => {
  const { message, contents } = readCareCommunication(careCommunication(wish));
  const kept = withKept(message, new Map([...contents.keys()].map((id) => [id, digest])));
  return careCommunicationToLetters(change(kept), context);
};
const textsOf = (...args: Parameters<typeof converted>) => converted(...args).letter.texts.map(toPlainText);

describe("the texts of a thread", () => {
  const reply = {
    activity: "reply-message" as const,
    texts: [
      { text: "Hvornår?", id: "urn:uuid:a", earlier: true, date: "2026-11-20T09:00:00+01:00" },
      { text: "I morgen.", id: "urn:uuid:b", date: "2026-11-21T09:00:00+01:00" },
    ],
  };

  it("begin with what is new; what was written before follows in a block of its own, under when and by whom", () => {
    const [fresh, before] = textsOf(reply);
    expect(fresh).toBe(
      "I morgen.\nForfatter: Søren Prøvelæge\nStilling: Speciallæge i praksis\nMeddelelsen er et svar på en tidligere meddelelse.",
    );
    expect(before).toBe(
      "Tidligere i korrespondancen:\n\n20.11.2026 kl. 09:00, Nordfjord Kommune, Søren Prøvelæge, Speciallæge i praksis:\nHvornår?",
    );
  });

  it("say that a message is forwarded", () => {
    expect(textsOf({ ...reply, activity: "forward-message" })[0]).toContain("Meddelelsen er videresendt.");
  });

  it("have the latest as the new one where the history names none of them (CC_IG_5)", () => {
    const [fresh] = textsOf(reply, (message) => ({
      ...message,
      history: message.history.map((step) => ({ ...step, added: ["urn:uuid:none"] })),
    }));
    expect(fresh).toMatch(/^I morgen\./);
  });

  it("name the specific sender and recipient, teams and persons", () => {
    const [text] = textsOf({ senderTeam: "Visitationen", recipientTeam: "Team Syd" }, (message) => ({
      ...message,
      specificSender: {
        kind: "practitioner",
        role: { kind: "text", text: "Koordinator" },
        surname: "Testsen",
        givenNames: ["Åge"],
      },
    }));
    expect(text).toContain("\nSpecifik afsender: Åge Testsen, Koordinator\nSpecifik modtager: Team Syd");
  });

  it("do not name an author whom nobody knew: what a conversion put there is no name", () => {
    const author = { given: "Ukendt", family: "Lægehuset Åparken" };
    expect(textsOf({ author, role: { text: "ukendt" } })[0]).toBe("Borgeren har det bedre.");
  });

  it("are printed in blocks of at most 3150 characters, ten of them, and lose no word", () => {
    const words = Array.from({ length: 3000 }, (_, at) => `ord${String(at)}`).join(" ");
    const { letter } = converted({ texts: [{ text: words }] });
    expect(toPlainText(letter.texts[0] ?? [])).toContain(words);
    const envelope = { envelopeId: "K1", sent: "2026-11-23T10:15", wantsPositiveReceipt: true };
    const printed = new TextDecoder("latin1").decode(printLetter(letter, envelope).bytes);
    const blocks = [...printed.matchAll(/<Text01>(.*?)<\/Text01>/gs)].map(([, text = ""]) => text);
    expect(blocks.length).toBeGreaterThan(5);
    expect(blocks.length).toBeLessThanOrEqual(10);
    expect(blocks.every((text) => text.length <= 3200)).toBe(true);
    expect(blocks.join("")).toContain("ord2999");
  });
});

describe("attachments of the message", () => {
  const one = (number: number, change: object = {}) => ({
    title: `Nr. ${String(number)}`,
    id: `urn:uuid:${uuid(0x700 + number)}`,
    bytes: new Uint8Array([1]),
    ...change,
  });

  it("that are only told of do not come along, and a forward brings them again", () => {
    const told = converted({ attachments: [{ title: "Gammel", earlier: true }] });
    expect(told).not.toHaveProperty("attachmentLetter");
    expect(told.losses).toContain("attachment-without-content");
    const again = converted({ activity: "forward-message", attachments: [one(1, { earlier: true })] });
    expect(again.attachmentLetter?.objects).toHaveLength(1);
  });

  it.each([
    ["image/png", "billede", "png"],
    ["image/jpeg", "billede", "jpeg"],
    ["image/tiff", "billede", "tiff"],
    ["image/gif", "billede", "gif"],
    ["image/bmp", "billede", "bmp"],
    ["application/pdf", "vektor_grafik", "pdf"],
  ])("of type %s are %s, %s", (contentType, code, extension) => {
    expect(converted({ attachments: [one(1, { contentType })] }).attachmentLetter?.objects[0]).toMatchObject({
      code,
      extension,
    });
  });

  it("are at most ten; the text names the others", () => {
    const attachments = Array.from({ length: 12 }, (_, at) => one(at));
    const { letter, attachmentLetter, losses } = converted({ attachments });
    expect([letter.references.length, attachmentLetter?.objects.length]).toEqual([10, 10]);
    expect(toPlainText(letter.texts[0] ?? [])).toContain(
      "Bilag, der ikke kunne overføres: Nr. 10\nBilag, der ikke kunne overføres: Nr. 11",
    );
    expect(losses).toContain("attachment-not-carried");
  });

  it("that are addresses are references, or text when they are too long", () => {
    const at = (url: string) =>
      converted({ attachments: [{ title: "Film" }] }, (message) => ({
        ...message,
        payloads: message.payloads.map((payload) =>
          payload.kind === "attachment" ? { ...payload, url } : payload,
        ),
      }));
    expect(at("https://prøve.dk/1").letter.references).toEqual([
      { description: "Film", target: { kind: "url", url: "https://prøve.dk/1" } },
    ]);
    const long = `https://prøve.dk/${"x".repeat(350)}`;
    expect(at(long).letter.references).toEqual([]);
    expect(toPlainText(at(long).letter.texts[0] ?? [])).toContain(`Adresse: ${long}`);
  });
});

describe("an organisation without a name (R-Tek-D)", () => {
  it("is looked up, and named by its GLN where nobody knows it", () => {
    const nameless = (message: CareCommunication): CareCommunication => {
      const { name: _, ...sender } = message.sender;
      return { ...message, sender };
    };
    expect(converted({}, nameless).letter.sender.organisation).toBe("Slået op");
    const { message } = readCareCommunication(careCommunication({}));
    const unknown = careCommunicationToLetters(nameless(message), { ...context, nameOf: () => undefined });
    expect(unknown.letter.sender.organisation).toBe(fhirParties.practice.gln);
  });
});
