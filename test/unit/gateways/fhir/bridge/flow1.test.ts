import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { CareCommunication, CareText } from "../../../../../contracts/fhir/care-communication.ts";
import type { Letter, StoredObject } from "../../../../../contracts/letter.ts";
import { lettersToCareCommunication } from "../../../../../gateways/fhir/bridge/letters-to-care.ts";
import { readCareCommunication } from "../../../../../gateways/fhir/codec/care-communication.ts";
import { parseDocument } from "../../../../../gateways/oioxml/codec/parse-document.ts";
import { photoObject } from "../../../../support/advice-given.ts";
import { sampleOf, samplesIn } from "../../../../support/fhir-samples.ts";

type Known = (gln: string) => { sor?: string; phone?: string } | undefined;
const made = (letter: Letter, objects: StoredObject[], organisation: Known) => {
  const context = {
    idFor: (name: string) => (name === "bundle" || name === "message" ? name : `urn:uuid:${name}`),
    now: "2023-11-20T17:45:00+01:00",
    organisation,
  };
  const result = lettersToCareCommunication({ letter, attachmentLetter: { objects } }, context);
  if ("missing" in result) throw new Error("Not addressable.");
  return result;
};
const textOf = ({ payloads }: CareCommunication): CareText => {
  const [text] = payloads;
  if (text?.kind !== "text") throw new Error("The first payload is no text.");
  return text;
};

const flow = samplesIn("conversion-xdis91").filter((file) => file.includes("Flow1"));
const read = (name: string) => {
  const document = parseDocument(readFileSync(`../shared/fhir/samples/conversion-xdis91/${name}`));
  if (document.kind !== "emessage") throw new Error(JSON.stringify(document));
  return document.letters[0];
};
const flowLetters = () => {
  const [email, binary] = [read("Flow1-XDIS91_Ex_to_FHIR.xml"), read("Flow1-XBIN01_Ex_to_FHIR.xml")];
  if (email?.kind !== "letter" || binary?.kind !== "attachments")
    throw new Error(JSON.stringify([email, binary]).slice(0, 3000));
  const objects = binary.letter.objects.map(
    ({ bytes: _, ...object }): StoredObject => ({ ...object, digest: photoObject.digest }),
  );
  return { letter: email.letter, objects };
};

describe.each(flow.filter((file) => file.includes("CareCommunication")))(
  "Flow1 of MedCom's conversion, field by field (%s)",
  (file) => {
    const { message: theirs } = readCareCommunication(sampleOf(file));
    const { letter, objects } = flowLetters();
    const known: Record<string, ReturnType<Known>> = {
      [theirs.sender.gln]: { sor: theirs.sender.sor, phone: "65432030" },
      [theirs.receiver.gln]: { sor: theirs.receiver.sor },
    };
    const { message: ours } = made(letter, objects, (gln) => known[gln]);

    it("goes between the same organisations, in the same thread of one message", () => {
      expect([ours.sender.gln, ours.sender.sor]).toEqual([theirs.sender.gln, theirs.sender.sor]);
      expect([ours.receiver.gln, ours.receiver.sor]).toEqual([theirs.receiver.gln, theirs.receiver.sor]);
      expect(ours.history.map(({ activity }) => activity)).toEqual(["new-message"]);
      expect(theirs.history.map(({ activity }) => activity)).toEqual(["new-message"]);
    });

    it("has the same category, topic, and no priority", () => {
      expect(ours.category).toEqual(theirs.category);
      expect(ours.topic).toBe(theirs.topic);
      expect([ours.priority, theirs.priority]).toEqual([undefined, undefined]);
    });

    it("is about the same citizen; the published surname is another (guide, section 11)", () => {
      expect(ours.patient.cpr).toBe(theirs.patient.cpr);
      expect(ours.patient.address).toEqual(theirs.patient.address);
      expect(ours.patient.surname).toBe(letter.patient.surname);
    });

    it("has the same words, with the priority first, the same time and the same telephone", () => {
      const words = (message: CareCommunication) => textOf(message).text.replaceAll(/\s+/g, " ").trim();
      expect(words(ours)).toBe(words(theirs));
      expect(textOf(ours).at).toBe(textOf(theirs).at);
      expect(textOf(ours).contact).toEqual(textOf(theirs).contact);
    });

    it("has an author that nobody knows; the published one is read out of the text", () => {
      expect(textOf(ours).author).toMatchObject({ role: { kind: "text", text: "ukendt" } });
    });

    it("has the same attachment under the same id; the published title is another than the letter's", () => {
      const attachment = (message: CareCommunication) => {
        const found = message.payloads[1];
        if (found?.kind !== "attachment") throw new Error("No attachment.");
        const { id, at, contentType, sizeBytes } = found;
        return { id, at, contentType, sizeBytes };
      };
      expect(attachment(ours)).toEqual(attachment(theirs));
      expect(ours.payloads[1]).toMatchObject({ title: "BIN" });
    });

    it("names what it added in its history", () => {
      expect(ours.history[0]?.added).toEqual(ours.payloads.map(({ id }) => id));
      expect(theirs.history[0]?.added).toEqual(theirs.payloads.map(({ id }) => id));
    });
  },
);
