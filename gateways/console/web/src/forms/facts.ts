/** What happened in a case, told by its type: the hub vouches for the shape, as it does for every answer. */
import type { DischargeFact } from "../../../../../contracts/messages/discharge-facts.ts";
import type { ObservationFact } from "../../../../../contracts/messages/observation-facts.ts";
import type { CaseView } from "../../../../../contracts/messages/worklist.ts";

type Viewed = Pick<CaseView, "records"> | undefined;
type Measured = Extract<ObservationFact, { type: "Measured" | "PartlyMeasured" }>;
type Retracted = Extract<ObservationFact, { type: "MeasurementRetracted" }>;
type Opened = Extract<ObservationFact, { type: "EpisodeOpened" }>;
type Adjusted = Extract<ObservationFact, { type: "AdjustmentOrdered" }>;
type Asked = Extract<ObservationFact, { type: "DoctorAsked" }>;
type Summary = Extract<DischargeFact, { type: "SummarySent" | "SummaryCorrected" | "LoneSummaryReceived" }>;

const factsOf = <Fact extends { type: string }>(view: Viewed, ...types: Fact["type"][]): Fact[] => {
  const isWanted = (fact: { type: string }): fact is Fact => types.includes(fact.type);
  return (view?.records ?? []).flatMap(({ facts }) => facts.filter(isWanted));
};

/** The measurements that count, oldest first: what was taken back, and what another stands instead of, is not among them. */
export const measurementsOf = (view: Viewed): Measured[] => {
  const gone = new Set(
    factsOf<Retracted>(view, "MeasurementRetracted").map(({ measurement }) => measurement),
  );
  return factsOf<Measured>(view, "Measured", "PartlyMeasured")
    .filter(({ no }) => !gone.has(no))
    .toSorted((a, b) => a.measuredAt.localeCompare(b.measuredAt));
};

/** Who the citizen is, whose practice it is, and which scheme is used; absent: the case is no episode of observation. */
export const episodeOf = (view: Viewed): Opened | undefined => factsOf<Opened>(view, "EpisodeOpened")[0];

/** What a doctor has ordered for this citizen last, as long as it holds. */
export const adjustmentOf = (view: Viewed, nowMs: number): Adjusted["adjustment"] | undefined => {
  const last = factsOf<Adjusted>(view, "AdjustmentOrdered").at(-1)?.adjustment;
  return last !== undefined && Date.parse(last.validTo) > nowMs ? last : undefined;
};

/** The id of the discharge summary in force: the one that was sent or corrected last. */
export const summaryIdOf = (view: Viewed): string =>
  factsOf<Summary>(view, "SummarySent", "SummaryCorrected", "LoneSummaryReceived").at(-1)?.summaryId ?? "";

/** The doctor's question that was put last: whom it went to by the hour, and the number. */
export const questionOf = (view: Viewed): Asked | undefined => factsOf<Asked>(view, "DoctorAsked").at(-1);
