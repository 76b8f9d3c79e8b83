import type { Both } from "../../words/both.ts";

type Words = Record<
  | "title"
  | "lead"
  | "label"
  | "hint"
  | "find"
  | "none"
  | "noneText"
  | "found"
  | "years"
  | "changed"
  | "cases"
  | "unknown",
  string
>;

export const citizensWords: Both<Words> = {
  da: {
    title: "Borgere",
    lead: "Find en borgers sager hos jer, eller en sag eller besked ved dens id.",
    label: "CPR, sags-id eller besked-id",
    hint: "Fx 010203-1234. Nummeret gemmes ikke og står ikke i adressen.",
    find: "Find",
    none: "Intet fundet",
    noneText: "Her er ingen sager, som I er part i. Se efter, om nummeret er skrevet rigtigt.",
    found: "sager",
    years: "år",
    changed: "Ændret",
    cases: "Fundne sager",
    unknown: "Uden borger",
  },
  en: {
    title: "Citizens",
    lead: "Find a citizen's cases with you, or a case or a message by its id.",
    label: "CPR, case id or message id",
    hint: "E.g. 010203-1234. The number is not kept, and stays out of the address.",
    find: "Find",
    none: "Nothing found",
    noneText: "There are no cases that you are a party to. See whether the number is written right.",
    found: "cases",
    years: "years",
    changed: "Changed",
    cases: "Cases found",
    unknown: "No citizen",
  },
};
