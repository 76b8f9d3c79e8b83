import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Agreement, AgreementEntry } from "../../../contracts/agreement.ts";
import {
  type AgreementQuestion,
  agreementFor,
  bindingAgreements,
} from "../../../contracts/agreement-choice.ts";
import { measures } from "../../../contracts/codes/agreement-words.ts";
import { builtInSet } from "../../../contracts/codes/agreements.ts";
import { adviceSets, practice, question, unit } from "../../support/agreement-arbitraries.ts";
import { likeAgreement } from "../../support/agreement-sets.ts";

const named = (name: string, change: Partial<Agreement> = {}): Agreement =>
  likeAgreement("ADVICE-MSG", { id: name === "" ? "ADVICE-MSG" : `ADVICE-MSG-${name}`, ...change });
const chosen = (entries: readonly AgreementEntry[], asked = question) =>
  agreementFor(entries, "ADVICE-MSG", asked);
const id = (entries: readonly AgreementEntry[], asked = question) => chosen(entries, asked).agreement?.id;

/** One agreement for each measure, that names it and nothing else, the weightiest first. */
const anything = { family: "any" } as const;
const byMeasure: Readonly<Record<(typeof measures)[number], Agreement>> = {
  tier: named("TIER", { appliesTo: { ...anything, tiers: ["a"] }, parties: {} }),
  priority: named("PRIORITY", { appliesTo: { ...anything, priorities: ["high"] }, parties: {} }),
  debtor: named("DEBTOR", { appliesTo: anything, parties: { debtor: { organisations: [unit.gln] } } }),
  creditor: named("CREDITOR", {
    appliesTo: anything,
    parties: { creditor: { organisations: [practice.gln] } },
  }),
  debtorMunicipality: named("DM", { appliesTo: anything, parties: { debtor: { municipalities: ["0890"] } } }),
  creditorMunicipality: named("CM", {
    appliesTo: anything,
    parties: { creditor: { municipalities: ["0101"] } },
  }),
  speciality: named("SPECIALITY", { appliesTo: { ...anything, specialities: ["kardiologi"] }, parties: {} }),
  kind: named("KIND", { appliesTo: { ...anything, kinds: ["specialist"] }, parties: {} }),
  debtorKind: named("DK", { appliesTo: anything, parties: { debtor: { kinds: ["department"] } } }),
  creditorKind: named("CK", { appliesTo: anything, parties: { creditor: { kinds: ["practice"] } } }),
  family: named("FAMILY", { appliesTo: { family: "advice" }, parties: {} }),
};
const any = named("", { appliesTo: anything, parties: {} });

describe("the most specific agreement", () => {
  it("is the one that names the weightiest measure", () => {
    const all = measures.map((measure) => byMeasure[measure]);
    all.forEach((entry, i) => {
      const { agreement, why } = chosen([...all.slice(i), any].toReversed());
      expect(agreement).toBe(entry);
      for (const lost of why.filter(({ binds }) => !binds))
        expect(lost).toMatchObject({ code: "less-specific", measure: measures[i] });
    });
  });

  it("does not fit another matter or party, and says in what", () => {
    const other: AgreementQuestion = {
      matter: { family: "referral", kind: "imaging", speciality: "x", priority: "x", tier: "x" },
      parties: {
        debtor: { gln: "1", kind: "region", wholes: [], municipality: "0001" },
        creditor: { gln: "2", kind: "region", wholes: [], municipality: "0001" },
      },
      date: question.date,
    };
    for (const measure of measures)
      expect(chosen([byMeasure[measure]], other).why).toMatchObject([
        { binds: false, code: "differs", measure },
      ]);
  });

  it("is that of the nearest: the unit before its hospital before its region", () => {
    const of = (name: string, gln: string) => named(name, { parties: { debtor: { organisations: [gln] } } });
    const [own, hospital, region] = [
      of("OWN", unit.gln),
      of("HOSPITAL", unit.wholes[0]),
      of("REGION", unit.wholes[1]),
    ];
    expect(id([region, hospital, own])).toBe("ADVICE-MSG-OWN");
    expect(id([region, hospital])).toBe("ADVICE-MSG-HOSPITAL");
    expect(id([region, any])).toBe("ADVICE-MSG-REGION");
  });

  it("of a general one about what is acute and a hospital's own about anything is the one about what is acute", () => {
    expect(id([byMeasure.debtor, byMeasure.tier])).toBe("ADVICE-MSG-TIER");
  });

  it("begins on its first day and ends after its last", () => {
    const dated = named("", { validFrom: "2026-03-01", validTo: "2026-04-30" });
    const on = (date: string) => chosen([dated], { ...question, date }).why[0]?.code;
    expect(["2026-02-28", "2026-03-01", "2026-04-30", "2026-05-01"].map(on)).toEqual([
      "begins-later",
      "binds",
      "binds",
      "ended",
    ]);
  });

  it("is its newest version that has begun, and an older one never comes back", () => {
    const first = named("");
    const second = named("", { version: 2, validFrom: "2026-06-01", validTo: "2026-06-30" });
    const on = (date: string) => chosen([second, first], { ...question, date }).why.map(({ code }) => code);
    expect(on("2026-05-31")).toEqual(["binds", "begins-later"]);
    expect(on("2026-06-01")).toEqual(["replaced", "binds"]);
    expect(on("2026-07-01")).toEqual(["replaced", "ended"]);
  });

  it("begins with what has just happened", () => {
    const later = named("LATER", {
      startsOn: ["LetterAdded"],
      parties: { debtor: { organisations: [unit.gln] } },
    });
    expect(id([named(""), later], { ...question, facts: ["AdviceAsked"] })).toBe("ADVICE-MSG");
    expect(id([named(""), later])).toBe("ADVICE-MSG-LATER");
  });

  it("is told in both languages, with the one that went first", () => {
    const { why } = chosen([any, byMeasure.debtor]);
    expect(why.map(({ id: one, da, en }) => [one, da, en])).toEqual([
      [
        "ADVICE-MSG",
        "ADVICE-MSG-DEBTOR er mere præcis: hvem der skylder svaret.",
        "ADVICE-MSG-DEBTOR is more specific: who owes the answer.",
      ],
      [
        "ADVICE-MSG-DEBTOR",
        "Den gælder: ingen anden aftale er mere præcis.",
        "It binds: no other agreement is more specific.",
      ],
    ]);
  });
});

describe("the choice", () => {
  it("does not depend on the order of the files", () => {
    fc.assert(
      fc.property(
        adviceSets.chain((set) =>
          fc.tuple(fc.constant(set), fc.shuffledSubarray(set, { minLength: set.length })),
        ),
        ([set, shuffled]) => {
          expect(chosen(shuffled)).toEqual(chosen(set));
          expect(bindingAgreements(shuffled, question)).toEqual(bindingAgreements(set, question));
        },
      ),
    );
  });

  it("is one, the one that is said to bind, and everything else is said not to", () => {
    fc.assert(
      fc.property(adviceSets, (set) => {
        const { agreement, why } = chosen(set);
        expect(why).toHaveLength(set.length);
        const binding = why.filter(({ binds }) => binds);
        expect(binding.map(({ id: one, version }) => [one, version])).toEqual(
          agreement === undefined ? [] : [[agreement.id, agreement.version]],
        );
        expect(bindingAgreements(set, question)).toEqual(agreement === undefined ? [] : [agreement]);
      }),
    );
  });

  it("gives each promise of the built-in set no more than one agreement", () => {
    const found = bindingAgreements(builtInSet.agreements, question).map(({ promise }) => promise);
    expect(new Set(found).size).toBe(found.length);
  });
});
