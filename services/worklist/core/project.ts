import type { ClockChange } from "../../../contracts/clocks.ts";
import { deliveryOfAlarm, plainUuid } from "../../../contracts/derived-ids.ts";
import {
  arrivedKey,
  attachmentsRevisionKey,
  awaitedField,
  awaitedKey,
  businessKey,
  caseKey,
  patientHash,
  patientKey,
  threadKey,
  timersKey,
} from "../../../contracts/index-keys.ts";
import type { Letter } from "../../../contracts/letter.ts";
import { type AdviceFact, isAdviceFact, threadIdOf } from "../../../contracts/messages/advice.ts";
import { type AttachmentFact, isAttachmentFact } from "../../../contracts/messages/attachment.ts";
import type { IndexedCase } from "../../../contracts/messages/case-list.ts";
import { isReferralFact } from "../../../contracts/messages/referral.ts";
import { noticeOfAlarm } from "../../../contracts/notices.ts";
import type { AlarmChange, CaseRecord } from "../../../contracts/record.ts";
import { epochMs } from "../../case/epoch-ms.ts";
import { conversationKey, episodeKey, turnKey } from "../../case/thread-keys.ts";
import { listWrites } from "./lanes.ts";
import { indexedCase } from "./places.ts";
import { ofDelivery } from "./project-deliveries.ts";
import { ofDesk } from "./project-desk.ts";
import { ofOwed } from "./project-owed.ts";
import { slotOps } from "./project-slots.ts";
import { businessHashes } from "./search-keys.ts";

/** One write to the read models; see the store for what each means. */
export type Op = readonly [command: string, key: string, ...args: string[]];
type Digest = (text: string) => string;

const ms = (instant: string): string => String(epochMs(instant));

const warnMember = (caseId: string, clockId: string): string => `${caseId}|${clockId}|w`;
const breachMember = (caseId: string, clockId: string): string => `${caseId}|${clockId}|b`;

/** Several warnings take turns in one timer. */
const ofWarned = ({ next }: Extract<ClockChange, { change: "warned" }>, member: string): Op =>
  next === undefined ? ["ZREM", timersKey, member] : ["ZADD", timersKey, ms(next), member];

/** A clock that is counted anew says itself what may still ring: it may have ended before, or wait for its creditor. */
const ofRescheduled = (
  c: Extract<ClockChange, { change: "rescheduled" }>,
  members: { warn: string; breach: string },
): Op[] => {
  const scores = c.rings.flatMap((ring) => {
    const at = ms(ring === "warn" ? c.warnAt : c.due);
    return [c.paused === true ? "+inf" : at, members[ring]];
  });
  return scores.length === 0 ? [] : [["ZADD", timersKey, ...scores]];
};

/**
 * Two timers a clock: the next warning, and the breach. A pause moves them out of sight and a resume moves those that are left back: a warning that was
 * given is not given again.
 */
const ofClock =
  (caseId: string) =>
  (c: ClockChange): Op[] => {
    const [warn, breach] = [warnMember(caseId, c.clockId), breachMember(caseId, c.clockId)];
    switch (c.change) {
      case "started":
        return [["ZADD", timersKey, ms(c.warnAt), warn, ms(c.due), breach]];
      case "paused":
        return [["ZADD", timersKey, "XX", "+inf", warn, "+inf", breach]];
      case "resumed":
        return [["ZADD", timersKey, "XX", ms(c.warnAt), warn, ms(c.due), breach]];
      case "rescheduled":
        return [["ZREM", timersKey, warn, breach], ...ofRescheduled(c, { warn, breach })];
      case "answered":
        return [];
      case "warned":
        return [ofWarned(c, warn)];
      case "breached":
      case "stopped":
      case "cancelled":
        return [["ZREM", timersKey, warn, breach]];
    }
  };

/** The service that alarms of any family's cases are for: those of deliveries, and those of what is told of a clock later. */
const ownerOf = (caseId: string, alarmId: string): string | undefined => {
  if (deliveryOfAlarm(caseId, alarmId) !== undefined) return "delivery";
  return noticeOfAlarm(alarmId) === undefined ? undefined : "clock";
};

