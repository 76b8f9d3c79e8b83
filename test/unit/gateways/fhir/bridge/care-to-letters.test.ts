import { describe, expect, it } from "vitest";
import type { CareCommunication } from "../../../../../contracts/fhir/care-communication.ts";
import { toPlainText } from "../../../../../contracts/formatted-text.ts";
import { careCommunicationToLetters } from "../../../../../gateways/fhir/bridge/care-to-letters.ts";
import { readCareCommunication } from "../../../../../gateways/fhir/codec/care-communication.ts";
import { withKept } from "../../../../../gateways/fhir/families/care-in.ts";
import { type CareWish, careCommunication, fhirParties, uuid } from "../../../../support/fhir-bundles.ts";

const digest = `sha256-${"3a".repeat(32)}`;
const lpr3 = "https://www.esundhed.dk/Registre/Landspatientregisteret";
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

describe("a CareCommunication as XDIS91 (Flow3 of MedCom's conversion, field by field)", () => {
  const bytes = new Uint8Array(4297);
  const { letter, attachmentLetter, losses } = converted({
    category: "regarding-referral",
    topic: "Undersøgelser forud for visitation",
    sent: "2026-11-22T12:33:00+01:00",
    author: { given: "Michael", family: "Burnsprøve" },
    role: { code: "sygeplejerske" },
    texts: [
      {
        text: "Afdeling A har modtaget en henvisning.\nRøntgen af hofte.\n\nVenlig hilsen\nMichael",
        date: "2026-11-22T12:32:00+01:00",
        phone: "66131372",
      },
    ],
    attachments: [{ title: "Plan", bytes, id: `urn:uuid:${uuid(0x42)}` }],
  });

  it("has its own number, the time of the text, and is always new", () => {
    expect(letter).toMatchObject({
      letterId: "NR-letter",
      authorised: "2026-11-22T12:32",
      status: "new",
      statisticalCode: "XDIS91",
    });
  });

  it("names sender and receiver by GLN and SOR, and the author's telephone as the sender's", () => {
    const { practice, municipality } = fhirParties;
    expect(letter.sender).toEqual({
      gln: practice.gln,
      identifier: { code: "sorkode", value: practice.sor },
      organisation: practice.name,
      phone: "66131372",
    });
    expect(letter.receiver).toEqual({
      gln: municipality.gln,
      identifier: { code: "sorkode", value: municipality.sor },
      organisation: municipality.name,
    });
  });

  it("has category and topic as its subject", () => {
    expect(letter.subject).toBe("Vedr. henvisning, Undersøgelser forud for visitation");
  });

  it("has the text with a Break for each line, and after it the author and the role", () => {
    expect(letter.texts).toHaveLength(1);
    expect(letter.texts[0]).toEqual([
      "Afdeling A har modtaget en henvisning.",
      { el: "Break" },
      "Røntgen af hofte.",
      { el: "Break" },
      { el: "Break" },
      "Venlig hilsen",
      { el: "Break" },
      "Michael",
      { el: "Break" },
      "Forfatter: Michael Burnsprøve",
      { el: "Break" },
      "Stilling: Sygeplejerske",
    ]);
  });

  it("points at its attachment by the UUID without hyphens, a PDF as `vektor_grafik`, its size counted", () => {
    const objectId = uuid(0x42).replaceAll("-", "");
    const object = { objectId, code: "vektor_grafik", extension: "pdf", sizeBytes: 4297 };
    expect(letter.references).toEqual([{ description: "Plan", target: { kind: "bin", ...object } }]);
    expect(attachmentLetter).toMatchObject({
      letterId: "NR-attachments",
      statisticalCode: "XBIN01",
      authorised: letter.authorised,
      sender: letter.sender,
      about: { kind: "patient", cpr: "0101650001", surname: "Prøve-Åsen", givenName: "Ægidia" },
      objects: [{ ...object, digest }],
    });
  });

  it("is about a citizen whose course nothing is said of", () => {
    expect(letter.patient).toEqual({
      cpr: "0101650001",
      surname: "Prøve-Åsen",
      givenName: "Ægidia",
      episodeOfCareStatus: "inaktiv",
    });
    expect(letter.episodeOfCareId).toBeUndefined();
  });

  it("tells what a letter cannot carry, and no more", () => {
    expect(losses).toEqual([
      "message-ids",
      "history",
      "thread-id",
      "category-code",
      "authors-in-words",
      "attachment-dates",
    ]);
  });
});

describe("the subject of the letter", () => {
  it("is the category alone when there is no topic", () => {
    expect(converted({ category: "nursing" }).letter.subject).toBe("Sygepleje");
  });

  it("has at most 70 characters, and says when it was cut", () => {
    const { letter, losses } = converted({ category: "nursing", topic: "Sår".repeat(40) });
    expect(letter.subject).toHaveLength(70);
    expect(losses).toContain("subject-cut");
  });
});

