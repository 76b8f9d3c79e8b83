import { describe, expect, it } from "vitest";
import { localTimeOf, withDanishOffset } from "../../../../../contracts/danish-time.ts";
import type { CareCommunication, CareText } from "../../../../../contracts/fhir/care-communication.ts";
import { fromPlainText } from "../../../../../contracts/formatted-text.ts";
import type { Letter, StoredObject } from "../../../../../contracts/letter.ts";
import { lettersToCareCommunication } from "../../../../../gateways/fhir/bridge/letters-to-care.ts";
import { endo, gp, letter as letterOf, photoObject } from "../../../../support/advice-given.ts";

const sors: Record<string, string> = { [gp]: "999011000016000", [endo]: "999071000016008" };
const context = {
  idFor: (name: string) => (name === "bundle" || name === "message" ? name : `urn:uuid:${name}`),
  now: "2026-11-23T10:15:00+01:00",
  organisation: (gln: string) => ({ sor: sors[gln] }),
};
const made = (letter: Letter, objects: StoredObject[] = [], given: object = {}) => {
  const result = lettersToCareCommunication(
    { letter, attachmentLetter: { objects } },
    { ...context, ...given },
  );
  if ("missing" in result) throw new Error("Not addressable.");
  return result;
};
const messageOf = (change: Partial<Letter>, objects?: StoredObject[]): CareCommunication =>
  made(letterOf(gp, endo, change), objects).message;
const textOf = ({ payloads }: CareCommunication): CareText => {
  const [text] = payloads;
  if (text?.kind !== "text") throw new Error("The first payload is no text.");
  return text;
};

describe("a letter as CareCommunication", () => {
  it("has the category other, and the subject as its topic", () => {
    expect(messageOf({})).toMatchObject({ category: { code: "other" }, topic: "Stofskifte: dosis?" });
  });

  it("has an unknown topic when it has no subject", () => {
    const { subject: _, ...bare } = letterOf(gp, endo);
    expect(made(bare).message.topic).toBe("Ukendt emne");
  });

  it("tells a high priority in its first line", () => {
    expect(messageOf({ priority: "high" }).priority).toBeUndefined();
    expect(textOf(messageOf({ priority: "high" })).text).toBe(
      "Denne meddelelse har høj prioritet.\nSkal dosis ned?",
    );
    expect(textOf(messageOf({ priority: "routine" })).text).toBe("Skal dosis ned?");
  });

  it("tells that it corrects another in words: there is no code for it", () => {
    expect(textOf(messageOf({ status: "corrected" })).text).toMatch(
      /^Meddelelsen retter en tidligere meddelelse\.\n/,
    );
  });

  it("has a line break for each Break, and no styles", () => {
    const texts = [
      ["a", { el: "Break" as const }, { el: "Bold" as const, runs: ["b"] }, { el: "Space" as const }, "c"],
    ];
    const { message, losses } = made(letterOf(gp, endo, { texts }));
    expect(textOf(message).text).toBe("a\nb c");
    expect(losses).toContain("formatting");
  });

  it("has its blocks as one text: joined where one was full, and else on a line of its own", () => {
    const full = "x".repeat(3150);
    expect(textOf(messageOf({ texts: [[full], ["y"]] })).text).toBe(`${full}y`);
    expect(textOf(messageOf({ texts: [["a"], ["b"]] })).text).toBe("a\nb");
  });

  it("says that there is no text when there is none, and replaces what XML cannot carry", () => {
    expect(textOf(messageOf({ texts: [] })).text).toBe("Ingen tekst.");
    expect(textOf(messageOf({ texts: [fromPlainText("a\u0001b")] })).text).toBe("a\ufffdb");
  });

  it("has the telephone of the letter, of the directory, or the number that stands for none", () => {
    const { phone: _, ...sender } = letterOf(gp, endo).sender;
    const without = letterOf(gp, endo, { sender });
    const phoneOf = (message: CareCommunication) => textOf(message).contact?.value;
    expect(phoneOf(messageOf({ sender: { ...sender, phone: "90000007" } }))).toBe("90000007");
    expect(phoneOf(made(without).message)).toBe("0000 0000");
    const known = { organisation: (gln: string) => ({ sor: sors[gln], phone: "90000008" }) };
    expect(phoneOf(made(without, [], known).message)).toBe("90000008");
  });

  it("names its organisations with name, department and unit in one field", () => {
    const sender = { ...letterOf(gp, endo).sender, organisation: "A", department: "B", unit: "C" };
    expect(messageOf({ sender }).sender).toMatchObject({ gln: gp, sor: sors[gp], name: "A, B, C" });
  });

  it("cannot be addressed when a SOR code is known neither to the letter nor to the directory", () => {
    const nobody = { ...context, organisation: () => undefined };
    expect(lettersToCareCommunication({ letter: letterOf(gp, endo) }, nobody)).toEqual({
      missing: ["sender", "receiver"],
    });
    const sor = { code: "sorkode" as const, value: "999011000016000" };
    const half = letterOf(gp, endo, { sender: { ...letterOf(gp, endo).sender, identifier: sor } });
    expect(lettersToCareCommunication({ letter: half }, nobody)).toEqual({ missing: ["receiver"] });
  });

  it.each([
    ["inaktiv", "other", "unknown"],
    ["indlagt", "IMP", "in-progress"],
    ["ambulant", "AMB", "in-progress"],
    ["ambulant_roentgen", "AMB", "in-progress"],
    ["doed", "other", "finished"],
  ] as const)("has a course that is %s as class %s, status %s", (episodeOfCareStatus, code, status) => {
    const patient = { ...letterOf(gp, endo).patient, episodeOfCareStatus };
    const { encounter, patient: told } = messageOf({ patient });
    expect(encounter).toMatchObject({ status, class: { code } });
    expect(told.deceased).toBe(episodeOfCareStatus === "doed" ? true : undefined);
  });

  it("keeps the id of the course as it was received, given by the sender", () => {
    expect(messageOf({ episodeOfCareId: "7E1F9A2C0B3D4E5F8A9B0C1D2E3F4A5B" }).encounter?.episodes).toEqual([
      {
        system: `https://sor2.sum.dsdn.dk/#id=${String(sors[gp])}`,
        value: "7E1F9A2C0B3D4E5F8A9B0C1D2E3F4A5B",
      },
    ]);
    const { episodeOfCareId: _, ...bare } = letterOf(gp, endo);
    expect(made(bare).message.encounter).toBeUndefined();
  });

  it.each([
    ["0101651AB1", { national: "0101651AB1" }],
    ["0101657AB1", { national: "0101657AB1" }],
    ["0101655AB1", { regional: { system: "urn:oid:1.2.208.176.1.6.1.3", value: "0101655AB1" } }],
  ])("tells of replacement number %s who gave it, by its seventh character", (alternativeId, expected) => {
    const { cpr: _, ...rest } = letterOf(gp, endo).patient;
    expect(messageOf({ patient: { ...rest, alternativeId } }).patient).toMatchObject(expected);
  });
});

