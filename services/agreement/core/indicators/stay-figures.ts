import { keeps } from "../../../../contracts/agreement.ts";
import type { ClockChange } from "../../../../contracts/clocks.ts";
import type { DischargeFact } from "../../../../contracts/messages/discharge-facts.ts";
import type { Instant } from "../../../../contracts/time.ts";
import { monthOf } from "./clock-row.ts";
import type { FigureRow } from "./figure-row.ts";

/** What a stay has told so far that is counted. `left`: when the patient left, and when the hub was told of it. */
export type StaySoFar = {
  ward: string;
  practice: string;
  left?: { at: Instant; told: Instant } | undefined;
  /** When the hub took the first summary. */
  summaryAt?: Instant | undefined;
  visit?: { month: string; asker: string; debtor: string; held: boolean } | undefined;
};

type Told = { at: Instant; clocks: readonly ClockChange[] };
type FactOf<Type extends DischargeFact["type"]> = Extract<DischargeFact, { type: Type }>;

const nothing: StaySoFar = { ward: "", practice: "" };

const left = (so: StaySoFar, at: Instant, { told, ward }: { told: Instant; ward: string }): StaySoFar => ({
  ...so,
  ward,
  left: { at, told: so.left?.told ?? told },
});

const stayed = (so: StaySoFar): StaySoFar => ({ ...so, left: undefined });

const reported = (so: StaySoFar, fact: FactOf<"StayEventReported">, at: Instant): StaySoFar => {
  const known = { ...so, practice: fact.stay.practice ?? so.practice };
  if (fact.event === "discharged") return left(known, fact.occurredAt, { told: at, ward: fact.department });
  return fact.event === "admitted" || fact.event === "acute-ambulant" ? stayed(known) : known;
};

const corrected = (so: StaySoFar, fact: FactOf<"StayEventCorrected">, at: Instant): StaySoFar =>
  fact.event === "discharged" ? left(so, fact.occurredAt, { told: at, ward: fact.department }) : so;

/** Who owes the visit stands on its clock. */
const visitDebtor = (clocks: readonly ClockChange[]): string | undefined =>
  clocks.flatMap((change) =>
    change.change === "started" && keeps(change.agreement, "HOMEVISIT") ? [change.debtor] : [],
  )[0];

const asked = (so: StaySoFar, { by, at }: FactOf<"HomeVisitAsked">): StaySoFar =>
  so.visit === undefined ? { ...so, visit: { month: monthOf(at), asker: by, debtor: "", held: false } } : so;

const held = (so: StaySoFar): StaySoFar =>
  so.visit === undefined ? so : { ...so, visit: { ...so.visit, held: true } };

const afterEvent = (so: StaySoFar, fact: DischargeFact, at: Instant): StaySoFar => {
  if (fact.type === "StayEventReported") return reported(so, fact, at);
  if (fact.type === "StayEventCorrected") return corrected(so, fact, at);
  return fact.type === "StayEventCancelled" && fact.event === "discharged" ? stayed(so) : so;
};

const owedBy = (so: StaySoFar, clocks: readonly ClockChange[]): StaySoFar => {
  const debtor = visitDebtor(clocks);
  return so.visit === undefined || debtor === undefined ? so : { ...so, visit: { ...so.visit, debtor } };
};

/** A visit that was asked for twice is counted once, in the month in which it was first asked for. */
export const stayAfter = (
  before: StaySoFar | undefined,
  fact: DischargeFact,
  { at, clocks }: Told,
): StaySoFar | undefined => {
  const so = before ?? nothing;
  if (fact.type === "SummarySent")
    return { ...so, summaryAt: so.summaryAt ?? at, practice: fact.practice ?? so.practice };
  if (fact.type === "HomeVisitAsked") return owedBy(asked(so, fact), clocks);
  if (fact.type === "HomeVisitDue") return owedBy(so, clocks);
  if (fact.type === "HomeVisitHeld") return held(so);
  const after = afterEvent(so, fact, at);
  return after === nothing ? before : after;
};

/** Ready: the hub had the summary when the patient left, or by the time that it was told of it. */
export const stayRows = ({ ward, practice, left: gone, summaryAt, visit }: StaySoFar): FigureRow[] => {
  const common = { family: "discharge", kind: "" };
  const latest = gone === undefined ? "" : [gone.at, gone.told].toSorted().at(-1);
  const ready = summaryAt !== undefined && latest !== undefined && summaryAt <= latest;
  return [
    ...(gone === undefined
      ? []
      : [
          {
            figure: "summaries-ready-at-discharge",
            ...common,
            month: monthOf(gone.at),
            organisation: ward,
            creditor: practice,
            met: ready,
          } as const,
        ]),
    ...(visit === undefined
      ? []
      : [
          {
            figure: "follow-up-visits-held",
            ...common,
            month: visit.month,
            organisation: visit.debtor,
            creditor: visit.asker,
            met: visit.held,
          } as const,
        ]),
  ];
};