describe("the priority of the letter", () => {
  it("is a referral's alone", () => {
    const referral = { category: "regarding-referral" };
    expect(converted({ ...referral, priority: "asap" }).letter.priority).toBe("high");
    expect(converted({ ...referral, priority: "routine" }).letter.priority).toBe("routine");
    expect(converted(referral).letter.priority).toBeUndefined();
  });

  it("of any other message stands in words, first", () => {
    expect(converted({ category: "nursing", priority: "asap" }).letter.priority).toBeUndefined();
    expect(textsOf({ category: "nursing", priority: "asap" })[0]).toMatch(
      /^Denne meddelelse har høj prioritet\.\n/,
    );
    expect(textsOf({ category: "nursing", priority: "routine" })[0]).toMatch(/^Borgeren/);
  });
});

describe("the telephone of the sender", () => {
  it("is none where the message has the number that stands for none", () => {
    expect(converted({ texts: [{ text: "Hej", phone: "0000 0000" }] }).letter.sender).not.toHaveProperty(
      "phone",
    );
  });

  it("is none where the contact is no telephone, and that is told", () => {
    const { letter, losses } = converted({ texts: [{ text: "Hej" }] }, (message) => ({
      ...message,
      payloads: message.payloads.map((one) => ({ ...one, contact: { system: "email", value: "a@b.dk" } })),
    }));
    expect(letter.sender).not.toHaveProperty("phone");
    expect(losses).toContain("contact");
  });
});

describe("the citizen of the letter", () => {
  const numbers = (change: Partial<CareCommunication["patient"]>) =>
    converted({}, (message) => ({ ...message, patient: { ...message.patient, ...change } }));
  const national = "0101651AB1";
  const regional = { system: "urn:oid:1.2.208.176.1.6.1.3.181", value: "0101655AB1" };

  it("is named by the regular CPR number, and the others stand in MedCom's sentence", () => {
    const { letter, losses } = numbers({ national, regional });
    expect(letter.patient.cpr).toBe("0101650001");
    expect(toPlainText(letter.texts[0] ?? [])).toMatch(
      /\nDer er modtaget flere end et CPR-nummer i korrespondancemeddelelsen\. Derfor er de resterende medsendte CPR-numre indsat her: 0101651AB1, 0101655AB1$/,
    );
    expect(losses).toContain("patient-numbers");
  });

  it("is named by the national replacement before the regional", () => {
    const message = converted({}, (one) => {
      const { cpr: _, ...rest } = one.patient;
      return { ...one, patient: { ...rest, national, regional } };
    });
    expect(message.letter.patient).toMatchObject({ alternativeId: national });
    expect(toPlainText(message.letter.texts[0] ?? [])).toMatch(/indsat her: 0101655AB1$/);
  });

  it("has _ for a surname that is not known (R-Tek-B)", () => {
    const { letter, losses } = converted({}, (message) => {
      const { surname: _, ...rest } = message.patient;
      return { ...message, patient: rest };
    });
    expect(letter.patient.surname).toBe("_");
    // It comes back as none, so nothing is lost.
    expect(losses).not.toContain("patient-name");
  });

  it("has one line of the address", () => {
    const address = { lines: ["Prøvevej 1", "2. th."], city: "Nordfjord", postCode: "9999" };
    expect(numbers({ address }).letter.patient).toMatchObject({
      street: "Prøvevej 1, 2. th.",
      district: "Nordfjord",
      postCode: "9999",
    });
  });
});

describe("the course of care", () => {
  const local = { system: "https://sor2.sum.dsdn.dk/#id=999071000016008", value: uuid(0x61) };
  const national = { system: lpr3, value: `urn:uuid:${uuid(0x62)}` };

  it("is LPR3's id before the others, without hyphens", () => {
    expect(converted({ episodes: [local, national] }).letter.episodeOfCareId).toBe(
      uuid(0x62).replaceAll("-", ""),
    );
  });

  it("is the first id where LPR3 has none", () => {
    const other = { ...local, value: uuid(0x63) };
    expect(converted({ episodes: [local, other] }).letter.episodeOfCareId).toBe(
      uuid(0x61).replaceAll("-", ""),
    );
  });

  it("is kept as it is when it is no UUID, and left out when a letter has no room for it", () => {
    expect(converted({ episodes: [{ ...local, value: "F-17" }] }).letter.episodeOfCareId).toBe("F-17");
    const long = { ...local, value: "x".repeat(36) };
    expect(converted({ episodes: [long] }).letter.episodeOfCareId).toBeUndefined();
  });

  it.each([
    ["IMP", "in-progress", "indlagt"],
    ["AMB", "in-progress", "ambulant"],
    ["other", "unknown", "inaktiv"],
    ["EMER", "in-progress", "inaktiv"],
    ["IMP", "finished", "inaktiv"],
  ])("of class %s and status %s is %s", (code, status, expected) => {
    const { letter } = converted({ episodes: [local] }, (message) => ({
      ...message,
      encounter: { status, class: { system: "s", code }, episodes: [local] },
    }));
    expect(letter.patient.episodeOfCareStatus).toBe(expected);
  });

  it("is over for whoever is dead, whatever the Encounter says", () => {
    const { letter } = converted({}, (message) => ({
      ...message,
      patient: { ...message.patient, deceased: true },
    }));
    expect(letter.patient.episodeOfCareStatus).toBe("doed");
  });
});
