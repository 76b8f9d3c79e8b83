import { describe, expect, it } from "vitest";
import { BookingCommands, BookingFact } from "../../../../../contracts/messages/booking.ts";
import type { BookingCommand } from "../../../../../services/booking/core/command.ts";
import {
  moves,
  openings,
  type Role,
  type Status,
  steps,
  turns,
} from "../../../../../services/booking/core/moves.ts";
import { statusOf } from "../../../../../services/booking/core/state.ts";
import { hubActor } from "../../../../../services/case/core.ts";
import type { Moves } from "../../../../../services/case/moves.ts";
import {
  booked,
  bookingId,
  claiming,
  command,
  core,
  decided,
  gp,
  heldBy,
  holdGiven,
  notGiven,
  now,
  offered,
  opened,
  otherId,
  published,
  requested,
  slot,
  slotId,
  stateAfter,
  takenBy,
  thirdId,
  visitation,
  wanted,
} from "../../../../support/booking-given.ts";
import { local } from "../../../../support/clock-given.ts";
import { who } from "../../../../support/region-view.ts";

type Known = Status | "none";

const lapsed = local("2026-11-23 10:00");
const ended: BookingFact = { type: "SlotEnded", start: slot.start, speciality: "kardiologi", claims: [] };
const cancelled: BookingFact = {
  type: "SlotCancelled",
  reason: "Sygdom",
  start: slot.start,
  speciality: "kardiologi",
  claims: [],
};
const hold = [opened, wanted(1, "hold"), holdGiven()];
const atOnce = [opened, wanted(1, "book"), booked()];

/** A history that leads to each state. */
const histories: Record<Known, BookingFact[]> = {
  none: [],
  published: [published(3), takenBy(bookingId), heldBy(otherId, lapsed)],
  cancelled: [published(3), cancelled],
  ended: [published(3), ended],
  wanting: [opened, wanted(1, "hold")],
  held: hold,
  offered: [requested, wanted(1, "offer"), offered()],
  booked: atOnce,
  attended: [...atOnce, { type: "PatientAttended", start: slot.start }],
  noShow: [...atOnce, { type: "PatientNoShow", start: slot.start }],
  requested: [requested],
  noPlace: [opened, wanted(1, "hold"), notGiven()],
  expired: [...hold, { type: "HoldLapsed", wish: 1, slotId }],
  released: [...hold, { type: "BookingReleased", by: gp, slotId, wish: 1 }],
  noneOffered: [requested, { type: "NoneOffered", instead: { acuteRoute: [] } }],
  slotCancelled: [...hold, { type: "SlotLost", wish: 1, slotId, reason: "Sygdom" }],
};
const statuses = Object.keys(histories) as Known[];
const slotStatuses: readonly Known[] = ["published", "cancelled", "ended"];

const onCase = { caseId: bookingId };
const patient = { cpr: "0107364006", surname: "Prøvesen" };
const commands: Record<keyof typeof openings | keyof typeof moves, BookingCommand> = {
  "booking.publish": command("booking.publish", {
    messageId: "S-1",
    speciality: "kardiologi",
    start: slot.start,
    lengthMinutes: 30,
    places: 2,
    place: "Indgang 4",
  }),
  "booking.hold": command("booking.hold", { messageId: "B-1", slotId, patient }),
  "booking.bookDirectly": command("booking.bookDirectly", { messageId: "B-1", slotId, patient }),
  "booking.bookForReferral": command("booking.bookForReferral", {
    messageId: "R-1",
    referralCaseId: thirdId,
    slotId,
    by: gp,
    patient,
  }),
  "booking.request": command("booking.request", {
    messageId: "B-1",
    to: { gln: visitation },
    patient,
    reason: "Nyopstået åndenød",
  }),
  "booking.changeSlot": command("booking.changeSlot", { caseId: slotId, places: 9 }),
  "booking.cancelSlot": command("booking.cancelSlot", { caseId: slotId, reason: "Sygdom" }),
  "booking.book": command("booking.book", onCase),
  "booking.choose": command("booking.choose", { ...onCase, slotId: otherId }),
  "booking.offer": command("booking.offer", { ...onCase, slotId }),
  "booking.acceptOffer": command("booking.acceptOffer", onCase),
  "booking.declineOffer": command("booking.declineOffer", { ...onCase, reason: "Kan ikke" }),
  "booking.answerNone": command("booking.answerNone", onCase),
  "booking.release": command("booking.release", onCase),
  "booking.attended": command("booking.attended", onCase),
  "booking.noShow": command("booking.noShow", onCase),
  "booking.claim": claiming(thirdId),
  "booking.free": { type: "booking.free", id: "f", payload: { caseId: slotId, claimId: bookingId, wish: 1 } },
  "booking.ring": command("booking.ring", { caseId: slotId, alarmId: `hold.${otherId}` }),
  "booking.settle": {
    type: "booking.settle",
    id: "s",
    payload: { ...onCase, wish: 1, outcome: { kind: "held", slot, until: local("2026-11-23 10:25") } },
  },
  "booking.lapse": { type: "booking.lapse", id: "l", payload: { ...onCase, wish: 1 } },
  "booking.lose": { type: "booking.lose", id: "x", payload: { ...onCase, wish: 1, reason: "Sygdom" } },
  "booking.noteChange": {
    type: "booking.noteChange",
    id: "c",
    payload: { ...onCase, wish: 1, place: "Indgang 5" },
  },
};

