import { agreements } from "../../contracts/codes/agreements.ts";
import { breachReasonIds, figureIds } from "../../contracts/codes/indicator-words.ts";
import {
  type IndicatorFigure,
  type IndicatorNumbers,
  type IndicatorRow,
  Indicators,
  type TrendMonth,
} from "../../contracts/messages/indicators.ts";
import { type ReportAnswers, reportQuestions } from "../../gateways/http/pages/report/answers.ts";
import { monthsUpTo } from "../../gateways/http/pages/report/numbers.ts";
import { createRandom, type Random } from "./year/random.ts";

const percent = (part: number, whole: number): number => Math.round((1000 * part) / whole) / 10;

/** Numbers that fit together: of so many cases, about this share in time. */
const numbersOf = (random: Random, cases: number, share: number, minutes: number): IndicatorNumbers => {
  const [open, cancelled] = [Math.round(cases * 0.05), Math.round(cases * 0.03)];
  const decided = cases - open - cancelled;
  const inTime = Math.min(decided, Math.round(decided * share));
  const breached = decided - inTime;
  const openLate = Math.floor(breached * 0.2);
  const cancelledLate = Math.floor(breached * 0.1);
  const reasons = Object.fromEntries(breachReasonIds.map((id) => [id, 0]));
  reasons["answered-late"] = breached - openLate - cancelledLate;
  reasons["unanswered"] = openLate;
  reasons["ended-late"] = cancelledLate;
  const median = Math.round(minutes * (0.8 + random.next() * 0.4));
  return {
    hidden: false,
    clocks: cases,
    cases,
    decided,
    inTime,
    late: breached - openLate - cancelledLate,
    openLate,
    cancelledLate,
    breached,
    open,
    cancelled,
    shareInTime: percent(inTime, decided),
    answerMinutes: { median, p90: Math.round(median * (2 + random.next() * 3)) },
    answerWorkingDays: { median: Math.floor(median / 1440), p90: Math.floor(median / 500) },
    longestOpenHours: open + openLate < 5 ? null : 24 + random.between(0, 900),
    pausedClocks: Math.round(cases * 0.06),
    pausedShare: Math.round(random.next() * 120) / 10,
    reasons: breached < 5 ? null : reasons,
  };
};

const trendOf = (random: Random, months: readonly string[], now: IndicatorNumbers): TrendMonth[] =>
  months.map((month, i): TrendMonth => {
    if (i < months.length - 1 && random.chance(0.06)) return { month, hidden: true };
    const share =
      (now.shareInTime ?? 90) / 100 + (i === months.length - 1 ? 0 : (random.next() - 0.6) * 0.12);
    const { clocks, decided, inTime, breached, shareInTime, answerMinutes } =
      i === months.length - 1
        ? now
        : numbersOf(random, random.between(20, 400), Math.min(1, Math.max(0, share)), 900);
    return { month, hidden: false, clocks, decided, inTime, breached, shareInTime, answerMinutes };
  });

const figuresOf = (random: Random, months: readonly string[] | undefined): IndicatorFigure[] =>
  figureIds.flatMap((figure) => {
    const tiers = figure === "tobs-answered-in-time" ? ["tobs-3", "tobs-4", "tobs-5"] : [undefined];
    return tiers.map((tier): IndicatorFigure => {
      const by: Record<string, string> = tier === undefined ? {} : { tier };
      const head = { figure, by, names: {} };
      if (tier === "tobs-5") return { ...head, hidden: true };
      const of = random.between(30, 900);
      const met = Math.round(of * (/return|forward|no-show/.test(figure) ? 0.06 : 0.87));
      const share = percent(met, of);
      const trend = months?.map((month, i) => ({
        month,
        hidden: false as const,
        of,
        met,
        share:
          i === months.length - 1
            ? share
            : Math.min(100, Math.max(0, Math.round((share + (random.next() - 0.5) * 8) * 10) / 10)),
      }));
      return { ...head, hidden: false, of, met, share, ...(trend === undefined ? {} : { trend }) };
    });
  });

const medians: Readonly<Record<string, number>> = {
  RECEIPT: 2,
  "TOBS-MSG": 9,
  SUBACUTE: 14,
  "ACUTE-REQ": 6,
  "REF-DIAG-RIGHT": 24_000,
  "REF-CANCER": 13_000,
  "IMG-DIRECT": 11_000,
};

export type MadeUp = {
  names?: Readonly<Record<string, string>>;
  asOf?: string;
  month?: string;
  organisation?: string;
};

