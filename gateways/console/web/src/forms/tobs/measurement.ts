/** From what was typed at the bedside to the measurement that is sent. Pure. */
import type { Isbar } from "../../../../../../contracts/messages/observation-parts.ts";
import type { ScoreScheme } from "../../../../../../contracts/score-scheme.ts";
import type { Language } from "../../words/both.ts";
import type { Outcome, Typed, TypedValues } from "./outcome.ts";

export type IsbarTyped = Record<
  "unit" | "name" | "phone" | "reason" | "since" | "background" | "assessment" | "asks",
  string
>;

const entryOf = ({ value, site }: Typed): string | { value: string; site: string } => {
  const text = value.trim().replace(",", ".");
  return site === undefined ? text : { value: text, site };
};

/** Only what was typed: a value that is missing is missing. */
export const valuesOf = (typed: TypedValues): Record<string, ReturnType<typeof entryOf>> =>
  Object.fromEntries(
    Object.entries(typed).flatMap(([name, one]) =>
      one === undefined || one.value.trim() === "" ? [] : [[name, entryOf(one)]],
    ),
  );

const textOf = (text: string): { given: true; text: string } | { given: false } =>
  text.trim() === "" ? { given: false } : { given: true, text: text.trim() };

/** ISBAR as the hub keeps it; `undefined`: what it cannot be without lacks. */
export const isbarOf = (
  typed: IsbarTyped,
): (Omit<Isbar, "request"> & { request: { asks: string } }) | undefined => {
  const [reason, asks, phone] = [typed.reason.trim(), typed.asks.trim(), typed.phone.trim()];
  if (reason === "" || asks === "" || phone === "" || typed.name.trim() === "") return undefined;
  const [since, background, assessment] = [
    textOf(typed.since),
    textOf(typed.background),
    textOf(typed.assessment),
  ];
  return {
    identification: { unit: typed.unit.slice(0, 70), name: typed.name.slice(0, 70), callbackPhone: phone },
    situation: { reason, ...(since.given ? { since: since.text.slice(0, 70) } : {}) },
    ...(background.given ? { background: { diagnoses: background.text } } : {}),
    ...(assessment.given ? { analysis: { assessment: assessment.text } } : {}),
    request: { asks },
  };
};

export type Before = { total?: number | undefined };

type Measured = { reading: Outcome["readings"][number]; typed: Typed };

const saidOf = ({ reading: { parameter }, typed }: Measured, language: Language): string => {
  if (parameter.kind === "coded") {
    const chosen = parameter.values.find(({ code }) => code === typed.value);
    return (chosen?.title[language] ?? typed.value).toLowerCase();
  }
  const site = parameter.sites?.find((each) => each.site === typed.site);
  return [typed.value.trim(), parameter.unit, site?.title[language]].filter(Boolean).join(" ");
};

/** One value in words: "Puls 112 /min (2)". */
const valueText = (measured: Measured, language: Language): string => {
  const { reading } = measured;
  const points = reading.state === "read" && reading.points > 0 ? ` (${String(reading.points)})` : "";
  return `${reading.parameter.title[language]} ${saidOf(measured, language)}${points}`;
};

/** The situation in words, for the call: the total and where it came from, then every value. */
export const situationText = (
  scheme: ScoreScheme,
  { outcome, typed, before }: { outcome: Outcome; typed: TypedValues; before?: Before | undefined },
  language: Language,
): string => {
  const total = outcome.total === undefined ? "–" : String(outcome.total);
  const from =
    before?.total === undefined ? "" : ` (${language === "da" ? "sidst" : "last"} ${String(before.total)})`;
  const values = outcome.readings.flatMap((reading) => {
    const one = typed[reading.parameter.name];
    return one === undefined || reading.state === "empty"
      ? []
      : [valueText({ reading, typed: one }, language)];
  });
  return `${scheme.name} ${total}${from}: ${values.join(", ")}.`;
};

/** How severe a tier is, 0 to 4, for its colour: the last of a scheme is always 4. */
export const levelOfTier = ({ tiers }: ScoreScheme, id: string | undefined): number => {
  const rank = tiers.findIndex((tier) => tier.id === id);
  if (rank <= 0) return 0;
  return rank === tiers.length - 1 ? 4 : Math.min(3, rank);
};
