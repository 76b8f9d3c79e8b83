import type { Agreement } from "../../../contracts/agreement.ts";
import type { ClockHours } from "../../../contracts/clocks.ts";
import type { CaseRecord } from "../../../contracts/record.ts";
import type { Instant } from "../../../contracts/time.ts";
import { clockOf } from "../../case/clock/clock-of.ts";
import { explain, type Language } from "../../case/clock/explain.ts";
import type { Clock } from "../../case/clock/trace.ts";
import { whenText } from "../../case/clock/words.ts";
import { type ClockState, evolveClock } from "../../case/clock-book.ts";
import { entriesOf, lifeInRecords } from "./life-in-records.ts";

/** A clock of a case: as its records have it, and as it is recounted from them; `agrees` is true but for records of old versions. */
export type ExplainedClock = {
  recorded: ClockState;
  clock: Clock;
  agrees: boolean;
  words: (language: Language) => string[];
};

const differs = {
  da: (due: Instant) =>
    `Broen har noteret fristen til ${whenText(due, "da")}, og den gælder. Da uret begyndte, blev den svarendes åbningstid ikke gemt med det; her er regnet med den, der gælder nu.`,
  en: (due: Instant) =>
    `The hub recorded it as due ${whenText(due, "en")}, and that counts. When the clock started, the hours of whoever answers were not kept with it; this was worked out by those of today.`,
} as const satisfies Record<Language, (due: Instant) => string>;

const latest = (...instants: readonly Instant[]): Instant => instants.toSorted().at(-1) ?? "";

const isTimely = ({ status }: ClockState): boolean => status === "met";

/** What both must say alike: when it is due, and whether it was kept. */
const agreesWith = (recorded: ClockState, clock: Clock): boolean =>
  recorded.due === clock.due &&
  (clock.status !== "stopped" || isTimely(recorded) === (clock.stoppedInTime === true));

export type ExplainWorld = {
  agreements: readonly Agreement[];
  /** The debtor's hours of today, for records that are older than hours in records. */
  hoursOf?: ((gln: string) => ClockHours) | undefined;
  asOf: Instant;
};

/** Works a clock out again from the records of its case alone. `undefined`: there is no such clock, or no such agreement. */
export const explainClock = (
  records: readonly CaseRecord[],
  clockId: string,
  { agreements, hoursOf = () => ({}), asOf }: ExplainWorld,
): ExplainedClock | undefined => {
  const entries = entriesOf(records, clockId);
  const recorded = entries.reduce<ClockState | undefined>(
    (state, { change }) => evolveClock(state, change),
    undefined,
  );
  if (recorded === undefined) return undefined;
  const book = (id: string, version: number): Agreement | undefined =>
    agreements.find((agreement) => agreement.id === id && agreement.version === version);
  const life = lifeInRecords(entries, book, hoursOf(recorded.debtor));
  if (life === undefined) return undefined;
  const { definition, calendars, events } = life;
  // All that is recorded is known, also by a clock that is a little behind, and of a start that is to come.
  const known = latest(asOf, recorded.startedAt, ...records.map(({ meta }) => meta.at));
  const clock = clockOf(definition, calendars, { events, asOf: known, asTold: true });
  const agrees = agreesWith(recorded, clock);
  return {
    recorded,
    clock,
    agrees,
    words: (language) => [
      ...explain(clock.trace, language),
      ...(agrees ? [] : ["", differs[language](recorded.due)]),
    ],
  };
};
