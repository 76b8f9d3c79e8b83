import type { AuditEntry, CitizenLook } from "../messages/audit.ts";
import { legalBases } from "./law.ts";

/** What was looked at, in words for the citizen. */
const whats: Readonly<Record<string, { da: string; en: string }>> = {
  case: { da: "En sag om dig", en: "A case about you" },
  attachment: { da: "Et bilag", en: "An attachment" },
  clock: { da: "En svarfrist i en sag", en: "A time limit of a case" },
  names: { da: "Dit navn i en liste", en: "Your name in a list" },
  list: { da: "En oversigt over sager", en: "A list of cases" },
  inbox: { da: "En indbakke med beskeder", en: "An inbox of messages" },
  delivery: { da: "En besked om dig", en: "A message about you" },
  responsible: { da: "Hvem der har ansvaret for dig nu", en: "Who is responsible for you now" },
  "registered-gp": { da: "Hvilken læge du er tilmeldt", en: "Which practice you are registered with" },
  message: { da: "Forsendelsen af en besked", en: "How a message was sent" },
  hops: { da: "Forsendelsen af en besked", en: "How a message was sent" },
  "dead-letter": { da: "En besked, der ikke kom frem", en: "A message that did not arrive" },
  original: { da: "En besked, der ikke kom frem", en: "A message that did not arrive" },
  emergency: { da: "Nødadgang til dine sager", en: "Emergency access to your cases" },
};
const anything = { da: "Oplysninger om dig", en: "Information about you" };

const isBasis = (code: string): code is keyof typeof legalBases => Object.hasOwn(legalBases, code);

/** A rule that an entry names; one of an older release may name another. */
const basisOf = ({
  basis = "",
}: Pick<AuditEntry, "basis">): (typeof legalBases)[keyof typeof legalBases] | undefined =>
  isBasis(basis) ? legalBases[basis] : undefined;

type Naming = { nameOf: (gln: string) => string; language: "da" | "en" };

/**
 * A look as the citizen may know of it: when, why, what and which organisation; not which employee (GDPR art. 15; CJEU C-579/21;
 * Datatilsynet 2024-32-0283), nor where on the net they sat. `undefined`: nothing was shown.
 */
export const lookForCitizen = (entry: AuditEntry, { nameOf, language }: Naming): CitizenLook | undefined => {
  if (entry.outcome !== "shown") return undefined;
  const { at, gln, acting, emergency, cases } = entry;
  return {
    ...{ at, gln: acting ?? gln, organisation: nameOf(acting ?? gln) },
    by: entry.person === undefined ? "system" : "person",
    what: (whats[entry.resource] ?? anything)[language],
    why: basisOf(entry)?.[language] ?? "",
    emergency: emergency !== undefined,
    cases,
  };
};

const words = {
  da: {
    title: "Hvem der har set oplysninger om dig",
    none: "Ingen har set oplysninger om dig i perioden.",
    system: "et it-system",
    person: "en medarbejder",
    emergency: "Nødadgang.",
  },
  en: {
    title: "Who has seen information about you",
    none: "Nobody saw information about you in this time.",
    system: "an IT system",
    person: "an employee",
    emergency: "Emergency access.",
  },
} as const;

/** The same to read: a line or two for each look, the time on a Danish clock. */
export const citizenText = (
  looks: readonly CitizenLook[],
  { language, timeOf }: { language: "da" | "en"; timeOf: (at: string) => string },
): string => {
  const said = words[language];
  const lines = looks.map(
    ({ at, organisation, by, what, why, emergency }) =>
      `${timeOf(at)}\n  ${organisation} (${said[by]}): ${what}.${emergency ? ` ${said.emergency}` : ""}\n  ${why}`,
  );
  return `${[said.title, "", ...(lines.length === 0 ? [said.none] : lines)].join("\n")}\n`;
};