/** One timer an alarm, with the service that is told when it rings. */
const ofAlarm =
  ({ caseId, family }: CaseRecord) =>
  (a: AlarmChange): Op => {
    const owner = ownerOf(caseId, a.alarmId) ?? family;
    const member = `${caseId}|${a.alarmId}|a|${owner}`;
    return a.change === "set" ? ["ZADD", timersKey, ms(a.at), member] : ["ZREM", timersKey, member];
  };

/** Who is expected to write next, after a fact: `answers` whoever the letter went to, or nobody any more. */
const turns: Partial<Record<string, "expects" | "given" | "ends">> = {
  AdviceAsked: "expects",
  FollowUpAsked: "expects",
  AdviceRedirected: "expects",
  InformationRequested: "expects",
  InformationGiven: "given",
  AdviceAnswered: "ends",
  AdviceConverted: "ends",
  AdviceDeclined: "ends",
  AdviceWithdrawn: "ends",
  CorrespondenceHandled: "ends",
  ThreadStarted: "ends",
};

type Fact = CaseRecord["facts"][number];
type WithLetter = Extract<AdviceFact, { letter: Letter }>;

/** Whose turn it is after a fact. A unit that passed a question on owes nothing more: its next letter is another matter. */
const ofTurn = (
  fact: Fact,
  letter: Letter,
  { caseId, at, digest }: { caseId: string; at: string; digest: Digest },
): Op[] => {
  const [from, to] = [letter.sender.gln, letter.receiver.gln];
  const key = (parties: { from: string; to: string }): string => threadKey(turnKey(letter, parties, digest));
  const left =
    fact.type === "AdviceRedirected" && "from" in fact && typeof fact.from === "string"
      ? fact.from
      : undefined;
  const turn = turns[fact.type];
  return [
    ...(left === undefined ? [] : [["ZREM", key({ from: left, to: from }), caseId] as const]),
    ...(turn === "expects" ? [["ZADD", key({ from: to, to: from }), at, caseId] as const] : []),
    ...(turn === "given" || turn === "ends" ? [["ZREM", key({ from, to }), caseId] as const] : []),
    ...(turn === "ends" ? [["ZREM", key({ from: to, to: from }), caseId] as const] : []),
  ];
};

/** The ids under which the hub, or a message, tells of the case by FHIR: a unit that it was passed on to has one of its own. */
const threadIdsOf = (fact: WithLetter, caseId: string): string[] => {
  const own = fact.thread === undefined ? [] : [fact.thread.id];
  if (fact.type === "AdviceAsked") return [...own, threadIdOf(caseId)];
  return fact.type === "AdviceRedirected" ? [threadIdOf(caseId, fact.to)] : own;
};

const namesOfThread = (fact: WithLetter, caseId: string, digest: Digest): string[] => {
  const { letter } = fact;
  const episode = episodeKey(letter, digest);
  const ids = threadIdsOf(fact, caseId).map((id) => conversationKey(letter, id, digest));
  return [...(episode === undefined ? [] : [episode]), ...ids];
};

const ofThread =
  (record: CaseRecord, digest: Digest) =>
  (fact: Fact): Op[] => {
    if (!isAdviceFact(fact)) return [];
    const { caseId } = record;
    const at = ms(record.meta.at);
    // What is handled needs no answer: the handler's next letter about the citizen is another matter.
    if (fact.type === "CorrespondenceHandled" && fact.question !== undefined)
      return ofTurn(fact, fact.question, { caseId, at, digest });
    if (!("letter" in fact)) return [];
    const { letter, attachments } = fact;
    const brought = attachments.map((object) => object.objectId);
    return [
      ...namesOfThread(fact, caseId, digest).map((key) => ["ZADD", threadKey(key), at, caseId] as const),
      ...ofTurn(fact, letter, { caseId, at, digest }),
      ...awaitedBy(letter, brought, { caseId }),
    ];
  };

type Letterlike = { references: Letter["references"]; sender: { gln: string } };

