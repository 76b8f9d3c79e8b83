/** What a clock of an agreement would have heard of a case: the same facts, by that agreement's own lists. */
import { type Agreement, warningsOf } from "../../../../contracts/agreement.ts";
import type { SingleClockEvent } from "../../../../contracts/clock-events.ts";
import type { ClockChange } from "../../../../contracts/clocks.ts";
import { documentRead } from "../../../../contracts/codes/promises.ts";
import type { CaseLine, StartedClock } from "./case-line.ts";

/**
 * A clock that started in the record `line`. `versions`: every version of the agreement that it ran under. `tried`: what `agreement` is;
 * else it is the clock's own, and what was recorded of the clock besides the facts happened to it too.
 */
export type Hearing = {
  agreement: Agreement;
  start: StartedClock;
  line: CaseLine;
  versions: readonly Agreement[];
  tried: boolean;
};

type Rescheduled = Extract<ClockChange, { change: "rescheduled" }>;

/** When the facts of a record happened, where that was not when the hub heard of them. */
const happenedAt = ({ at, clocks }: CaseLine, { clockId }: StartedClock): { at: string; heard?: string } => {
  const told = clocks.filter(
    (each) => each.change === "paused" || each.change === "resumed" || each.change === "stopped",
  );
  const change = told.find((each) => each.clockId === clockId) ?? told[0];
  return change === undefined || change.at >= at ? { at } : { at: change.at, heard: at };
};

const settles: ReadonlySet<string> = new Set(["acknowledged", "failed"]);

/** The receipt of a delivery settles it, whatever its agreement lists: so does the kernel. */
const onReceipt = ({ start }: Hearing, line: CaseLine): SingleClockEvent[] =>
  line.deliveries
    .filter(({ deliveryId, change }) => deliveryId === start.deliveryId && settles.has(change))
    .map(({ change }) => ({ event: "stopped", at: line.at, fact: change, reached: "reading" }));

/** The first fact of the record that does something to the clock as it is. */
const onFact = (
  { agreement, start }: Hearing,
  line: CaseLine,
  paused: boolean,
): SingleClockEvent | undefined => {
  const when = happenedAt(line, start);
  const eventOf = (fact: string): SingleClockEvent | undefined => {
    if (agreement.stopsOn.includes(fact)) return { event: "stopped", ...when, fact, reached: "delivery" };
    if (agreement.cancelsOn.includes(fact)) return { event: "cancelled", ...when, fact, reason: fact };
    if (!paused && agreement.pausesOn.includes(fact)) return { event: "paused", ...when, fact, reason: fact };
    return paused && agreement.resumesOn.includes(fact) ? { event: "resumed", ...when, fact } : undefined;
  };
  return line.facts.map(eventOf).find((event) => event !== undefined);
};

/** Under an agreement to read what was sent: whoever owes that has said so, or acted. */
const seenBy = ({ agreement, start: { debtor } }: Hearing, line: CaseLine): SingleClockEvent | undefined => {
  const { at, facts, actor, deliveries } = line;
  const isSeen =
    (facts.length > 0 && actor === debtor) ||
    deliveries.some((each) => each.change === "acknowledged" && each.how !== "receipt" && each.by === debtor);
  return isSeen && agreement.stopsOn.includes(documentRead)
    ? { event: "stopped", at, fact: documentRead, reached: "reading" }
    : undefined;
};

/** How the hub says that a clock was cancelled because its agreement ended. */
const agreementEnded = "agreement-ended";

/** A decision that ended every clock of the case, e.g. a question that was passed on: whichever agreement they ran under. */
const endedByDecision = (line: CaseLine, { start, tried }: Hearing): string | undefined => {
  const cancelled = line.clocks.flatMap((change) =>
    change.change === "cancelled" && !line.facts.includes(change.reason) ? [change] : [],
  );
  const forAll = cancelled.find(({ reason }) => reason !== agreementEnded);
  const alone = tried ? undefined : cancelled.find(({ clockId }) => clockId === start.clockId);
  return (forAll ?? alone)?.reason;
};

/** A family that stopped this clock alone, e.g. of one item of a list: no fact that its agreement names did. */
const stoppedAlone = (line: CaseLine, { start, versions }: Hearing): SingleClockEvent | undefined => {
  const change = line.clocks.find((each) => each.change === "stopped" && each.clockId === start.clockId);
  const isTold = versions.some(({ stopsOn, measuredTo }) =>
    measuredTo === "reading" ? true : line.facts.some((fact) => stopsOn.includes(fact)),
  );
  return change === undefined || isTold ? undefined : { event: "stopped", at: change.at, reached: "reading" };
};

/** An answer that is on its way is kept, under an agreement that is measured to reading, when it is read where it was promised. */
const readBy = (
  { deliveries, at, facts, actor }: CaseLine,
  { creditor }: StartedClock,
  answers: readonly string[],
): SingleClockEvent | undefined => {
  const isRead =
    (facts.length > 0 && actor === creditor) ||
    deliveries.some(
      (each) => each.change === "acknowledged" && each.how !== "receipt" && answers.includes(each.deliveryId),
    );
  return answers.length > 0 && isRead ? { event: "stopped", at, reached: "reading" } : undefined;
};

