/** A reckoning in words: first the answer in one short sentence, then how it came about. */
import { documentRead } from "../../../contracts/codes/promises.ts";
import { reasonWords } from "../../../contracts/codes/reason-words.ts";
import { holidayName } from "../calendar.ts";
import { localDateOf } from "../clock-zone.ts";
import type { DayLine, Outcome, Step, Trace } from "./trace.ts";
import {
  calendarText,
  clockText,
  dateText,
  eventNames,
  ignoredBecause,
  type Language,
  limitText,
  reasons,
  spanText,
  whenText,
} from "./words.ts";

export type { Language };

type Told<Name extends Step["step"]> = Extract<Step, { step: Name }>;
type Sentences = {
  answer: Readonly<Record<Outcome["status"], (outcome: Outcome) => string>>;
  steps: { [Name in Step["step"]]: (step: Told<Name>, agreement: Trace["agreement"]) => string };
  heard: (step: Step) => string;
  counted: string;
  due: (at: string) => string;
  dayNo: (no: number) => string;
  openFor: (line: DayLine) => string;
  warned: (at: string) => string;
  waited: (span: string) => string;
  unknown: string;
};

/** What paused or ended it: the family's word for it, else as it was told. */
const because = (reason: string, language: Language): string => reasonWords[reason]?.[language] ?? reason;

const da = (at: string): string => whenText(at, "da");
const en = (at: string): string => whenText(at, "en");

/** What kept the promise: an answer that was sent, one that was read, or the reading of what was sent. */
const cameHow = (fact: string | undefined, reached: "delivery" | "reading"): keyof typeof came.da =>
  fact === documentRead ? documentRead : reached;
const came = {
  da: { delivery: "Svaret var afsendt", reading: "Svaret var læst", [documentRead]: "Det sendte var læst" },
  en: {
    delivery: "The answer was sent",
    reading: "The answer was read",
    [documentRead]: "What was sent was read",
  },
} as const;

const danish: Sentences = {
  answer: {
    notStarted: () => "Fristen er ikke begyndt.",
    running: ({ due = "" }) => `Fristen er ${da(due)}.`,
    paused: ({ breached }) =>
      breached
        ? "Fristen var overskredet, før uret kom til at stå stille."
        : "Fristen står stille, mens der ventes på den, der spurgte.",
    breached: ({ due = "", lateMinutes = 0 }) =>
      `Fristen er overskredet med ${spanText(lateMinutes, "da")}: den var ${da(due)}, og der er ikke svaret.`,
    stopped: ({ stoppedInTime, lateMinutes = 0 }) =>
      stoppedInTime === true ? "Svaret kom i tide." : `Svaret kom ${spanText(lateMinutes, "da")} for sent.`,
    cancelled: ({ breached }) =>
      breached
        ? "Der skyldes ikke længere svar; fristen var da overskredet."
        : "Der skyldes ikke længere svar.",
  },
  steps: {
    started: ({ at, correctedFrom, wallClock }) =>
      [
        `Uret begyndte ${da(at)}`,
        ...(correctedFrom === undefined ? [] : [`først fortalt som ${da(correctedFrom)}, rettet siden`]),
        ...(wallClock === "skipped" ? ["det oplyste klokkeslæt findes ikke, uret blev stillet frem"] : []),
        ...(wallClock === "repeated" ? ["klokkeslættet kom to gange den nat, det første gælder"] : []),
      ].join("; "),
    promised: ({ limit, calendar, calendarVersion, version, due }, { name }) =>
      `Aftalen${name === undefined ? "" : ` „${name.da}“`} (version ${String(version)}) giver: ${limitText(limit, "da")} (${calendarText(calendar, calendarVersion, "da")}). Det er ${da(due)}`,
    paused: ({ at, reason, late }) =>
      `Uret stod stille fra ${da(at)}: ${because(reason, "da")}${late ? ". Tiden var da gået, så pausen giver ingen tid tilbage" : ""}`,
    resumed: ({ at, minutes, before, due }) =>
      `Uret gik igen fra ${da(at)}, efter ${spanText(minutes, "da")}. ${before === due ? "Fristen blev den samme" : `Fristen blev flyttet til ${da(due)}`}`,
    breached: ({ at }) => `Fristen udløb ${da(at)} uden svar`,
    stopped: ({ at, inTime, reached, fact }) =>
      `${came.da[cameHow(fact, reached)]} ${da(at)}, ${inTime ? "i tide" : "for sent"}`,
    notYet: ({ at }) => `Svaret var afsendt ${da(at)}, men aftalen er først opfyldt, når det er læst`,
    cancelled: ({ at, reason }) => `Fra ${da(at)} skyldes der ikke svar: ${because(reason, "da")}`,
    reopened: ({ at, how, due }) =>
      `Sagen blev genåbnet ${da(at)}. ${how === "restart" ? "Et nyt ur med hele tiden begyndte" : "Uret gik videre med den tid, der var tilbage"}; fristen er ${da(due)}`,
    changed: ({ at, what, kept, before, due }) =>
      `${what === "limits" ? "Fristens længde" : "Kalenderen"} blev ændret ${da(at)}. ${kept ? "Uret beholder det, det begyndte med" : `Der blev talt forfra fra starten: ${da(before)} blev til ${da(due)}`}`,
    agreementEnded: ({ at, runsOn }) =>
      `Aftalen ophørte ${da(at)}. ${runsOn ? "Det lovede skyldes stadig, så uret går videre" : "Uret blev standset med den"}`,
    merged: ({ at, from, taken, due }) =>
      `Sagen blev lagt sammen med ${from} ${da(at)}. ${taken ? "Den andens frist var først og gælder" : "Denne frist var først og gælder"}: ${da(due)}`,
    ignored: ({ at, event, why }) =>
      `${eventNames.da[event]} ${da(at)} ændrede intet: ${ignoredBecause.da[why]}`,
  },
  heard: ({ heard = "" }) => `Det blev først kendt ${da(heard)}, men tæller fra, da det skete`,
  counted: "Sådan er der talt:",
  due: (at) => `fristen er kl. ${at}`,
  dayNo: (no) => `dag ${String(no)}`,
  openFor: ({ spans = [], minutes = 0 }) =>
    `${spans.map(({ from, to }) => `kl. ${clockText(from, "da")}-${clockText(to, "da")}`).join(" og ")}, ${spanText(minutes, "da")}`,
  warned: (at) => `Der varsles ${at}`,
  waited: (span) => `I alt har uret stået stille i ${span}`,
  unknown: "helligdag",
};

