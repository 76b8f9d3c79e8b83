import fc from "fast-check";
import { oioxmlSpecialities } from "../../contracts/codes/oioxml-specialities.ts";
import type { FormattedRun, FormattedText } from "../../contracts/formatted-text.ts";
import { birthDateOfCpr, IdentifierCode } from "../../contracts/identifiers.ts";
import { type Letter, ObjectCode, type Reference } from "../../contracts/letter.ts";
import { EpisodeOfCareStatus, type Party, type Patient } from "../../contracts/party.ts";
import type { UnstoredAttachmentLetter } from "../../gateways/oioxml/codec/binary-letter.ts";
import type { ReceiptContent } from "../../gateways/oioxml/codec/receipt.ts";
import { refuseCodes } from "../../gateways/oioxml/codec/tables/receipts-2005.ts";
import { objectExtensions } from "../../gateways/oioxml/codec/tables/shared.ts";

const oneOf = (characters: string): fc.Arbitrary<string> => fc.constantFrom(...Array.from(characters));

/** What XML 1.0 can carry, weighted towards what breaks codecs: markup, blanks, and characters outside Latin-1. */
const character = fc.oneof(
  { weight: 6, arbitrary: oneOf("abcæøåÆØÅ ,.-0123456789") },
  { weight: 2, arbitrary: oneOf("<>&\"']]>\t\n\r \u00a0") },
  { weight: 1, arbitrary: oneOf("€–“”≥µŁ漢\u0085\u0080\u009f\u2028\ufeff\ufffd😀𝄞") },
  {
    weight: 1,
    arbitrary: fc
      .integer({ min: 0x20, max: 0x10ffff })
      .filter((code) => (code < 0xd800 || code > 0xdfff) && code !== 0xfffe && code !== 0xffff)
      .map((code) => String.fromCodePoint(code)),
  },
);
/** Contracts count UTF-16 units, so a text is as long as they allow and no longer. */
export const anyText = (max: number): fc.Arbitrary<string> =>
  fc.string({ unit: character, minLength: 1, maxLength: Math.min(max, 12) }).filter((t) => t.length <= max);

const maybe = <T>(key: string, value: fc.Arbitrary<T>): fc.Arbitrary<Record<string, T>> =>
  fc.oneof(
    fc.constant({}),
    value.map((v) => ({ [key]: v })),
  );
const all = (...parts: fc.Arbitrary<object>[]): fc.Arbitrary<object> =>
  fc.tuple(...parts).map((values) => Object.assign({}, ...values) as object);

