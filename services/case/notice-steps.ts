/** The steps of an agreement as they are taken: by whom, when, and with which number to ring. */
import type { Agreement, EscalationStep } from "../../contracts/agreement.ts";
import type { ClockNotice, NoticeOn, NoticeStep } from "../../contracts/notices.ts";
import type { Instant } from "../../contracts/time.ts";
import { calendarOf } from "./clock/calendars.ts";
import type { ClockState } from "./clock-book.ts";
import { dueOf } from "./clock-rules.ts";
import { agreementOf, hoursOf } from "./clock-world.ts";
import type { DirectoryView } from "./directory-view.ts";
import { digestAfter, isOpenAt } from "./notice-time.ts";
import { numberToRing, type TellWorld, whomToTell } from "./whom-to-tell.ts";

export type NoticeWorld = TellWorld & { agreements: readonly Agreement[] };
/** A step and its place in the agreement. */
export type Placed = { step: EscalationStep; index: number };

export const stepsOf = (clock: ClockState, { agreements }: Pick<NoticeWorld, "agreements">): Placed[] =>
  (agreementOf(clock, agreements)?.escalation ?? []).map((step, index) => ({ step, index }));

export const onOf = ({ on = "breach" }: EscalationStep): NoticeOn => on;

/** So long after now as the step says, by the debtor's days. */
const afterNow = (clock: ClockState, { after }: EscalationStep, { at, directory }: NoticeWorld): Instant =>
  after === undefined
    ? at
    : dueOf(after, at, calendarOf("debtorHours", { debtor: hoursOf(directory, clock.debtor) }));

/**
 * When a step is told; `undefined`: now. What is not urgent waits for its receiver's digest, but for a warning that would come too
 * late by then: such a one is told at once where its receiver is open.
 */
const timeOf = (
  clock: ClockState,
  { step, to }: { step: EscalationStep; to: string | undefined },
  world: NoticeWorld,
): Instant | undefined => {
  const at = afterNow(clock, step, world);
  if (step.urgent === true) return at > world.at ? at : undefined;
  const receiver = to === undefined ? undefined : world.directory.organisation(to);
  const digest = digestAfter(receiver, at).at;
  const tooLate = onOf(step) === "warning" && digest > clock.due;
  return tooLate && isOpenAt(receiver, world.at) ? undefined : digest;
};

/** A step as it is taken now, without its number to ring: that hangs on who reads it. */
export const taken = (clock: ClockState, { step, index }: Placed, world: NoticeWorld): NoticeStep => {
  const to = whomToTell(step.to, clock, world);
  const at = to === undefined ? undefined : timeOf(clock, { step, to }, world);
  return {
    step: index,
    to: step.to,
    ...(to === undefined ? {} : { organisation: to }),
    urgent: step.urgent === true,
    ...(at === undefined ? {} : { at }),
    da: step.da,
    en: step.en,
  };
};

/** A step with the number that its receiver rings, of those that all `readers` may know. */
export const withPhone = (
  clock: ClockState,
  step: NoticeStep,
  world: TellWorld & { readers: readonly string[] },
): NoticeStep => {
  const { organisation } = step;
  const phone = organisation === undefined ? undefined : numberToRing(organisation, clock, world);
  return phone === undefined ? step : { ...step, phone };
};

const nameOf = (directory: DirectoryView, gln: string): string | undefined => {
  const o = directory.organisation(gln);
  return o?.department === undefined ? o?.name : `${o.name}, ${o.department}`;
};

/** Which clock a notice is about. Of the citizen it says nothing. */
export const noticeOf = (
  clock: ClockState,
  { directory, agreements }: Pick<NoticeWorld, "directory" | "agreements">,
): Omit<ClockNotice, "type" | "steps"> => {
  const { clockId, agreement, agreementVersion, debtor, creditor, about, due } = clock;
  const name = agreementOf(clock, agreements)?.name ?? { da: agreement, en: agreement };
  const [debtorName, creditorName] = [nameOf(directory, debtor), nameOf(directory, creditor)];
  return {
    ...{ clockId, agreement, agreementVersion, name, debtor, creditor, due },
    ...(debtorName === undefined ? {} : { debtorName }),
    ...(creditorName === undefined ? {} : { creditorName }),
    ...(about === undefined ? {} : { about }),
  };
};
