import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CareCommunication } from "../../../../../contracts/fhir/care-communication.ts";
import type { FhirMessage } from "../../../../../contracts/fhir/fhir-message.ts";
import type { Letter, StoredObject } from "../../../../../contracts/letter.ts";
import type { StayNotice } from "../../../../../contracts/letters/stay-notice.ts";
import type { Converting, ToldLoss } from "../../../../../gateways/fhir/bridge/converted.ts";
import { type FromLetter, letterToFhir } from "../../../../../gateways/fhir/bridge/to-fhir.ts";
import { type MadeLetter, messageToLetters } from "../../../../../gateways/fhir/bridge/to-letters.ts";
import { printFhir } from "../../../../../gateways/fhir/codec/model/print-fhir.ts";
import { bundleOf } from "../../../../../gateways/fhir/codec/typed-message.ts";
import { withKept } from "../../../../../gateways/fhir/families/care-in.ts";
import { parseMessage } from "../../../../../gateways/fhir/parse-message.ts";
import { parseDocument } from "../../../../../gateways/oioxml/codec/parse-document.ts";
import { sha256 } from "../../../../../infra/ids.ts";
import { lettersWithObjects } from "../../../../support/bridge-arbitraries.ts";
import { leavesThatDiffer, touches } from "../../../../support/bridge-laws.ts";
import { anyCareCommunication } from "../../../../support/fhir-care-arbitraries.ts";
import { howOften } from "../../../../support/how-often.ts";
import { printAttachments, printClinicalLetter, printLetter } from "../../../../support/printing.ts";
import { anyNotice } from "../../../../support/stay-notice-arbitraries.ts";

const runs = { numRuns: howOften("CONVERSION_RUNS", { short: 100, long: 300 }) };
const patience = { timeout: 120_000 };
const envelope = { envelopeId: "KUV0001", sent: "2026-11-23T10:15", wantsPositiveReceipt: true };
const converting: Converting = { organisation: (gln) => ({ sor: `999${gln.slice(-9)}016` }) };

type Kept = Map<string, Uint8Array>;
const keep = (kept: Kept, bytes: Uint8Array): string => {
  const digest = `sha256-${sha256(bytes)}`;
  kept.set(digest, bytes);
  return digest;
};

/** The one letter of a document, as a system reads it. */
const read = (bytes: Uint8Array, kept: Kept) => {
  const document = parseDocument(bytes);
  const [letter] = document.kind === "emessage" ? document.letters : [];
  if (letter?.kind === "letter") return { letter: letter.letter };
  if (letter?.kind === "clinical") return { notice: letter.letter as StayNotice };
  if (letter?.kind !== "attachments") throw new Error(JSON.stringify(letter ?? document));
  const objects = letter.letter.objects.map(
    ({ bytes: content, ...object }): StoredObject => ({ ...object, digest: keep(kept, content) }),
  );
  return { attachments: { ...letter.letter, objects } };
};

const converted = (from: FromLetter): { message: FhirMessage; losses: readonly ToldLoss[] } => {
  const result = letterToFhir(from, converting);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return { message: result.made, losses: result.losses };
};

/** A message as a system reads it, written in either format. */
const throughFhir = (message: FhirMessage, kept: Kept): FhirMessage[] => {
  const contents = new Map(
    (message.kind === "CareCommunication" ? message.payloads : []).flatMap((payload) => {
      const bytes = payload.kind === "attachment" ? kept.get(payload.digest ?? "") : undefined;
      return bytes === undefined ? [] : [[payload.id, bytes] as const];
    }),
  );
  const bundle = bundleOf(message, { idFor: (name) => name, contents });
  return (["xml", "json"] as const).map((format) => {
    const parsed = parseMessage(printFhir(bundle, format));
    if (parsed.kind !== "message") throw new Error(JSON.stringify(parsed.problems));
    const digests = new Map([...parsed.contents].map(([id, bytes]) => [id, keep(kept, bytes)] as const));
    return parsed.message.kind === "CareCommunication" ? withKept(parsed.message, digests) : parsed.message;
  });
};

/** Bytes for each object, as many as it says. */
const withBytes = (objects: readonly StoredObject[], kept: Kept) =>
  objects.map(({ digest: _, sizeBytes, ...object }, at) => {
    const bytes = new Uint8Array(Math.min(sizeBytes, 300)).fill(at + 1);
    keep(kept, bytes);
    return { ...object, sizeBytes: bytes.length, bytes };
  });

const brought = (letter: Letter, objects: readonly StoredObject[], kept: Kept) => {
  if (objects.length === 0) return [];
  const { sender, receiver, authorised } = letter;
  const made = printAttachments(
    {
      ...{ letterId: "BILAG1", authorised, statisticalCode: "XBIN01", sender, receiver },
      about: { kind: "system" },
      objects: withBytes(objects, kept),
    },
    envelope,
  );
  const { attachments } = read(made.bytes, kept);
  if (attachments === undefined) throw new Error("no attachments");
  return attachments.objects;
};

