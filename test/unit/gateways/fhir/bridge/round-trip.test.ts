import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CareCommunication } from "../../../../../contracts/fhir/care-communication.ts";
import { toPlainText } from "../../../../../contracts/formatted-text.ts";
import { AttachmentLetter, Letter } from "../../../../../contracts/letter.ts";
import { careCommunicationToLetters } from "../../../../../gateways/fhir/bridge/care-to-letters.ts";
import { extensionOfType, typeOfExtension } from "../../../../../gateways/fhir/bridge/codes.ts";
import { lettersToCareCommunication } from "../../../../../gateways/fhir/bridge/letters-to-care.ts";
import { type LossCode, lossTable } from "../../../../../gateways/fhir/bridge/losses.ts";
import { printCareCommunication } from "../../../../../gateways/fhir/codec/care-communication.ts";
import { checkMessage } from "../../../../../gateways/fhir/codec/rules/check-message.ts";
import { withKept } from "../../../../../gateways/fhir/families/care-in.ts";
import { digest, lettersWithObjects } from "../../../../support/bridge-arbitraries.ts";
import { differences } from "../../../../support/differences.ts";
import { anyCareCommunication } from "../../../../support/fhir-care-arbitraries.ts";

const toLetters = { numberFor: (name: string) => name.slice(0, 14), nameOf: () => undefined };
const uuid = "8b1d3c5e-7f90-4a2b-8c4d-5e6f70819";
/** A UUID for each name: the same name has the same. */
const uuidFor = (name: string) => {
  const number = Array.from(name).reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) % 4096, 7);
  return `${uuid}${number.toString(16).padStart(3, "0")}`;
};
const toCare = {
  idFor: (name: string) =>
    name === "bundle" || name === "message" ? uuidFor(name) : `urn:uuid:${uuidFor(name)}`,
  now: "2026-11-23T10:15:00+01:00",
  organisation: () => ({ sor: "999011000016000" }),
};

/** Any message, its attachments kept. */
const keptCare = anyCareCommunication.map(({ message, contents }) =>
  withKept(message, new Map([...contents.keys()].map((id) => [id, digest(id.slice(-1))]))),
);

const made = (result: ReturnType<typeof lettersToCareCommunication>) => {
  if ("missing" in result) throw new Error("The parties have no SOR codes.");
  return result;
};

/** The places that the losses allow to differ. */
const isAllowed = (place: string, codes: readonly LossCode[], of: "CareCommunication" | "letter"): boolean =>
  codes.some((code) => {
    const row = lossTable[code];
    return row.of === of && row.touches.some((touch) => place === touch || place.startsWith(`${touch}.`));
  });

describe("a message that goes to letters and back", () => {
  it("is a letter, and an attachment letter, as their contracts have them", { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(keptCare, (message) => {
        const { letter, attachmentLetter } = careCommunicationToLetters(message, toLetters);
        expect(Letter.safeParse(letter).error?.issues ?? []).toEqual([]);
        if (attachmentLetter !== undefined)
          expect(AttachmentLetter.safeParse(attachmentLetter).error?.issues ?? []).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it("keeps every word of every text, and every byte of every attachment", { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(keptCare, (message) => {
        const { letter, attachmentLetter } = careCommunicationToLetters(message, toLetters);
        const words = letter.texts.map(toPlainText).join("\n");
        for (const payload of message.payloads)
          if (payload.kind === "text") expect(words).toContain(payload.text);
        const kept = message.payloads.flatMap((payload) =>
          payload.kind === "attachment" && payload.digest !== undefined
            ? [[payload.digest, payload.sizeBytes, extensionOfType[payload.contentType ?? ""]]]
            : [],
        );
        const carried = (attachmentLetter?.objects ?? []).map((one) => [
          one.digest,
          one.sizeBytes,
          one.extension,
        ]);
        expect(carried.toSorted()).toEqual(kept.toSorted());
      }),
      { numRuns: 200 },
    );
  });
});

describe("a letter that goes to a message and back", () => {
  it("differs only where a loss that was told of says so", { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(lettersWithObjects, ({ letter, objects }) => {
        const { message, losses } = made(
          lettersToCareCommunication({ letter, attachmentLetter: { objects } }, toCare),
        );
        const back = careCommunicationToLetters(message, toLetters).letter;
        const found = differences(letter, back).filter((place) => !isAllowed(place, losses, "letter"));
        expect(found).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it("is told of no loss that is none", { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(lettersWithObjects, ({ letter, objects }) => {
        const { message, losses } = made(
          lettersToCareCommunication({ letter, attachmentLetter: { objects } }, toCare),
        );
        const back = careCommunicationToLetters(message, toLetters).letter;
        const places = differences(letter, back);
        const untrue = losses.filter((code) => !places.some((place) => isAllowed(place, [code], "letter")));
        expect(untrue).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it("keeps every attachment of a type that a message may carry", { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(lettersWithObjects, ({ letter, objects }) => {
        const { message } = made(
          lettersToCareCommunication({ letter, attachmentLetter: { objects } }, toCare),
        );
        const carried = message.payloads.flatMap((one) =>
          one.kind === "attachment" && one.digest !== undefined
            ? [[one.contentType, one.sizeBytes, one.digest]]
            : [],
        );
        const allowed = objects.flatMap(({ extension, sizeBytes, digest: key }) =>
          typeOfExtension[extension] === undefined ? [] : [[typeOfExtension[extension], sizeBytes, key]],
        );
        expect(carried).toEqual(allowed);
      }),
      { numRuns: 200 },
    );
  });

  it("is a message as its contract has it, in which the rules find no error", { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(lettersWithObjects, ({ letter, objects }) => {
        const { message } = made(
          lettersToCareCommunication({ letter, attachmentLetter: { objects } }, toCare),
        );
        expect(CareCommunication.safeParse(message).error?.issues ?? []).toEqual([]);
        const contents = new Map(
          message.payloads.flatMap((one) =>
            one.kind === "attachment" && one.digest !== undefined ? [[one.id, new Uint8Array([1])]] : [],
          ),
        );
        const bundle = printCareCommunication(message, { idFor: (name) => name, contents });
        const errors = checkMessage(bundle).problems.filter(({ severity }) => severity === "error");
        expect(errors).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});

describe("the table of losses", () => {
  it("says each in Danish and in English", () => {
    for (const { da, en } of Object.values(lossTable)) {
      expect(da).toMatch(/^[A-ZÆØÅ»].*[.«]$/);
      expect(en).toMatch(/^[A-Z].*[.`]$/);
    }
  });
});