/** The documents that bring an answer to whom it was promised. */
const bringing = ({ deliveries, facts }: CaseLine, fact: string | undefined, creditor: string): string[] =>
  deliveries.flatMap((each) =>
    each.change === "owed" && each.to === creditor && facts[each.fact] === fact ? [each.deliveryId] : [],
  );

const asIfThatOne = ({ at, startedAt, waited = [] }: Rescheduled): SingleClockEvent[] => [
  ...(startedAt === undefined ? [] : [{ event: "startMoved" as const, at, to: startedAt }]),
  ...waited.flatMap(({ pausedAt, resumedAt }): SingleClockEvent[] => [
    { event: "paused", at: pausedAt, heard: at, reason: "merged" },
    { event: "resumed", at: resumedAt, heard: at },
  ]),
];

const otherLimits = (change: Rescheduled, { versions, tried }: Hearing): SingleClockEvent[] => {
  const { at, agreementVersion: version } = change;
  const next = change.limits ?? versions.find((agreement) => agreement.version === version);
  if (next === undefined || tried) return [];
  return [{ event: "limitsChanged", at, limit: next.limit, warnAt: [...warningsOf(next)], version }];
};

/** `version`: which of the recorded calendars it is, the first after the start's being 2. */
const rescheduling = (change: Rescheduled, hearing: Hearing, version: number): SingleClockEvent[] => {
  const { at } = change;
  switch (change.why) {
    case "start-moved":
    case "merged":
      return asIfThatOne(change);
    case "reopened":
      return [{ event: "reopened", at }];
    case "calendar-changed":
      return [{ event: "calendarChanged", at, version }];
    case "limits-changed":
      return otherLimits(change, hearing);
  }
};

export const reschedulings = (lines: readonly CaseLine[], clockId: string): Rescheduled[] =>
  lines.flatMap(({ clocks }) =>
    clocks.flatMap((change) =>
      change.change === "rescheduled" && change.clockId === clockId ? [change] : [],
    ),
  );

type Sofar = { events: SingleClockEvent[]; paused: boolean; answers: readonly string[]; calendars: number };

const plus = (sofar: Sofar, events: readonly SingleClockEvent[]): Sofar => ({
  ...sofar,
  events: [...sofar.events, ...events],
});

/** What nobody is sent there is nothing to read of: then it is kept at once. */
const answered = (sofar: Sofar, line: CaseLine, { start }: Hearing): Sofar => {
  const event = sofar.events.at(-1);
  if (event?.event !== "stopped") return sofar;
  const answers = bringing(line, event.fact, start.creditor);
  if (answers.length > 0) return { ...sofar, answers: [...sofar.answers, ...answers] };
  return { ...sofar, events: [...sofar.events.slice(0, -1), { ...event, reached: "reading" }] };
};

/** What ends and is owed again in one breath goes on, perhaps from another start. */
const goesOn = (line: CaseLine, { start, versions, agreement }: Hearing): boolean => {
  if (reschedulings([line], start.clockId).some(({ why }) => why === "start-moved")) return true;
  const names = (list: (each: Agreement) => readonly string[]): boolean =>
    [agreement, ...versions].some((each) => line.facts.some((fact) => list(each).includes(fact)));
  const startsAnew = line.clocks.some(
    (each) => each.change === "started" && each.agreement === start.agreement && each.about === start.about,
  );
  return names(({ cancelsOn }) => cancelsOn) && names(({ startsOn }) => startsOn) && !startsAnew;
};

const onDecision = (sofar: Sofar, line: CaseLine, hearing: Hearing): Sofar => {
  const reason = endedByDecision(line, hearing);
  if (reason !== undefined) return plus(sofar, [{ event: "cancelled", at: line.at, reason }]);
  const alone =
    stoppedAlone(line, hearing) ?? seenBy(hearing, line) ?? readBy(line, hearing.start, sofar.answers);
  if (alone !== undefined) return plus(sofar, [alone]);
  if (goesOn(line, hearing)) return sofar;
  const event = onFact(hearing, line, sofar.paused);
  if (event === undefined) return sofar;
  const paused = event.event === "paused" || (sofar.paused && event.event !== "resumed");
  const next = { ...plus(sofar, [event]), paused };
  return event.event === "stopped" ? answered(next, line, hearing) : next;
};

const heardOf = (sofar: Sofar, line: CaseLine, hearing: Hearing): Sofar => {
  if (hearing.start.deliveryId !== undefined) return plus(sofar, onReceipt(hearing, line));
  return reschedulings([line], hearing.start.clockId).reduce(
    (before, change) => {
      const calendars = before.calendars + Number(change.calendar !== undefined);
      const events = rescheduling(change, hearing, calendars);
      return { ...plus(before, events), calendars, paused: before.paused && change.why !== "reopened" };
    },
    onDecision(sofar, line, hearing),
  );
};

/** The life of a clock from its start on. `later`: the records after the one that started it, which it does not hear itself. */
export const eventsOf = (hearing: Hearing, later: readonly CaseLine[]): SingleClockEvent[] => {
  const { at } = hearing.start;
  const heard = hearing.line.at > at ? { heard: hearing.line.at } : {};
  const begun: Sofar = {
    events: [{ event: "started", at, ...heard }],
    paused: false,
    answers: [],
    calendars: 1,
  };
  return later.reduce((sofar, line) => heardOf(sofar, line, hearing), begun).events;
};
