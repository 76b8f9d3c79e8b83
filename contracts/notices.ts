/** What the hub tells people of a clock that runs out: facts of any case, whichever its family. */
import { z } from "zod";
import { EscalationTo, InBothLanguages } from "./agreement.ts";
import { Instant } from "./time.ts";

/** Whom to ring: the organisation and its number. */
const Phone = z.object({ of: z.string(), number: z.string() });

/** One step of the agreement as it was taken. */
export const NoticeStep = z.object({
  /** Its place in the agreement's `escalation`, from 0. */
  step: z.number().int().min(0),
  to: EscalationTo,
  /** Who that was, by the directory of that moment. Absent: nobody, so that nothing was sent. */
  organisation: z.string().optional(),
  /** Absent: the directory knows no number. */
  phone: Phone.optional(),
  urgent: z.boolean(),
  /** When it is told: in the digest of that time, or as a later step. Absent: it was told with this very fact. */
  at: Instant.optional(),
  ...InBothLanguages.shape,
});
export type NoticeStep = z.infer<typeof NoticeStep>;

/**
 * Which clock, and what it is about. Of the citizen nothing: whoever is party to the case finds it by its id, and to anybody else
 * that id says nothing.
 */
const clock = {
  clockId: z.string(),
  agreement: z.string(),
  agreementVersion: z.number(),
  name: InBothLanguages,
  debtor: z.string(),
  debtorName: z.string().optional(),
  creditor: z.string(),
  creditorName: z.string().optional(),
  /** Which of several things that are owed in one case, e.g. an item of a discharge's list: each has a clock of its own. */
  about: z.string().optional(),
  due: Instant,
};

/** Which of the two happened to the clock. */
export const NoticeOn = z.enum(["warning", "breach"]);
export type NoticeOn = z.infer<typeof NoticeOn>;

/** A clock of which somebody is told in a digest. `waits`: its debtor waits for an answer itself meanwhile. */
export const DigestItem = z.object({
  caseId: z.string(),
  /** The step, so that the same item is never listed twice. */
  key: z.string(),
  ...clock,
  on: NoticeOn,
  state: z.enum(["soon", "late", "waits"]),
  step: NoticeStep,
});
export type DigestItem = z.infer<typeof DigestItem>;

export const NoticeFact = z
  .discriminatedUnion("type", [
    z.object({ type: z.literal("ClockWarned"), ...clock, steps: z.array(NoticeStep) }),
    z.object({ type: z.literal("ClockBreached"), ...clock, steps: z.array(NoticeStep) }),
    /** The time of later steps has come, and the answer is still owed. */
    z.object({ type: z.literal("ClockEscalated"), ...clock, steps: z.array(NoticeStep) }),
    /** What was not urgent went into the digest of its receiver, which is a case of its own. */
    z.object({
      type: z.literal("NoticeGathered"),
      clockId: z.string(),
      step: z.number().int().min(0),
      organisation: z.string(),
      digestCaseId: z.string(),
    }),
  ])
  .meta({ id: "NoticeFact" });
export type NoticeFact = z.infer<typeof NoticeFact>;
/** The facts that tell somebody something at once. */
export type ClockNotice = Exclude<NoticeFact, { type: "NoticeGathered" }>;

const noticeTypes = new Set<string>(NoticeFact.options.map(({ shape }) => shape.type.value));

/** A fact of a record that `isCaseRecord` vouches for, which a case of any family may hold. */
export const isNoticeFact = (fact: { type: string }): fact is NoticeFact => noticeTypes.has(fact.type);

const noticeAlarm = "notice.";
/** The alarm by which a step of a clock is told later. It is the agreement service's, in a case of any family. */
export const noticeAlarmOf = (clockId: string, step: number): string =>
  `${noticeAlarm}${String(step)}.${clockId}`;
/** `undefined`: the alarm is another's. */
export const noticeOfAlarm = (alarmId: string): { clockId: string; step: number } | undefined => {
  const [, step, clockId] = /^notice\.(\d+)\.(.+)$/.exec(alarmId) ?? [];
  return step === undefined || clockId === undefined ? undefined : { clockId, step: Number(step) };
};