/**
 * What a letter names and does not bring itself: an attachment letter of the same sender is to bring it. `family`: whose
 * command joins it, where that is not advice.
 */
const awaitedBy = (
  letter: Letterlike,
  brought: readonly string[],
  { caseId, family = "" }: { caseId: string; family?: string },
): Op[] => {
  const fields = letter.references.flatMap(({ target }) => {
    const objectId = target.kind === "bin" ? plainUuid(target.objectId) : undefined;
    return objectId === undefined || brought.includes(objectId)
      ? []
      : [awaitedField(letter.sender.gln, objectId, caseId), family];
  });
  return fields.length === 0
    ? []
    : [
        ["HSET", awaitedKey, ...fields],
        ["INCR", attachmentsRevisionKey],
      ];
};

/** Families that join what a letter of MedCom's names, beside advice, which has its letters in its facts. */
const joiningFamilies: readonly string[] = ["referral"];

const ofWritten = ({ family, caseId, written }: CaseRecord): Op[] =>
  written !== undefined && "references" in written && joiningFamilies.includes(family)
    ? awaitedBy(written, [], { caseId, family })
    : [];

type Received = Extract<AttachmentFact, { type: "AttachmentsReceived" }>;

const arrived = (record: CaseRecord, { letter }: Received): Op[] => [
  ...letter.objects.map((object): Op => {
    const member = JSON.stringify({ caseId: record.caseId, object });
    return ["ZADD", arrivedKey(letter.sender.gln, object.objectId), ms(record.meta.at), member];
  }),
  ["INCR", attachmentsRevisionKey],
];

const noLongerAwaited = (
  { caseId }: CaseRecord,
  sender: string,
  objects: readonly { objectId: string }[],
): Op[] => [["HDEL", awaitedKey, ...objects.map(({ objectId }) => awaitedField(sender, objectId, caseId))]];

const ofAttachments =
  (record: CaseRecord) =>
  (fact: Fact): Op[] => {
    if (isAttachmentFact(fact)) return fact.type === "AttachmentsReceived" ? arrived(record, fact) : [];
    if (isReferralFact(fact) && fact.type === "ReferralAttachmentsJoined")
      return noLongerAwaited(record, fact.sender, fact.attachments);
    if (!isAdviceFact(fact) || fact.type !== "AttachmentsJoined") return [];
    return noLongerAwaited(record, fact.sender, fact.objects);
  };

/** The case in the lists of its parties, and among the cases of its citizen. */
const ofCard = (record: CaseRecord, indexed: IndexedCase | undefined, digest: Digest): Op[] => {
  if (indexed === undefined) return [];
  const patient = record.meta.card?.patient;
  return [
    ["SET", caseKey(indexed.caseId), JSON.stringify(indexed)],
    ...listWrites(indexed),
    ...(patient === undefined
      ? []
      : [
          [
            "ZADD",
            patientKey(patientHash(patient, digest)),
            `-${ms(record.meta.at)}`,
            indexed.caseId,
          ] as const,
        ]),
  ];
};

const ofIds = (record: CaseRecord, digest: Digest): Op[] =>
  businessHashes(record, digest).map((hash) => [
    "ZADD",
    businessKey(hash),
    ms(record.meta.at),
    record.caseId,
  ]);

/**
 * What one record means for the read models: inboxes, timers, threads, attachments, lists, citizens, ids. A pure function of the record, and
 * records of different cases commute, so a rebuild from the journal gives the same bytes whatever the order of streams.
 */
export const project = (record: CaseRecord, digest: Digest): Op[] => {
  const indexed = indexedCase(record);
  return [
    ...record.deliveries.flatMap(ofDelivery(record)),
    ...record.clocks.flatMap(ofClock(record.caseId)),
    ...(record.alarms ?? []).map(ofAlarm(record)),
    ...record.facts.flatMap(ofThread(record, digest)),
    ...ofWritten(record),
    ...record.facts.flatMap(ofAttachments(record)),
    ...ofCard(record, indexed, digest),
    ...ofOwed(record, indexed),
    ...ofIds(record, digest),
    ...slotOps(record),
    ...ofDesk(record),
  ];
};
