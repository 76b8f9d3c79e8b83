/**
 * By what one agreement is more specific than another, what weighs most first. The first of these in which two agreements
 * differ decides: the one that names it, or of two organisations the one nearer to the party. How urgent a matter is comes
 * before who the parties are, so that no general agreement with one hospital can loosen what is promised about what is acute.
 */
export const measures = [
  "tier",
  "priority",
  "debtor",
  "creditor",
  "debtorMunicipality",
  "creditorMunicipality",
  "speciality",
  "kind",
  "debtorKind",
  "creditorKind",
  "family",
] as const;
export type Measure = (typeof measures)[number];

/**
 * Why an agreement does not bind. `begins-later`, `ended`: not in force on that date; `replaced`: a newer version counts;
 * `other-fact`: it begins with something else that happens in the case;
 * `differs`: the matter or a party is another than it names; `less-specific`: another one names more; `as-specific`: nothing
 * tells it from another one, which a set may not have.
 */
export type Losing = { code: PlainReason } | { code: "differs" | "less-specific"; measure: Measure };

type PlainReason = "begins-later" | "replaced" | "ended" | "other-fact" | "as-specific";
type Words = { da: string; en: string };

const names: Readonly<Record<Measure, Words>> = {
  tier: { da: "trin", en: "tier" },
  priority: { da: "prioritet", en: "priority" },
  debtor: { da: "hvem der skylder svaret", en: "who owes the answer" },
  creditor: { da: "hvem der venter på svaret", en: "who waits for the answer" },
  debtorMunicipality: {
    da: "kommunen for den, der skylder svaret",
    en: "the municipality of who owes the answer",
  },
  creditorMunicipality: {
    da: "kommunen for den, der venter på svaret",
    en: "the municipality of who waits for the answer",
  },
  speciality: { da: "speciale", en: "speciality" },
  kind: { da: "slags sag", en: "kind of matter" },
  debtorKind: {
    da: "hvilken slags organisation der skylder svaret",
    en: "which kind of organisation owes the answer",
  },
  creditorKind: {
    da: "hvilken slags organisation der venter på svaret",
    en: "which kind of organisation waits for the answer",
  },
  family: { da: "forløb", en: "family" },
};

const plain: Readonly<Record<PlainReason, Words>> = {
  "begins-later": {
    da: "Den er ikke trådt i kraft på den dato.",
    en: "It is not yet in force on that date.",
  },
  replaced: { da: "En nyere version af den gælder.", en: "A newer version of it counts." },
  ended: { da: "Den er ophørt på den dato.", en: "It has ended by that date." },
  "other-fact": {
    da: "Den begynder ved en anden hændelse i forløbet.",
    en: "It begins with another fact of the case.",
  },
  "as-specific": {
    da: "Den er lige så præcis som den, der gælder: aftalerne skal kunne skelnes.",
    en: "It is as specific as the one that binds: the two must be told apart.",
  },
};

/** Why an agreement does not bind, in words. `than`: the one that does. */
export const wordsOfLosing = (losing: Losing, than: string): Words => {
  if (!("measure" in losing)) return plain[losing.code];
  const { da, en } = names[losing.measure];
  return losing.code === "differs"
    ? {
        da: `Den gælder noget andet end det, der spørges om: ${da}.`,
        en: `It is about another matter: ${en}.`,
      }
    : { da: `${than} er mere præcis: ${da}.`, en: `${than} is more specific: ${en}.` };
};