describe("a letter through both standards' bytes is what the conversion says of it", () => {
  it("as XDIS91 with its XBIN01", patience, () => {
    fc.assert(
      fc.property(lettersWithObjects, ({ letter, objects }) => {
        const kept: Kept = new Map();
        const came = brought(letter, objects, kept);
        const printed = printLetter(letter, envelope);
        const { letter: said } = read(printed.bytes, kept);
        if (said === undefined) throw new Error("no letter");
        const { message } = converted({ kind: "correspondence", letter: said, objects: came, envelope });
        for (const one of throughFhir(message, kept)) expect(one).toEqual(message);
        if (printed.losses.length > 0) return;
        const direct = converted({ kind: "correspondence", letter, objects: came, envelope });
        expect(message).toEqual(direct.message);
      }),
      runs,
    );
  });

  it("as XDIS20 and XDIS17", patience, () => {
    fc.assert(
      fc.property(anyNotice, (notice) => {
        const printed = printClinicalLetter(notice, envelope);
        const { notice: said } = read(printed.bytes, new Map());
        if (said === undefined) throw new Error("no notice");
        const admission: StayNotice = {
          ...notice,
          ...{ type: "XDIS20", version: "XD2030C", letterId: "FOER", status: "new" },
          patient: { cpr: notice.patient.cpr, status: "indlagt" },
        };
        const { message } = converted({ kind: "clinical", letter: said, envelope, admission });
        for (const one of throughFhir(message, new Map())) expect(one).toEqual(message);
        if (printed.losses.length === 0)
          expect(message).toEqual(
            converted({ kind: "clinical", letter: notice, envelope, admission }).message,
          );
      }),
      runs,
    );
  });
});

const bytesOf = (made: MadeLetter, kept: Kept): Uint8Array => {
  if (made.kind === "clinical") return printClinicalLetter(made.letter, made.envelope).bytes;
  if (made.kind === "correspondence") return printLetter(made.letter, made.envelope).bytes;
  const objects = made.letter.objects.map(({ digest, ...object }) => ({
    ...object,
    bytes: kept.get(digest) ?? new Uint8Array(),
  }));
  return printAttachments({ ...made.letter, objects }, made.envelope).bytes;
};

/** A message that went as XDIS91 and XBIN01, and what was said to be lost. */
const thereAndBack = (message: CareCommunication, kept: Kept) => {
  const made = messageToLetters(message, converting);
  if (!made.ok) throw new Error(JSON.stringify(made.problems));
  const parts = made.made.map((one) => read(bytesOf(one, kept), kept));
  const letter = parts.find((part) => part.letter !== undefined)?.letter;
  const objects = parts.flatMap(({ attachments }) => attachments?.objects ?? []);
  if (letter === undefined) throw new Error("no letter");
  const back = converted({ kind: "correspondence", letter, objects, envelope });
  return { back: back.message as CareCommunication, there: made.losses, again: back.losses };
};

/** What a conversion to FHIR fills in where a letter says nothing: who wrote it, and a telephone (mapping sheet). */
const filled = (place: string, { payloads }: CareCommunication): boolean => {
  const [, at = "none", field] = /^payloads\.(\d+)\.(\w+)/.exec(place) ?? [];
  const payload = payloads[Number(at)];
  if (payload?.kind !== "text") return false;
  if (field === "contact") return !/\d/.test(payload.contact?.value ?? "");
  const { role, surname, givenNames } = payload.author;
  return field === "author" && JSON.stringify([role, surname, givenNames]) === "[null,null,[]]";
};

describe("a CareCommunication that goes as letters and comes back", () => {
  const anyKept = anyCareCommunication.map(({ message, contents }) => {
    const kept: Kept = new Map();
    const digests = new Map([...contents].map(([id, bytes]) => [id, keep(kept, bytes)] as const));
    return { message: withKept(message, digests), kept };
  });

  it("differs in nothing but what was said to be lost", patience, () => {
    fc.assert(
      fc.property(anyKept, ({ message, kept }) => {
        const { back, there } = thereAndBack(message, kept);
        const untold = leavesThatDiffer(message, back).filter(
          (place) => !there.some(({ paths }) => touches(paths, place)) && !filled(place, message),
        );
        expect(untold).toEqual([]);
      }),
      runs,
    );
  });

  it("has lost everything that was said to be lost", patience, () => {
    fc.assert(
      fc.property(anyKept, ({ message, kept }) => {
        const { back, there } = thereAndBack(message, kept);
        const places = leavesThatDiffer(message, back);
        // What stands in a part that is not there any more is lost with it.
        const isLost = ({ paths }: ToldLoss): boolean =>
          places.some((place) => touches(paths, place)) ||
          (places.includes("payloads") && paths.some((path) => path.startsWith("payloads")));
        expect(there.filter((loss) => !isLost(loss)).map(({ code }) => code)).toEqual([]);
      }),
      runs,
    );
  });
});
