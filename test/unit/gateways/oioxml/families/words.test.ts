import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { localTimeOf } from "../../../../../contracts/danish-time.ts";
import { toPlainText } from "../../../../../contracts/formatted-text.ts";
import { Letter } from "../../../../../contracts/letter.ts";
import { AdviceFact } from "../../../../../contracts/messages/advice.ts";
import { BookingFact } from "../../../../../contracts/messages/booking.ts";
import { DischargeFact } from "../../../../../contracts/messages/discharge-facts.ts";
import { ObservationFact } from "../../../../../contracts/messages/observation-facts.ts";
import { ReferralFact } from "../../../../../contracts/messages/referral-facts.ts";
import type { CaseRecord } from "../../../../../contracts/record.ts";
import { tellInWords } from "../../../../../gateways/families/in-words.ts";
import { partyOf, receiverPartyOf } from "../../../../../services/case/directory-view.ts";
import { leavesOf } from "../../../../support/leaves.ts";
import { complaintsOf } from "../../../../support/letter-cases.ts";
import { oio } from "../../../../support/oioxml-region.ts";
import { printLetter } from "../../../../support/printing.ts";
import { organisation } from "../../../../support/region-view.ts";
import { codesIn, marker, sampleOf } from "../../../../support/zod-samples.ts";

type Fact = { readonly type: string };
const families: Readonly<Record<string, z.ZodType>> = {
  advice: AdviceFact,
  booking: BookingFact,
  discharge: DischargeFact,
  observation: ObservationFact,
  referral: ReferralFact,
};
const patient = { cpr: "0107560106", surname: "Prøvesen", givenName: "Åse" };
const parties = {
  from: partyOf(organisation(oio.department)),
  to: receiverPartyOf(organisation(oio.municipality)),
};

/** What a fact is told as: of a case whose citizen an earlier record names, with something awaited of the receiver. */
const told = (family: string, fact: Fact, due?: string): Letter => {
  const caseId = "0b6f5a52-6e1c-5a44-9d0e-2f4c8f6a7b10";
  const card = { awaits: due === undefined ? [] : [{ who: oio.municipality, act: "act", due }] };
  const meta = { no: 2, at: "2026-11-23T09:15:00.000Z", card };
  const named = { caseId, meta: { no: 1 }, facts: [{ type: "Named", patient }], deliveries: [] };
  const record = { family, caseId, meta, facts: [fact], deliveries: [] } as unknown as CaseRecord;
  return tellInWords({
    documentType: "XDIS91",
    deliveryId: `${caseId}.2.0`,
    fact,
    record,
    records: [named as unknown as CaseRecord, record],
    parties,
    localTime: localTimeOf,
  });
};

type Option = z.ZodType & { shape: { type: { value: string }; letter?: unknown } };
/** Facts that hold a letter are told by that letter, in its own words; one holds what a letter said. */
const isTold = ({ shape }: Option): boolean =>
  shape.letter === undefined || shape.type.value === "ReferralLetterReceived";
const optionsOf = (schema: z.ZodType): Option[] =>
  (schema._zod.def as unknown as { options: Option[] }).options.filter(isTold);

/** Every fact of a family, with nothing and with everything that it may say, each choice of it in turn. */
const factsOf = (schema: z.ZodType): Fact[] =>
  optionsOf(schema).flatMap((option) =>
    [false, true].flatMap((full) =>
      [0, 1, 2, 3, 4, 5, 6, 7].flatMap((turn) => {
        const made = option.safeParse(sampleOf(option, { full, turn, key: "" }));
        return made.success ? [made.data as Fact] : [];
      }),
    ),
  );

/** Ids, addresses and roles: who is told by whom, about whom and in which case stands at the head of a letter. */
const administrative =
  /(^|\.)((\w*[iI]d|gln|by|to|from|sender|receiver|booker|hospital|unit|visitation|municipality|practice|region|department|speciality|corrects|cancels|refusal|relatesTo\.\d+|scheme|parameter|tier)$|patient\.|sender\.|receiver\.|question\.|attachments\.)/;

/**
 * What is left out on purpose: facts that are a visitation's own affair or start a clock, and are told to nobody; the codes
 * and working of a score, of which its result is told; who the identifier of a named party is, beside its name.
 */
