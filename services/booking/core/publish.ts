import type { ErrorCode } from "../../../contracts/errors.ts";
import type { BookingFact } from "../../../contracts/messages/booking.ts";
import type { Organisation } from "../../../contracts/messages/directory.ts";
import type { Problem } from "../../../contracts/problem.ts";
import type { DecisionContext } from "../../case/core.ts";
import type { Decision } from "../../case/decision.ts";
import { activeOrganisation, channelFor, isOrIsPartOf, offers } from "../../case/directory-view.ts";
import type { CommandOf } from "./command.ts";
import { endAlarm, endOf } from "./slot.ts";

type Found = { path: string; code: ErrorCode; message: string };

/** A refusal with every problem at once; its code is the first one's. */
export const refuseAll = (found: readonly Found[]): Decision<never> | undefined => {
  const [first] = found;
  if (first === undefined) return undefined;
  const problems = found.map((one): Problem => ({ ...one, severity: "error" }));
  return { kind: "refuse", code: first.code, problems };
};

const hospitalOf = ({ gln, kind, partOf }: Organisation): string =>
  kind === "hospital" ? gln : (partOf ?? gln);

/** Whoever has no channel for the answer would wait for it unnoticed. */
export const cannotBeTold = (o: Organisation): boolean =>
  channelFor(o, { oioxml: [], json: "SlotBooked" satisfies BookingFact["type"] }) === undefined;

const visitationProblems = (visitation: Organisation, today: string): Found[] => [
  ...(offers(visitation, { service: "sub-acute" }, today)
    ? []
    : [
        {
          path: "sender",
          code: "not-sub-acute",
          message: "Your organisation offers no sub-acute times by the directory.",
        } as const,
      ]),
  ...(cannotBeTold(visitation)
    ? [
        {
          path: "sender",
          code: "receiver-cannot-receive",
          message: "Your organisation has no channel (json, SlotBooked) to be told of bookings.",
        } as const,
      ]
    : []),
];

const slotProblems = (
  { start, unit, regions = [] }: CommandOf<"booking.publish">["payload"],
  hospital: string,
  { now, today, directory }: DecisionContext,
): Found[] => [
  ...(start <= now
    ? [{ path: "start", code: "slot-begun", message: "That time has begun already." } as const]
    : []),
  ...(unit !== undefined &&
  (activeOrganisation(directory, unit, today) === undefined || !isOrIsPartOf(directory, unit, hospital))
    ? [{ path: "unit", code: "unit-elsewhere", message: "That unit is not one of your hospital." } as const]
    : []),
  ...regions.flatMap((gln, i) =>
    activeOrganisation(directory, gln, today)?.kind === "region"
      ? []
      : [
          {
            path: `regions.${String(i)}`,
            code: "receiver-unknown",
            message: "There is no region of that GLN in the directory.",
          } as const,
        ],
  ),
];

/** The visitation publishes capacity. Its parties are the visitation and its hospital alone: no booker is ever one. */
export const publish = (
  { payload }: CommandOf<"booking.publish">,
  context: DecisionContext,
): Decision<BookingFact> => {
  const { actor, today, directory, caseId: slotId } = context;
  const visitation = activeOrganisation(directory, actor, today);
  if (visitation === undefined)
    return (
      refuseAll([
        { path: "sender", code: "sender-unknown", message: "Your GLN is not in the directory." },
      ]) ?? {
        kind: "ignore",
        reason: "unknown",
      }
    );
  const hospital = hospitalOf(visitation);
  const problem = refuseAll([
    ...visitationProblems(visitation, today),
    ...slotProblems(payload, hospital, context),
  ]);
  if (problem !== undefined) return problem;
  const { messageId: _messageId, places, municipalities, regions, unit = actor, ...details } = payload;
  const slot = { slotId, visitation: actor, hospital, unit, ...details };
  return {
    kind: "record",
    facts: [{ type: "SlotPublished", slot, places, municipalities, regions }],
    tell: [],
    parties: [...new Set([actor, hospital])],
    alarms: [{ change: "set", alarmId: endAlarm, at: endOf(slot) }],
  };
};
