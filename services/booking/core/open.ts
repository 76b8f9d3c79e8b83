import type { BookingFact, BookingFactOf } from "../../../contracts/messages/booking.ts";
import type { Organisation } from "../../../contracts/messages/directory.ts";
import type { DecisionContext } from "../../case/core.ts";
import { type Decision, refuse } from "../../case/decision.ts";
import { activeOrganisation, isOrIsPartOf, offers, unitsOffering } from "../../case/directory-view.ts";
import type { CommandOf } from "./command.ts";
import { tooLateFrom } from "./in-time.ts";
import { insteadOf, insteadText } from "./instead.ts";
import { cannotBeTold, refuseAll } from "./publish.ts";
import type { BookingRules } from "./rules.ts";

type BookingDecision = Decision<BookingFact>;
type World = { context: DecisionContext; rules: BookingRules };
type Problems = Parameters<typeof refuseAll>[0];

const bookerProblems = (booker: Organisation | undefined, { bookers }: BookingRules): Problems => {
  if (booker === undefined)
    return [{ path: "sender", code: "sender-unknown", message: "Your GLN is not in the directory." }];
  return [
    ...(bookers.includes(booker.kind)
      ? []
      : [
          {
            path: "sender",
            code: "not-a-booker",
            message: "Sub-acute times are booked by general practice and the like.",
          } as const,
        ]),
    ...(cannotBeTold(booker)
      ? [
          {
            path: "sender",
            code: "receiver-cannot-receive",
            message: "Your organisation has no channel (json, SlotBooked) to be told what becomes of it.",
          } as const,
        ]
      : []),
  ];
};

const needProblems = (needAt: string | undefined, now: string): Problems =>
  needAt !== undefined && needAt > now
    ? [{ path: "needAt", code: "need-in-future", message: "A need that has not arisen cannot be sub-acute." }]
    : [];

type Opening = CommandOf<"booking.hold" | "booking.bookDirectly" | "booking.request">["payload"];

const matterOf = (
  { patient, municipality, needAt, referralCaseId, relatesTo }: Opening,
  { actor: booker, now }: DecisionContext,
): Omit<BookingFactOf<"BookingOpened">, "type"> => ({
  booker,
  patient,
  municipality,
  needAt: needAt ?? now,
  referralCaseId,
  relatesTo,
});

/** A place is asked of a slot, first thing in a new case. What becomes of it is in the next record. */
export const openByWish = (
  { type, payload }: CommandOf<"booking.hold" | "booking.bookDirectly">,
  { context, rules }: World,
): BookingDecision => {
  const { directory, actor, today, now } = context;
  const problem = refuseAll([
    ...bookerProblems(activeOrganisation(directory, actor, today), rules),
    ...needProblems(payload.needAt, now),
  ]);
  if (problem !== undefined) return problem;
  const matter = matterOf(payload, context);
  const { municipality } = payload;
  const before = tooLateFrom(matter.needAt, rules.daysAfterNeed);
  const want = type === "booking.hold" ? "hold" : "book";
  const { slotId } = payload;
  return {
    kind: "record",
    facts: [
      { type: "BookingOpened", ...matter },
      { type: "PlaceWanted", wish: 1, want, slotId, by: actor, before, municipality },
    ],
    tell: [],
    parties: [actor],
  };
};

/** The hub books for a referral that was accepted. When is the referral's own affair, so no rule of days is asked. */
export const openForReferral = (
  { payload }: CommandOf<"booking.bookForReferral">,
  { directory, today, now }: DecisionContext,
): BookingDecision => {
  const { by, patient, referralCaseId, slotId } = payload;
  if (activeOrganisation(directory, by, today) === undefined)
    return refuse("sender-unknown", "by", "Whom it is booked for is not in the directory.");
  return {
    kind: "record",
    facts: [
      { type: "BookingOpened", booker: by, patient, needAt: now, referralCaseId, relatesTo: [] },
      { type: "PlaceWanted", wish: 1, want: "book", slotId, by },
    ],
    tell: [],
    parties: [by],
  };
};

type Asked = { visitation: Organisation } | { problems: Problems };

const visitationOf = (
  { to, municipality }: CommandOf<"booking.request">["payload"],
  { directory, today }: DecisionContext,
): Asked => {
  const named = "gln" in to ? activeOrganisation(directory, to.gln, today) : undefined;
  if ("gln" in to && named === undefined) {
    const message = "The receiver's GLN is not in the directory, or no longer in force.";
    return { problems: [{ path: "to.gln", code: "receiver-unknown", message }] };
  }
  const wanted = { service: "sub-acute" } as const;
  const found =
    "hospital" in to ? unitsOffering(directory, { ...wanted, within: to.hospital }, today)[0] : named;
  if (found !== undefined && offers(found, wanted, today)) return { visitation: found };
  const hospital = "hospital" in to ? to.hospital : to.gln;
  const within = isOrIsPartOf(directory, hospital, hospital) ? hospital : undefined;
  const ways = insteadText(insteadOf(directory, { hospital: within, municipality }, today));
  const message = `Sub-acute times are not given out there by the directory. ${ways}`;
  const path = "hospital" in to ? "to.hospital" : "to.gln";
  return { problems: [{ path, code: "not-sub-acute", message }] };
};

/** The visitation is asked for a time. It owes an answer within the agreed minutes of its opening hours. */
export const openByRequest = (
  { payload }: CommandOf<"booking.request">,
  { context, rules }: World,
): BookingDecision => {
  const { directory, actor, today, now } = context;
  const asked = visitationOf(payload, context);
  const untold =
    "visitation" in asked && cannotBeTold(asked.visitation)
      ? [
          {
            path: "to",
            code: "receiver-cannot-receive",
            message: "The visitation has no channel for this type of document.",
          } as const,
        ]
      : [];
  const problem = refuseAll([
    ...bookerProblems(activeOrganisation(directory, actor, today), rules),
    ...needProblems(payload.needAt, now),
    ...("problems" in asked ? asked.problems : untold),
  ]);
  if (problem !== undefined || !("visitation" in asked))
    return problem ?? { kind: "ignore", reason: "unknown" };
  const { gln: visitation } = asked.visitation;
  const { speciality, reason, callbackPhone } = payload;
  return {
    kind: "record",
    facts: [
      { type: "SlotRequested", ...matterOf(payload, context), visitation, speciality, reason, callbackPhone },
    ],
    tell: [{ to: visitation, from: actor, fact: 0 }],
    parties: [actor, visitation],
    owing: [{ kind: "request", debtor: visitation, creditor: actor }],
  };
};