const table: Moves<Role, Known> = { ...openings, ...moves };
const doers = { visitation, booker: gp, hub: hubActor, stranger: who.cardiology } as const;
type Doer = keyof typeof doers;
/** The next day, when whoever has a time has come or has not. */
const at: Partial<Record<string, string>> = {
  "booking.attended": local("2026-11-24 09:05"),
  "booking.noShow": local("2026-11-24 09:05"),
};
const isSlotCommand = (type: string): boolean =>
  ["booking.changeSlot", "booking.cancelSlot", "booking.claim", "booking.free", "booking.ring"].includes(
    type,
  );
const isStep = (type: string): boolean => type in steps;

const cases = Object.entries(commands).flatMap(([type, asked]) =>
  statuses.flatMap((status) =>
    (Object.keys(doers) as Doer[]).map((doer) => ({ type, asked, status, doer, move: table[type] })),
  ),
);

const begun = ["offered", "booked", "attended", "noShow", "requested", "noneOffered"];
/** Nobody gives times out in a case that no visitation has been asked in or booked with. */
const hasVisitation = (status: Known): boolean => slotStatuses.includes(status) || begun.includes(status);

const onNoCase = (type: string, { when }: { when: readonly Known[] }, may: boolean): string => {
  if (when.includes("none")) return may ? "record" : "refuse";
  return isStep(type) ? "ignore no-slot" : "refuse case-unknown";
};
const astray = (type: string, status: Known): string => {
  if (isStep(type)) return "ignore no-slot";
  return status === "wanting" && !isSlotCommand(type) ? "ignore place-pending" : "refuse wrong-state";
};
const ofStep = (doer: Doer, status: Known, isWhen: boolean): string => {
  if (doer !== "hub") return "refuse not-your-turn";
  if (isWhen) return "record";
  // What became of a place overtook the answer that gave it, which is heard first.
  return status === "wanting" ? "ignore place-pending" : "ignore moved-on";
};
const ofTurn = (status: Known, mayNow: boolean, isWhen: boolean): string => {
  if (status === "wanting") return "ignore place-pending";
  if (!mayNow) return "refuse not-your-turn";
  return isWhen ? "record" : "refuse wrong-state";
};

/** What the table of moves says of a command in a state by somebody, in the words of a decision. */
const expected = ({ type, status, doer, move }: (typeof cases)[number]): string => {
  if (move === undefined) throw new Error(type);
  const may = move.by.some((role) => role === doer);
  if (status === "none") return onNoCase(type, move, may);
  if (type in openings) return "refuse content-differs";
  if (isSlotCommand(type) !== slotStatuses.includes(status)) return astray(type, status);
  const isWhen = move.when.includes(status);
  if (isStep(type)) return ofStep(doer, status, isWhen);
  return ofTurn(status, may && (doer !== "visitation" || hasVisitation(status)), isWhen);
};

const came = (one: (typeof cases)[number]) =>
  decided(histories[one.status], one.asked, {
    by: doers[one.doer],
    at: at[one.type] ?? now,
    caseId: slotStatuses.includes(one.status) ? slotId : bookingId,
  });

describe("the moves of slots and bookings", () => {
  it("have a history that leads to each state", () => {
    for (const status of statuses) expect(statusOf(stateAfter(...histories[status]))).toBe(status);
  });

  it("name every command that travels on the bus, and every state", () => {
    expect(Object.keys(BookingCommands).filter((type) => !(type in table))).toEqual([]);
    const named = new Set(Object.values(table).flatMap(({ when, leadsTo }) => [...when, ...leadsTo]));
    expect(statuses.filter((status) => !named.has(status))).toEqual([]);
  });

  it.each(cases)("$type by the $doer, while $status, comes to what the table says", (one) => {
    const decision = came(one);
    const verdict =
      decision.kind === "record"
        ? "record"
        : decision.kind === "refuse"
          ? `refuse ${decision.code}`
          : `ignore ${decision.reason}`;
    const wanted = expected(one);
    if (wanted === "refuse") expect(verdict).toMatch(/^refuse /);
    else expect(verdict).toBe(wanted);
  });

  it.each(cases.filter(({ type }) => type in turns))(
    "$type by the $doer, while $status, is said to be taken if it is",
    (one) => {
      const time = at[one.type] ?? now;
      const asking = { actor: doers[one.doer], now: time, today: time.slice(0, 10) };
      const said = core.can?.(stateAfter(...histories[one.status]), asking) ?? [];
      expect(said.includes(one.type)).toBe(came(one).kind === "record");
    },
  );

  it("say nothing of who came before the time has come", () => {
    const early = { actor: visitation, now: local("2026-11-23 08:00"), today: "2026-11-23" };
    const said = core.can?.(stateAfter(...histories.booked), early) ?? [];
    expect(said.filter((type) => type === "booking.attended" || type === "booking.noShow")).toEqual([]);
  });

  it.each(cases.filter((one) => expected(one) === "record"))(
    "$type by the $doer, while $status, leads to a state of the table",
    (one) => {
      const decision = came(one);
      if (decision.kind !== "record") throw new Error(decision.kind);
      const after = statusOf(stateAfter(...histories[one.status], ...decision.facts));
      // A claim on what was taken back or is over leaves it as it is.
      const stays = one.type === "booking.claim" && one.status !== "published";
      expect(stays ? [one.status] : one.move?.leadsTo).toContain(after);
    },
  );

  it("record every fact of a slot and of a booking, but for those that need more than one turn", () => {
    const recorded = new Set(
      cases.flatMap((one) => {
        const decision = came(one);
        return decision.kind === "record" ? decision.facts.map(({ type }) => type) : [];
      }),
    );
    const types = BookingFact.options.map((option) => option.shape.type.value);
    expect(types.filter((type) => !recorded.has(type))).toEqual([
      "SlotEnded",
      "PlaceTaken",
      "PlaceOffered",
      "SlotBooked",
      "PlaceNotGiven",
    ]);
  });
});
