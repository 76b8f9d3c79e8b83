/** What a trial of agreements found, in words: a sentence, a table by party, and all that the figures do not say. */
import type { WhatIfFigures, WhatIfResult } from "../../contracts/messages/what-if.ts";
import { columns } from "./say.ts";

type Language = "da" | "en";
type Sides = Pick<WhatIfResult["answers"], "now" | "tried">;

/** What was owed: answers that were called off while there was time are nobody's success or failure. */
const owed = ({ inTime, late, open }: WhatIfFigures): number => inTime + late + open;

const words = {
  da: {
    head: ({ from, to, on }: WhatIfResult) => `${from} til ${to}, med de aftaler, der gælder ${on}.`,
    late: (late: number, of: number, than: string) =>
      `${late} af ${of} svar ville være kommet for sent, ${than}.`,
    warned: (warned: number, than: string) => `${warned} ville være blevet varslet, ${than}.`,
    more: (count: number) => `${count} flere end nu`,
    fewer: (count: number) => `${count} færre end nu`,
    same: "lige så mange som nu",
    few: "Færre end 5 svar i perioden: tallene vises ikke.",
    none: "Ingen svar blev skyldt i perioden.",
    columns: [
      "Løfte",
      "Hvem skylder",
      "Svar",
      "Til tiden",
      "For sent",
      "Forskel",
      "Varslet",
      "Åbne",
      "Uden frist",
    ],
    everybody: "alle",
    hidden: "skjult, få",
    changed: (worse: string, better: string) =>
      `Ville komme for sent og gjorde det ikke: ${worse}. Kom for sent og ville ikke: ${better}.`,
    fewer5: "færre end 5",
    notTried: (ids: string) => `Kan ikke prøves, for ingen havde dem til gode i perioden: ${ids}.`,
    differing: (count: number, of: number) =>
      `Af ${of} ure er ${count} i journalen anderledes end den beregning, der sammenlignes med (regler, åbningstid eller et ur, der ikke ringede).`,
    withoutMatter: (count: number) =>
      `Fra før sagens art blev noteret på uret, og derfor skønnet: ${count} ure.`,
    unknown: (count: number) =>
      `Under aftaler, som hubben ikke længere kender, og derfor ikke med: ${count} ure.`,
    due: (now: string, tried: string) => `frist ${now}, ville være ${tried}`,
    worse: "bliver for sent",
    better: "bliver til tiden",
    left: (count: number) => `... og ${count} til (--json viser de første tusind).`,
    noDue: "ingen",
  },
  en: {
    head: ({ from, to, on }: WhatIfResult) => `${from} to ${to}, under the agreements as on ${on}.`,
    late: (late: number, of: number, than: string) =>
      `${late} of ${of} answers would have been late, ${than}.`,
    warned: (warned: number, than: string) => `${warned} would have been warned of, ${than}.`,
    more: (count: number) => `${count} more than now`,
    fewer: (count: number) => `${count} fewer than now`,
    same: "as many as now",
    few: "Fewer than 5 answers in the period: the figures are hidden.",
    none: "No answer was owed in the period.",
    columns: [
      "Promise",
      "Who owes it",
      "Answers",
      "In time",
      "Late",
      "Difference",
      "Warned",
      "Open",
      "Without a time",
    ],
    everybody: "all",
    hidden: "hidden, few",
    changed: (worse: string, better: string) =>
      `Would be late and were not: ${worse}. Were late and would not be: ${better}.`,
    fewer5: "fewer than 5",
    notTried: (ids: string) => `Cannot be tried, since nobody was promised them in the period: ${ids}.`,
    differing: (count: number, of: number) =>
      `Of ${of} clocks, ${count} are other in the journal than in the reckoning that is compared with (rules, opening hours, or a clock that did not ring).`,
    withoutMatter: (count: number) =>
      `From before the kind of matter was noted with the clock, and so estimated: ${count} clocks.`,
    unknown: (count: number) =>
      `Under agreements that the hub no longer knows, and so left out: ${count} clocks.`,
    due: (now: string, tried: string) => `due ${now}, would be ${tried}`,
    worse: "becomes late",
    better: "becomes in time",
    left: (count: number) => `... and ${count} more (--json shows the first thousand).`,
    noDue: "none",
  },
} as const;

type Words = (typeof words)[Language];

const than = (now: number, tried: number, said: Words): string => {
  if (now === tried) return said.same;
  return tried > now ? said.more(tried - now) : said.fewer(now - tried);
};

const sentences = ({ now, tried }: Sides, said: Words): string[] => {
  if (now === null || tried === null) return [said.few];
  if (now.clocks === 0) return [said.none];
  return [
    `${said.late(tried.late, owed(tried), than(now.late, tried.late, said))} ${said.warned(tried.warned, than(now.warned, tried.warned, said))}`,
  ];
};

const signed = (difference: number): string => (difference > 0 ? `+${difference}` : String(difference));

const row = ([promise, who]: readonly [string, string], { now, tried }: Sides, said: Words): string[] => {
  if (now === null || tried === null) return [promise, who, said.hidden];
  const both = (count: (figures: WhatIfFigures) => number): string => `${count(now)} > ${count(tried)}`;
  return [
    promise,
    who,
    String(owed(now)),
    both(({ inTime }) => inTime),
    both(({ late }) => late),
    signed(tried.late - now.late),
    both(({ warned }) => warned),
    both(({ open, lateOpen }) => open + lateOpen),
    tried.unbound === 0 ? "" : String(tried.unbound),
  ];
};

const table = ({ promises, parties }: WhatIfResult, said: Words): string =>
  columns([
    said.columns,
    ...promises.flatMap(({ promise, ...sides }) => [
      ...parties
        .filter((party) => party.promise === promise)
        .map(({ name, ...own }) => row([promise, name], own, said)),
      row([promise, said.everybody], sides, said),
    ]),
  ]);

/** So many cases are named on a screen. */
const shownCases = 20;

const cases = ({ changed }: WhatIfResult, said: Words): string[] => {
  const { cases: named = [] } = changed;
  const more = named.length - shownCases;
  return [
    ...named
      .slice(0, shownCases)
      .map(
        ({ caseId, clockId, change, due }) =>
          `  ${caseId} ${clockId}: ${said[change]}, ${said.due(due.now ?? said.noDue, due.tried ?? said.noDue)}`,
      ),
    ...(more > 0 ? [`  ${said.left(more)}`] : []),
  ];
};

const remarks = (result: WhatIfResult, said: Words): string[] => {
  const { changed, notTried, recorded, withoutMatter, unknown } = result;
  const counted = (count: number | null): string => (count === null ? said.fewer5 : String(count));
  return [
    said.changed(counted(changed.worse), counted(changed.better)),
    ...cases(result, said),
    ...(notTried.length === 0 ? [] : [said.notTried(notTried.join(", "))]),
    ...(recorded.differing === 0 ? [] : [said.differing(recorded.differing, recorded.clocks)]),
    ...(withoutMatter === 0 ? [] : [said.withoutMatter(withoutMatter)]),
    ...(unknown === 0 ? [] : [said.unknown(unknown)]),
  ];
};

export const whatIfText = (result: WhatIfResult, language: Language): string => {
  const said = words[language];
  return [
    said.head(result),
    ...sentences(result.answers, said),
    "",
    table(result, said),
    "",
    ...remarks(result, said),
  ].join("\n");
};