export const localTime: fc.Arbitrary<string> = fc
  .date({ min: new Date("1990-01-01T00:00:00Z"), max: new Date("2039-12-31T23:59:00Z"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 16));

export const cpr: fc.Arbitrary<string> = fc
  .tuple(
    fc.integer({ min: 1, max: 31 }),
    fc.integer({ min: 1, max: 12 }),
    fc.integer({ min: 0, max: 999999 }),
  )
  .map(
    ([d, m, rest]) =>
      `${String(d).padStart(2, "0")}${String(m).padStart(2, "0")}${String(rest).padStart(6, "0")}`,
  )
  .filter((text) => birthDateOfCpr(text) !== undefined);
export const alternativeId = fc.string({
  unit: oneOf("0123456789ABCXYZ"),
  minLength: 10,
  maxLength: 10,
});
const citizenNumber = fc.oneof(
  cpr.map((value) => ({ cpr: value })),
  alternativeId.map((value) => ({ alternativeId: value })),
);

const party = (codes: readonly string[], sender: boolean): fc.Arbitrary<Party> =>
  all(
    fc.record({
      gln: anyText(35),
      identifier: fc.record({ code: fc.constantFrom(...codes), value: anyText(17) }),
    }),
    sender ? anyText(35).map((organisation) => ({ organisation })) : maybe("organisation", anyText(35)),
    maybe("department", anyText(35)),
    maybe("unit", anyText(35)),
    maybe("street", anyText(35)),
    maybe("suburb", anyText(35)),
    maybe("district", anyText(35)),
    maybe("postCode", anyText(9)),
    sender ? maybe("phone", anyText(25)) : fc.constant({}),
    sender ? maybe("speciality", fc.constantFrom(...oioxmlSpecialities)) : fc.constant({}),
  ) as fc.Arbitrary<Party>;

const patient = all(
  citizenNumber,
  fc.record({ surname: anyText(70), episodeOfCareStatus: fc.constantFrom(...EpisodeOfCareStatus.options) }),
  maybe("givenName", anyText(70)),
  maybe("street", anyText(35)),
  maybe("suburb", anyText(35)),
  maybe("district", anyText(35)),
  maybe("postCode", anyText(9)),
  maybe("occupation", anyText(35)),
) as fc.Arbitrary<Patient>;

/** One string where two would touch: XML cannot tell them apart. */
const joined = (runs: FormattedText): FormattedText => {
  const done: FormattedText = [];
  for (const run of runs) {
    const last = done.at(-1);
    if (typeof run === "string" && typeof last === "string") done[done.length - 1] = last + run;
    else done.push(run);
  }
  return done;
};

const runText = anyText(12);
const empty: fc.Arbitrary<FormattedRun> = fc.constantFrom({ el: "Break" as const }, { el: "Space" as const });
export const breakable: fc.Arbitrary<FormattedText> = fc
  .array(fc.oneof(runText, empty), { maxLength: 5 })
  .map(joined);
const simpleStyle: fc.Arbitrary<FormattedRun> = fc.record({
  el: fc.constantFrom("Bold", "Italic", "Underline", "Center", "Right"),
  runs: breakable,
});
const fixedFont: fc.Arbitrary<FormattedRun> = fc.record({
  el: fc.constant("FixedFont" as const),
  runs: fc.array(fc.oneof(runText, empty, simpleStyle), { maxLength: 4 }).map(joined),
});
export const formattedText: fc.Arbitrary<FormattedText> = fc
  .array(fc.oneof(runText, empty, simpleStyle, fixedFont), { maxLength: 8 })
  .map(joined);

const reference: fc.Arbitrary<Reference> = fc.record({
  description: anyText(70),
  target: fc.oneof(
    fc.record({ kind: fc.constant("url" as const), url: anyText(350) }),
    fc.record({ kind: fc.constant("sup" as const) }),
    fc.record({
      kind: fc.constant("bin" as const),
      objectId: anyText(35),
      code: fc.constantFrom(...ObjectCode.options),
      extension: fc.constantFrom(...objectExtensions),
      sizeBytes: fc.integer({ min: 1, max: 2 ** 40 }),
    }),
  ),
});

export const letter = all(
  fc.record({
    letterId: anyText(14),
    status: fc.constantFrom("new", "corrected"),
    authorised: localTime,
    statisticalCode: anyText(8),
    sender: party(IdentifierCode.options, true),
    receiver: party(IdentifierCode.options, false),
    patient,
    texts: fc.array(formattedText, { maxLength: 3 }),
    references: fc.array(reference, { maxLength: 3 }),
  }),
  maybe("episodeOfCareId", anyText(35)),
  maybe("priority", fc.constantFrom("routine", "high")),
  maybe("subject", anyText(70)),
) as fc.Arbitrary<Letter>;

const withoutCounty = IdentifierCode.options.filter((code) => code !== "amt");
const about = fc.oneof(
  all(
    citizenNumber,
    fc.record({ kind: fc.constant("patient" as const), surname: anyText(70) }),
    maybe("givenName", anyText(70)),
  ),
  fc.constant({ kind: "system" as const }),
  fc.record({ kind: fc.constant("contents" as const), contents: anyText(70) }),
) as fc.Arbitrary<UnstoredAttachmentLetter["about"]>;

export const attachmentLetter: fc.Arbitrary<UnstoredAttachmentLetter> = fc.record({
  letterId: anyText(14),
  authorised: localTime,
  statisticalCode: anyText(8),
  sender: party(withoutCounty, true),
  receiver: party(withoutCounty, false),
  about,
  objects: fc.array(
    fc
      .record({
        objectId: fc.string({ unit: oneOf("0123456789abcdef"), minLength: 32, maxLength: 32 }),
        code: fc.constantFrom(...ObjectCode.options),
        extension: fc.constantFrom(...objectExtensions, "plo", "fnx"),
        bytes: fc.uint8Array({ minLength: 1, maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
      })
      .map((object) => ({ ...object, sizeBytes: object.bytes.length })),
    { minLength: 1, maxLength: 3 },
  ),
});

const refusal = all(maybe("refuseCode", fc.constantFrom(...refuseCodes)), maybe("refuseText", breakable));
const named = fc.record({ letterId: anyText(14), version: anyText(7) });
const parties = fc.record({
  letterId: anyText(14),
  senderGln: anyText(35),
  receiverGln: anyText(35),
  originalEnvelopeId: anyText(14),
  originalSenderGln: anyText(35),
  originalReceiverGln: anyText(35),
});
export const receipt = fc.oneof(
  all(
    parties,
    fc.record({
      outcome: fc.constant("positive"),
      vansLevel: fc.constant(false),
      originalLetters: fc.array(named, { maxLength: 3 }),
    }),
  ),
  all(
    parties,
    refusal,
    fc.record({
      outcome: fc.constant("negative"),
      vansLevel: fc.boolean(),
      originalLetters: fc.array(all(named, refusal), { maxLength: 3 }),
    }),
  ),
) as fc.Arbitrary<ReceiptContent>;

/** What a JSON sender may write and the version may not hold: styles in styles, long names, characters XML forbids. */
export const untidyText = fc.string({
  unit: fc.oneof(character, oneOf("\u0000\u000b\ufffe"), fc.constant("\ud800")),
  maxLength: 60,
});
export const { untidyRuns } = fc.letrec<{ untidyRuns: FormattedText }>((tie) => ({
  untidyRuns: fc.array(
    fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      untidyText,
      empty,
      fc.record({
        el: fc.constantFrom("Bold" as const, "Italic" as const, "FixedFont" as const, "Right" as const),
        runs: tie("untidyRuns"),
      }),
    ),
    { maxLength: 4 },
  ),
}));
export const untidyLetter: fc.Arbitrary<Letter> = fc
  .record({
    letter,
    runs: untidyRuns,
    name: untidyText,
    phone: untidyText,
    many: fc.integer({ min: 0, max: 12 }),
  })
  .map(({ letter: tidy, runs, name, phone, many }) => ({
    ...tidy,
    subject: name,
    sender: { ...tidy.sender, organisation: name, department: name },
    receiver: { ...tidy.receiver, organisation: name, phone },
    texts: Array.from({ length: many }, () => runs),
  }));
