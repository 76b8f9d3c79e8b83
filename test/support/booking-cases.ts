import type { CommandReply } from "../../contracts/envelope.ts";
import type { BookingFact } from "../../contracts/messages/booking.ts";
import { gp, visitation } from "./booking-given.ts";
import { accepted, createTestCases } from "./case-given.ts";
import { local } from "./clock-given.ts";

export const patient = { cpr: "0107364006", surname: "Prøvesen", givenName: "Åse" } as const;

/** Slots and bookings on one journal in memory, as bookers and a visitation use them. On a Monday at a quarter past ten. */
export const createBookingCases = (options: Parameters<typeof createTestCases>[0] = {}) => {
  const cases = createTestCases(options);
  const { send } = cases;
  const open = (type: string, slotId: string, by: string, messageId: string): Promise<CommandReply> =>
    send({ type, by, id: `${type}:${by}:${messageId}`, payload: { messageId, slotId, patient } });
  const act = (type: string, by: string, caseId: string, more: object = {}): Promise<CommandReply> =>
    send({ type, by, payload: { caseId, ...more } });
  const factsOf = (caseId: string): BookingFact[] =>
    cases.records(caseId).flatMap((record) => record.facts as BookingFact[]);
  return {
    cases,
    act,
    publish: async (places = 1, change: object = {}, messageId = "S-1"): Promise<string> => {
      const slot = { speciality: "kardiologi", lengthMinutes: 30, place: "Indgang 4, stuen" };
      const start = local("2026-11-24 09:00");
      const payload = { messageId, ...slot, start, places, ...change };
      return accepted(await send({ type: "booking.publish", by: visitation, payload })).caseId;
    },
    hold: (slotId: string, by: string = gp, messageId = "B-1"): Promise<CommandReply> =>
      open("booking.hold", slotId, by, messageId),
    bookNow: (slotId: string, by: string = gp, messageId = "B-1"): Promise<CommandReply> =>
      open("booking.bookDirectly", slotId, by, messageId),
    ring: (caseId: string, alarmId: string): Promise<CommandReply> =>
      act("booking.ring", "hub", caseId, { alarmId }),
    statusOf: (caseId: string): string => cases.state(caseId).status,
    facts: (caseId: string): string[] => factsOf(caseId).map(({ type }) => type),
    fact: <Type extends BookingFact["type"]>(
      caseId: string,
      type: Type,
    ): Extract<BookingFact, { type: Type }> | undefined =>
      factsOf(caseId).findLast((one): one is Extract<BookingFact, { type: Type }> => one.type === type),
    toldTo: (gln: string, documentType: string): number =>
      cases
        .records()
        .flatMap((record) => record.deliveries)
        .filter((d) => d.change === "owed" && d.to === gln && d.documentType === documentType).length,
  };
};
export type BookingCases = ReturnType<typeof createBookingCases>;
