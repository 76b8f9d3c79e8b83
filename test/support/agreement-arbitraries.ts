import fc from "fast-check";
import type { Agreement } from "../../contracts/agreement.ts";
import type { AgreementQuestion } from "../../contracts/agreement-choice.ts";
import { likeAgreement } from "./agreement-sets.ts";

export const unit = {
  gln: "5790000000001",
  kind: "department",
  wholes: ["5790000000002", "5790000000003"],
  municipality: "0890",
} as const;
export const practice = { gln: "5790000000009", kind: "practice", wholes: [], municipality: "0101" } as const;
/** A question that every agreement of `adviceSets` fits which is in force. */
export const question: AgreementQuestion = {
  matter: { family: "advice", kind: "specialist", speciality: "kardiologi", priority: "high", tier: "a" },
  parties: { debtor: unit, creditor: practice },
  date: "2026-11-23",
};

/** Mostly nothing: two agreements that nothing tells apart are then no rarity. */
const maybe = <T>(value: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });
const some = (...words: string[]) => maybe(fc.subarray(words, { minLength: 1 }));
const without = (value: object): object =>
  Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined));
const party = (glns: string[]) =>
  fc.record({
    organisations: some(...glns),
    municipalities: some("0890", "0101"),
    kinds: some("department", "practice"),
  });
const month = fc.integer({ min: 1, max: 12 }).map((number) => String(number).padStart(2, "0"));

const anyAgreement = fc
  .record({
    name: fc.constantFrom("", "-A", "-B", "-C", "-D"),
    version: fc.integer({ min: 1, max: 3 }),
    from: month,
    to: maybe(month),
    matter: fc.record({
      tiers: some("a", "b"),
      priorities: some("high"),
      specialities: some("kardiologi"),
      kinds: some("specialist"),
    }),
    debtor: party([unit.gln, ...unit.wholes]),
    creditor: party([practice.gln]),
  })
  .map(({ name, version, from, to, matter, debtor, creditor }) =>
    likeAgreement("ADVICE-MSG", {
      id: `ADVICE-MSG${name}`,
      version,
      validFrom: `2026-${from}-01`,
      ...(to === undefined ? {} : { validTo: `2026-${to}-28` }),
      appliesTo: { family: "advice", ...without(matter) },
      parties: { debtor: without(debtor), creditor: without(creditor) },
    }),
  );
const isSame = (a: Agreement, b: Agreement) => a.id === b.id && a.version === b.version;

/** Agreements on one promise, each version once. */
export const adviceSets = fc.uniqueArray(anyAgreement, { maxLength: 8, comparator: isSame });

/** The question, on any day of the year, about anything, of anybody. */
export const adviceQuestions: fc.Arbitrary<AgreementQuestion> = fc
  .record({ month, tier: fc.constantFrom("a", "b"), debtor: fc.constantFrom(unit, practice) })
  .map(({ month: of, tier, debtor }) => ({
    matter: { ...question.matter, tier },
    parties: { debtor, creditor: practice },
    date: `2026-${of}-15`,
  }));
