import type { DocumentLoss, Outcome, Told } from "./convert-outcome.ts";

export type Language = "da" | "en";

const words = {
  da: { became: "blev til", lost: "mistet", refused: "afvist", worth: "bemærk" },
  en: { became: "became", lost: "lost", refused: "refused", worth: "warning" },
} as const;

const place = (path: string): string => (path === "" ? "" : `${path}: `);

const line = (said: Told, as: string, language: Language): string =>
  `  (${as}) ${place(said.path)}${said[language]} [${said.code}]`;

const lost = (loss: DocumentLoss, language: Language): string =>
  `  (${words[language].lost}) ${place(loss.paths.join(", "))}${loss[language]} [${loss.code}]`;

interface Telling {
  /** Where the documents were written, in their order; none when they went to standard output. */
  readonly files: readonly string[];
  readonly language: Language;
}

const becameOf = (name: string, { documents }: Outcome, { files, language }: Telling): string => {
  const made = documents.flatMap(({ from, type, number }, at) =>
    from === name ? [files[at] ?? `${type} ${number}`] : [],
  );
  return made.length === 0 ? `${name}:` : `${name}: ${words[language].became} ${made.join(", ")}`;
};

/** Of what was refused nothing came: what would have been lost is not told. */
const told = (outcome: Outcome): Outcome =>
  outcome.problems.length === 0 ? outcome : { ...outcome, documents: [], losses: [] };

const namesIn = ({ documents, losses, problems, warnings }: Outcome): string[] => [
  ...new Set([
    ...documents.map(({ from }) => from),
    ...[...problems, ...losses, ...warnings].map(({ document }) => document),
  ]),
];

/** What came of each document: what it became, why it was refused, what is lost and what is worth a look, with codes and paths. */
export const outcomeLines = (all: Outcome, telling: Telling): string[] => {
  const { language } = telling;
  const { refused, worth } = words[language];
  const outcome = told(all);
  return namesIn(outcome).flatMap((name) => {
    const isOf = ({ document }: { document: string }): boolean => document === name;
    return [
      becameOf(name, outcome, telling),
      ...outcome.problems.filter(isOf).map((one) => line(one, refused, language)),
      ...outcome.losses.filter(isOf).map((one) => lost(one, language)),
      ...outcome.warnings.filter(isOf).map((one) => line(one, worth, language)),
    ];
  });
};