describe("what comes with a letter", () => {
  const bin = (objectId: string, extension: StoredObject["extension"] = "jpeg") => ({
    description: "Foto af hals",
    target: { kind: "bin" as const, objectId, code: "billede" as const, extension, sizeBytes: 48213 },
  });
  const hyphened = "9D7C1F0E-2B3A4C5D-8E9F-001122334455";

  it("is an attachment under its UUID with hyphens, whichever way either letter writes it", () => {
    for (const objectId of [hyphened, photoObject.objectId])
      expect(messageOf({ references: [bin(objectId)] }, [photoObject]).payloads[1]).toMatchObject({
        kind: "attachment",
        id: "urn:uuid:9d7c1f0e-2b3a-4c5d-8e9f-001122334455",
        title: "Foto af hals",
        contentType: "image/jpeg",
        sizeBytes: photoObject.sizeBytes,
        digest: photoObject.digest,
      });
  });

  it("is named in the text when its content has not come: without it the receiver would refuse the message", () => {
    const { message, losses } = made(letterOf(gp, endo, { references: [bin(hyphened)] }));
    expect(message.payloads).toHaveLength(1);
    expect(textOf(message).text).toBe("Skal dosis ned?\nBilag, der ikke kunne overføres: Foto af hals");
    expect(losses).toContain("attachment-missing");
  });

  it("is named in the text when it is of a type that a message may not carry", () => {
    const text = { ...photoObject, extension: "txt" as const, code: "tekstfil" as const };
    const { message, losses } = made(letterOf(gp, endo, { references: [bin(hyphened, "txt")] }), [text]);
    expect(textOf(message).text).toMatch(/overføres: Foto af hals$/);
    expect(losses).toContain("attachment-type");
  });

  it("comes along without a reference too", () => {
    expect(messageOf({}, [photoObject]).payloads[1]).toMatchObject({
      title: "Bilag",
      digest: photoObject.digest,
    });
  });

  it("is an address under an id of its own, of the type that the address shows; else it stands in the text", () => {
    const url = (address: string) => ({
      description: "Film",
      target: { kind: "url" as const, url: address },
    });
    expect(messageOf({ references: [url("https://prøve.dk/a b.PDF")] }).payloads[1]).toMatchObject({
      id: "urn:uuid:url.1",
      url: "https://prøve.dk/a%20b.PDF",
      contentType: "application/pdf",
      title: "Film",
    });
    const plain = messageOf({ references: [url("https://prøve.dk/")] });
    expect(textOf(plain).text).toBe("Skal dosis ned?\nFilm: https://prøve.dk/");
  });

  it("is named in the text when it is supplementary material (SUP)", () => {
    const sup = { description: "Røntgenbilleder", target: { kind: "sup" as const } };
    expect(textOf(messageOf({ references: [sup] })).text).toMatch(/\nBilag: Røntgenbilleder$/);
  });
});

describe("Danish time", () => {
  it("is summer time and winter time with their offsets", () => {
    expect(withDanishOffset("2026-07-01T12:00")).toBe("2026-07-01T12:00:00+02:00");
    expect(withDanishOffset("2026-12-01T12:00")).toBe("2026-12-01T12:00:00+01:00");
    expect(localTimeOf("2026-07-01T10:00:59Z")).toBe("2026-07-01T12:00");
    expect(localTimeOf("2026-12-01T12:00:00.5+02:00")).toBe("2026-12-01T11:00");
  });

  it("is the first of the hour that comes twice, and winter time in the hour that is left out", () => {
    expect(withDanishOffset("2026-10-25T02:30")).toBe("2026-10-25T02:30:00+02:00");
    expect(withDanishOffset("2026-03-29T02:30")).toBe("2026-03-29T02:30:00+01:00");
  });

  it("stays as written where there is no such time", () => {
    expect(localTimeOf("2026-13-45T00:00:00Z")).toBe("2026-13-45T00:00");
    expect(withDanishOffset("2026-13-45T00:00").slice(0, 16)).toBe("2026-13-45T00:00");
  });
});