const partyNames = {
  hospital: ["Hospitalet Elmeby", "Hospitalet Granlev", "Hospitalet Birkested"],
  municipality: [
    "Elmeby Kommune",
    "Granlev Kommune",
    "Birkested Kommune",
    "Askhøj Kommune",
    "Lindborg Kommune",
  ],
  organisation: Array.from({ length: 34 }, (_, i) =>
    i % 2 === 0 ? `Lægehuset Askhøj ${String(i)}` : `Hospitalet Elmeby, Afd. for intern medicin ${String(i)}`,
  ),
  speciality: ["kardiologi", "geriatri", "med_endokrinologi"],
} as const;

/** A month and a year of made-up figures that fit the contract. `names`: what parties are called instead. */
export const madeUpAnswers = ({
  names = {},
  asOf = "2026-11-03T07:00:00.000Z",
  month = "2026-10",
  organisation,
}: MadeUp = {}): ReportAnswers => {
  const random = createRandom("report");
  const counted = agreements
    .filter(({ notYet }) => notYet === undefined)
    .map(({ id, version, name, basis, source, targetShare }, i) => ({
      id,
      version,
      name,
      basis,
      source: {
        document: source.document,
        ...(source.section === undefined ? {} : { section: source.section }),
        ...(source.note === undefined ? {} : { note: source.note }),
      },
      ...(targetShare === undefined ? (i % 2 === 0 ? { targetShare: 90 } : {}) : { targetShare }),
    }));
  const rowOf = new Map(
    counted.map(({ id }) => [
      id,
      random.chance(0.1)
        ? undefined
        : numbersOf(random, random.between(12, 1500), 0.72 + random.next() * 0.28, medians[id] ?? 1300),
    ]),
  );
  const months = monthsUpTo(month, 12);
  const total = numbersOf(random, 9000, 0.912, 640);
  const figures = figuresOf(random, months);
  const agreementRows = (withTrend: boolean): IndicatorRow[] =>
    counted.map(({ id }): IndicatorRow => {
      const head = { by: { agreement: id }, names: {} };
      const numbers = rowOf.get(id);
      if (numbers === undefined) return { ...head, hidden: true };
      return {
        ...head,
        ...numbers,
        ...(withTrend ? { trend: trendOf(random.fork(id), months, numbers) } : {}),
      };
    });
  const partyRows = (dimension: keyof typeof partyNames): IndicatorRow[] => [
    ...partyNames[dimension].map((name, i): IndicatorRow => {
      const code = `${dimension}-${String(i)}`;
      return {
        by: { [dimension]: code },
        names: { [dimension]: names[code] ?? name },
        ...numbersOf(random, random.between(8, 700), 0.7 + random.next() * 0.3, 700),
      };
    }),
    { by: { [dimension]: "small-1" }, names: {}, hidden: true },
    { by: { [dimension]: "small-2" }, names: {}, hidden: true },
  ];
  const questions = reportQuestions(month, organisation);
  const answered = (which: keyof typeof questions, rows: IndicatorRow[]): Indicators =>
    Indicators.parse({
      ...questions[which],
      asOf,
      fewest: 5,
      total: which === "year" ? { ...total, trend: trendOf(random.fork("total"), months, total) } : total,
      rows,
      figures:
        which === "year"
          ? figures
          : figures.map((figure) => (figure.hidden ? figure : { ...figure, trend: undefined })),
      agreements: counted,
    });
  return {
    month: answered("month", agreementRows(false)),
    year: answered("year", agreementRows(true)),
    hospital: answered("hospital", partyRows("hospital")),
    municipality: answered("municipality", partyRows("municipality")),
    organisation: answered("organisation", partyRows("organisation")),
    speciality: answered("speciality", partyRows("speciality")),
  };
};

/** A month in which nothing began. */
export const emptyAnswers = (): ReportAnswers => {
  const made = madeUpAnswers();
  const none = {
    clocks: 0,
    cases: 0,
    decided: 0,
    inTime: 0,
    late: 0,
    openLate: 0,
    cancelledLate: 0,
    breached: 0,
    open: 0,
    cancelled: 0,
  };
  const unknown = {
    shareInTime: null,
    answerMinutes: null,
    answerWorkingDays: null,
    longestOpenHours: null,
    pausedShare: null,
    reasons: null,
  };
  const total = { hidden: false, ...none, ...unknown, pausedClocks: 0 } as const;
  const emptied = (answer: Indicators): Indicators => ({
    ...answer,
    total,
    rows: [],
    figures: [],
    agreements: [],
  });
  return Object.fromEntries(
    Object.entries(made).map(([name, answer]) => [name, emptied(answer)]),
  ) as ReportAnswers;
};
