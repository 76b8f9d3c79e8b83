import { hubActor } from "../../case/core.ts";
import { type Decision, refuse } from "../../case/decision.ts";
import { type Move, type Moves, notAllowed } from "../../case/moves.ts";
import type { BookingStatus } from "./booking-state.ts";
import type { SlotStatus } from "./slot-state.ts";

/** `visitation` gives times out, `booker` is whoever needs one, `hub` carries the steps between them. */
export type Role = "visitation" | "booker" | "hub";
export type Status = SlotStatus | BookingStatus;

const wished = ["held", "offered", "booked", "requested", "noPlace", "slotCancelled", "noneOffered"] as const;

/** How a slot and a booking begin. */
export const openings = {
  "booking.publish": { by: ["visitation"], when: ["none"], leadsTo: ["published"] },
  "booking.hold": { by: ["booker"], when: ["none"], leadsTo: ["wanting"] },
  "booking.bookDirectly": { by: ["booker"], when: ["none"], leadsTo: ["wanting"] },
  "booking.bookForReferral": { by: ["hub"], when: ["none"], leadsTo: ["wanting"] },
  "booking.request": { by: ["booker"], when: ["none"], leadsTo: ["requested"] },
} as const satisfies Moves<Role, Status | "none">;

/** What people may do. */
export const turns = {
  "booking.changeSlot": { by: ["visitation"], when: ["published"], leadsTo: ["published"] },
  "booking.cancelSlot": { by: ["visitation"], when: ["published"], leadsTo: ["cancelled"] },
  "booking.book": { by: ["booker"], when: ["held"], leadsTo: ["wanting"] },
  "booking.choose": {
    by: ["booker"],
    when: ["slotCancelled", "noPlace", "expired", "noneOffered"],
    leadsTo: ["wanting"],
  },
  "booking.offer": { by: ["visitation"], when: ["requested"], leadsTo: ["wanting"] },
  "booking.acceptOffer": { by: ["booker"], when: ["offered"], leadsTo: ["wanting"] },
  "booking.declineOffer": { by: ["booker"], when: ["offered"], leadsTo: ["requested"] },
  "booking.answerNone": { by: ["visitation"], when: ["requested"], leadsTo: ["noneOffered"] },
  "booking.release": {
    by: ["booker"],
    when: ["held", "offered", "booked", "requested", "slotCancelled", "expired"],
    leadsTo: ["released"],
  },
  // The other is possible afterwards too: a wrong tick is put right.
  "booking.attended": { by: ["visitation"], when: ["booked", "noShow"], leadsTo: ["attended"] },
  "booking.noShow": { by: ["visitation"], when: ["booked", "attended"], leadsTo: ["noShow"] },
} as const satisfies Moves<Role, Status>;

type Turn = keyof typeof turns;
const isTurn = (type: string): type is Turn => Object.hasOwn(turns, type);
export const turnTypes: readonly Turn[] = Object.keys(turns).filter(isTurn);
/** On a slot; the other turns are on a booking. */
export const isSlotTurn = (type: Turn): boolean =>
  type === "booking.changeSlot" || type === "booking.cancelSlot";

/** What the hub does, from one case to the other and when an alarm rings. A step that comes late is ignored. */
export const steps = {
  "booking.claim": { by: ["hub"], when: ["published", "cancelled", "ended"], leadsTo: ["published"] },
  "booking.free": { by: ["hub"], when: ["published"], leadsTo: ["published"] },
  "booking.ring": { by: ["hub"], when: ["published"], leadsTo: ["published", "ended"] },
  "booking.settle": { by: ["hub"], when: ["wanting"], leadsTo: wished },
  "booking.lapse": { by: ["hub"], when: ["held", "offered"], leadsTo: ["expired"] },
  "booking.lose": {
    by: ["hub"],
    when: ["wanting", "held", "offered", "booked"],
    leadsTo: ["slotCancelled"],
  },
  "booking.noteChange": { by: ["hub"], when: ["booked"], leadsTo: ["booked"] },
} as const satisfies Moves<Role, Status>;

export const moves = { ...turns, ...steps } as const;

type Standing = {
  status: Status;
  actor: string;
  visitation?: string | undefined;
  booker?: string | undefined;
};

/** Why a turn is not allowed, or `undefined`. */
export const turnProblem = (
  type: Turn,
  { status, actor, visitation, booker }: Standing,
): Decision<never> | undefined => {
  const move: Move<Role, Status> = turns[type];
  const holders = { visitation, booker, hub: hubActor };
  return notAllowed<Role, Status>(move, { status, holds: (role) => holders[role] === actor });
};

/** Why a step of the hub's own means nothing here: somebody else sent it, or the case has moved on meanwhile. */
export const stepProblem = (
  type: keyof typeof steps,
  { status, actor }: Standing,
): Decision<never> | undefined => {
  const move: Move<Role, Status> = steps[type];
  if (actor !== hubActor) return refuse("not-your-turn", "sender", "Only the hub may do this.");
  return move.when.includes(status) ? undefined : { kind: "ignore", reason: "moved-on" };
};