const unsaid =
  /^(booking (Slot|Place(Held|Taken|Refused|Freed))|\w+ \w+ (warnings|score|trend|basis)\.|\w+ \w+ (team|municipalityCode|doctor|movedFrom|delegation|rules)$|discharge AdmissionReportNotNeeded|observation AdjustmentOrdered adjustment\.limits|.*identifier\.value$|.*closing\.(specialityName|referral\.)|.*\.references\.|referral NoShowFollowedUp how|observation \w+ results\.0\.(codes\.0|unit|interpretation)\.(system|code)$)/;

/** Danish words that are codes of a contract too, beside SKS codes of the free choice of hospital. */
const danish = new Set([
  "mobil",
  "elektiv",
  "ingen",
  "social",
  "liggende",
  "hjemmet",
  "sundhedspleje",
  "siddende",
  "arbejde",
  "fastnet",
  "ambulant",
  "advice",
  "plan",
  "indlagt",
  "terminal",
  "indkaldt",
  "hospital",
  "akut",
  "subakut",
  "rutine",
  "video",
  "mor",
  "far",
  "barn",
  "type",
]);

const textOf = ({ subject, texts }: Letter): string => [subject ?? "", ...texts.map(toPlainText)].join("\n");

const cases = Object.entries(families).flatMap(([family, schema]) => {
  const facts = factsOf(schema);
  const codes = new Set(codesIn(schema).filter((code) => !danish.has(code)));
  return [...new Set(facts.map(({ type }) => type))].map((type) => ({
    family,
    type,
    facts: facts.filter(
      (fact) => fact.type === type && !("letter" in fact && type !== "ReferralLetterReceived"),
    ),
    codes,
  }));
});

describe("facts in words", () => {
  it("have examples of every type of every family", () => {
    for (const [family, schema] of Object.entries(families)) {
      const missing = optionsOf(schema)
        .map(({ shape }) => shape.type.value)
        .filter((type) => !cases.some((one) => one.family === family && one.type === type));
      expect([family, missing]).toEqual([family, []]);
    }
  });

  it.each(cases)(
    "$family $type has a subject that fits, and a text in Danish",
    ({ family, facts, codes }) => {
      for (const fact of facts) {
        const letter = told(family, fact);
        const text = textOf(letter);
        expect(letter.subject?.length).toBeGreaterThan(0);
        expect(letter.subject?.length).toBeLessThanOrEqual(70);
        expect(toPlainText(letter.texts[0] ?? []).trim().length).toBeGreaterThan(0);
        expect(text).not.toMatch(/undefined|\bnull\b|NaN|\[object|\d{4}-\d\d-\d\d|\d{13}/);
        const words = text.split(/[^\p{L}\d-]+/u);
        expect(words.filter((word) => codes.has(word) && !/^ALDB\d\d$/.test(word))).toEqual([]);
        expect(Letter.safeParse(letter).error).toBeUndefined();
      }
    },
  );

  it.each(cases)(
    "$family $type is correspondence that MedCom's schema takes, without losses",
    ({ family, facts }) => {
      for (const fact of [facts[0], facts.at(-1)]) {
        if (fact === undefined) continue;
        const envelope = { envelopeId: "KUV1", sent: "2026-11-23T10:15", wantsPositiveReceipt: true };
        const { bytes, losses } = printLetter(told(family, fact), envelope);
        expect([losses, complaintsOf(bytes)]).toEqual([[], []]);
      }
    },
  );

  it("leave out nothing that a person wrote", () => {
    const left = cases.flatMap(({ family, type, facts }) => {
      const fact = facts.at(-1) ?? { type };
      const text = textOf(told(family, fact));
      return leavesOf(fact)
        .filter(({ value }) => typeof value === "string" && value.startsWith(marker) && !text.includes(value))
        .filter(({ path }) => !administrative.test(path))
        .map(({ path }) => `${family} ${type} ${path}`)
        .filter((left) => !unsaid.test(left));
    });
    expect(left).toEqual([]);
  });

  it("begin with what is expected of the receiver, and by when", () => {
    const [fact] = factsOf(DischargeFact);
    const letter = told("discharge", fact ?? { type: "None" }, "2026-11-24T15:00:00.000Z");
    expect(textOf(letter).split("\n")[1]).toBe("Svar ventes senest 24. november 2026 kl. 16.00.");
  });
});
