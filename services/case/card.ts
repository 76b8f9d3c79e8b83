import type { ClockChange } from "../../contracts/clocks.ts";
import type { DeliveryChange } from "../../contracts/deliveries.ts";
import { type CaseCard, followUpAct } from "../../contracts/record.ts";
import { earlierOf } from "../../contracts/time.ts";
import { type CaseState, deliveriesAfter } from "./case-state.ts";
import { type ClockState, evolveClock, isOpenClock } from "./clock-book.ts";
import { firstWarning } from "./clock-rules.ts";
import { leftAfter } from "./standing.ts";
import { followUps, undeliveredOf } from "./undelivered.ts";

/** What a family says of its case for lists; when something is due the kernel knows from the clocks. */
export type CardDraft = {
  kind: string;
  opener: string;
  awaits: readonly { who: string; act: string }[];
  closed: boolean;
  patient?: { cpr?: string | undefined; alternativeId?: string | undefined } | undefined;
  urgency?: string | undefined;
  links?: CaseCard["links"] | undefined;
};

const clocksAfter = (state: CaseState, changes: readonly ClockChange[]): ClockState[] => {
  const clocks: Record<string, ClockState> = { ...state.clocks };
  for (const change of changes) clocks[change.clockId] = evolveClock(clocks[change.clockId], change);
  return Object.values(clocks).filter((clock) => clock.deliveryId === undefined && isOpenClock(clock));
};

const awaited = (
  { who, act }: { who: string; act: string },
  open: readonly ClockState[],
): CaseCard["awaits"][number] => {
  const owed = open
    .filter((clock) => clock.debtor === who && clock.status !== "paused")
    .toSorted((a, b) => (a.due === b.due ? 0 : a.due < b.due ? -1 : 1));
  const [first] = owed;
  if (first === undefined) return { who, act, overdue: false };
  // Of several clocks one that is due later may warn earlier: it presses from then on.
  const warnAt = owed.map(firstWarning).reduce(earlierOf);
  const overdue = owed.some((clock) => clock.breached);
  return { who, act, due: first.due, warnAt, clockId: first.clockId, overdue };
};

const patientIdsOf = ({ patient }: CardDraft): Pick<CaseCard, "patient"> => {
  const { cpr, alternativeId } = patient ?? {};
  if (cpr !== undefined) return { patient: { cpr } };
  return alternativeId === undefined ? {} : { patient: { alternativeId } };
};

const newsOf = (state: CaseState, { news = state.card?.news }: Happened): Pick<CaseCard, "news"> =>
  news === undefined ? {} : { news };

/** What a decision changed that a card tells of. */
type Happened = {
  clocks: readonly ClockChange[];
  deliveries?: readonly DeliveryChange[] | undefined;
  parties?: readonly string[] | undefined;
  facts?: readonly { type: string }[] | undefined;
  /** The record tells of something; absent: nothing that a person would want to read. */
  news?: CaseCard["news"];
  at: string;
};

/**
 * The card of a case after a decision. Each thing that is expected has the earliest due time of the open clocks of who owes
 * it; a paused clock has none, since then another party is the one to act.
 */
export const cardAfter = (draft: CardDraft, state: CaseState, happened: Happened): CaseCard => {
  const open = clocksAfter(state, happened.clocks);
  const troubled = undeliveredOf(deliveriesAfter(state.deliveries, happened.deliveries ?? [], happened.at));
  const left = leftAfter(state.left, { facts: [...(happened.facts ?? [])] });
  // A card that is made anew from the last one brings along what was to be followed up then.
  const expected = draft.awaits.filter(({ act }) => act !== followUpAct);
  return {
    kind: draft.kind,
    opener: draft.opener,
    awaits: [...expected.map((one) => awaited(one, open)), ...followUps(troubled, draft.opener)],
    closed: draft.closed,
    ...(troubled.length === 0 ? {} : { undelivered: troubled.map(({ trouble: _trouble, ...one }) => one) }),
    ...patientIdsOf(draft),
    ...(draft.urgency === undefined ? {} : { urgency: draft.urgency }),
    links: [...(draft.links ?? [])],
    parties: [...new Set([...state.parties, ...(happened.parties ?? [])])],
    ...(left.length === 0 ? {} : { left: [...left] }),
    ...newsOf(state, happened),
    openedAt: state.card?.openedAt ?? happened.at,
  };
};