const english: Sentences = {
  answer: {
    notStarted: () => "The clock has not started.",
    running: ({ due = "" }) => `The answer is due ${en(due)}.`,
    paused: ({ breached }) =>
      breached
        ? "It was overdue before the clock was paused."
        : "The clock is paused while the one who asked is awaited.",
    breached: ({ due = "", lateMinutes = 0 }) =>
      `It is overdue by ${spanText(lateMinutes, "en")}: it was due ${en(due)}, and there is no answer.`,
    stopped: ({ stoppedInTime, lateMinutes = 0 }) =>
      stoppedInTime === true
        ? "The answer came in time."
        : `The answer came ${spanText(lateMinutes, "en")} late.`,
    cancelled: ({ breached }) =>
      breached ? "No answer is owed any more; it was overdue by then." : "No answer is owed any more.",
  },
  steps: {
    started: ({ at, correctedFrom, wallClock }) =>
      [
        `The clock started ${en(at)}`,
        ...(correctedFrom === undefined ? [] : [`told first as ${en(correctedFrom)}, corrected since`]),
        ...(wallClock === "skipped" ? ["the time given does not exist, the clocks were put forward"] : []),
        ...(wallClock === "repeated" ? ["that time came twice in the night, the first counts"] : []),
      ].join("; "),
    promised: ({ limit, calendar, calendarVersion, version, due }, { name }) =>
      `The agreement${name === undefined ? "" : ` “${name.en}”`} (version ${String(version)}) gives: ${limitText(limit, "en")} (${calendarText(calendar, calendarVersion, "en")}). That is ${en(due)}`,
    paused: ({ at, reason, late }) =>
      `The clock was paused from ${en(at)}: ${because(reason, "en")}${late ? ". The time had run out, so the pause gives none back" : ""}`,
    resumed: ({ at, minutes, before, due }) =>
      `The clock ran again from ${en(at)}, after ${spanText(minutes, "en")}. ${before === due ? "The due time stayed the same" : `The due time moved to ${en(due)}`}`,
    breached: ({ at }) => `It was due ${en(at)}, and there was no answer`,
    stopped: ({ at, inTime, reached, fact }) =>
      `${came.en[cameHow(fact, reached)]} ${en(at)}, ${inTime ? "in time" : "late"}`,
    notYet: ({ at }) => `The answer was sent ${en(at)}, but the agreement is kept only when it is read`,
    cancelled: ({ at, reason }) => `From ${en(at)} no answer was owed: ${because(reason, "en")}`,
    reopened: ({ at, how, due }) =>
      `The case was opened again ${en(at)}. ${how === "restart" ? "A new clock with the whole time started" : "The clock went on with the time that was left"}; it is due ${en(due)}`,
    changed: ({ at, what, kept, before, due }) =>
      `The ${what === "limits" ? "limit" : "calendar"} was changed ${en(at)}. ${kept ? "The clock keeps what it started with" : `It was counted anew from the start: ${en(before)} became ${en(due)}`}`,
    agreementEnded: ({ at, runsOn }) =>
      `The agreement ended ${en(at)}. ${runsOn ? "What was promised is owed still, so the clock runs on" : "The clock was ended with it"}`,
    merged: ({ at, from, taken, due }) =>
      `The case was merged with ${from} ${en(at)}. ${taken ? "The other was due first, and that counts" : "This one was due first, and that counts"}: ${en(due)}`,
    ignored: ({ at, event, why }) =>
      `The ${eventNames.en[event]} ${en(at)} changed nothing: ${ignoredBecause.en[why]}`,
  },
  heard: ({ heard = "" }) => `It was heard of only ${en(heard)}, but counts from when it happened`,
  counted: "This is how it was counted:",
  due: (at) => `due at ${at}`,
  dayNo: (no) => `day ${String(no)}`,
  openFor: ({ spans = [], minutes = 0 }) =>
    `${spans.map(({ from, to }) => `${clockText(from, "en")}-${clockText(to, "en")}`).join(" and ")}, ${spanText(minutes, "en")}`,
  warned: (at) => `A warning is due ${at}`,
  waited: (span) => `In all the clock was paused for ${span}`,
  unknown: "public holiday",
};

const sentences: Readonly<Record<Language, Sentences>> = { da: danish, en: english };

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

/** `switch` would need each kind of step by name; the table has each, typed by its name. */
const stepText = <Name extends Step["step"]>(
  steps: { [Each in Name]: (step: Told<Each>, agreement: Trace["agreement"]) => string },
  step: { step: Name } & Told<Name>,
  agreement: Trace["agreement"],
): string => steps[step.step](step, agreement);

const stepLines = (step: Step, agreement: Trace["agreement"], language: Language): string => {
  const said = sentences[language];
  const text = capital(stepText(said.steps, step, agreement));
  return step.heard === undefined ? `${text}.` : `${text}. ${said.heard(step)}.`;
};

const whyText = ({ date, why }: DayLine, language: Language): string => {
  if (why === "counted") return "";
  const reason = reasons[language][why];
  if (why !== "holiday") return reason;
  const name = holidayName(date, language);
  return name === undefined ? reason : `${name}, ${reason}`;
};

const dayText = (
  line: DayLine,
  { language, dueOn }: { language: Language; dueOn: string | undefined },
): string => {
  const said = sentences[language];
  const parts = line.counts
    ? [
        ...(line.minutes === undefined ? [] : [said.openFor(line)]),
        ...(line.no === undefined ? [] : [said.dayNo(line.no)]),
        ...(dueOn === undefined ? [] : [said.due(dueOn)]),
      ]
    : [whyText(line, language)];
  return `  ${dateText(line.date, language)}: ${parts.join("; ")}`;
};

const dayLines = ({ days, outcome }: Trace, language: Language): string[] => {
  if (days.length === 0) return [];
  const { due = "" } = outcome;
  const dueOn = (date: string): string | undefined =>
    localDateOf(due) === date ? clockText(due, language) : undefined;
  return [
    "",
    sentences[language].counted,
    ...days.map((line) => dayText(line, { language, dueOn: dueOn(line.date) })),
  ];
};

const restLines = ({ outcome }: Trace, language: Language): string[] => {
  const said = sentences[language];
  const isOpen = outcome.status === "running";
  return [
    ...(isOpen ? outcome.warnAt.map((at) => `${said.warned(whenText(at, language))}.`) : []),
    ...(outcome.pausedMinutes > 0 ? [`${said.waited(spanText(outcome.pausedMinutes, language))}.`] : []),
  ];
};

/** A trace in words: lines of text, the answer first. */
export const explain = (trace: Trace, language: Language): string[] => [
  sentences[language].answer[trace.outcome.status](trace.outcome),
  "",
  ...trace.steps.map((step, i) => `${String(i + 1)}. ${stepLines(step, trace.agreement, language)}`),
  ...restLines(trace, language),
  ...dayLines(trace, language),
];
