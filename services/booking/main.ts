import { commandSubject, familySubjects, querySubject } from "../../contracts/subjects.ts";
import { caseIdFor } from "../../infra/ids.ts";
import { followJournal } from "../../infra/nats/follow-journal.ts";
import { overJson } from "../../infra/nats/json.ts";
import type { Part, Platform } from "../../infra/platform.ts";
import { startRepeating } from "../../infra/repeat.ts";
import { createCanHandler } from "../case/can.ts";
import { casePortsFrom } from "../case/case-ports.ts";
import { createContinuation } from "./continuation.ts";
import { bookingCore } from "./core/decide.ts";
import { type BookingRules, bookingRules } from "./core/rules.ts";
import { type BookingHandler, createBookingHandler } from "./handler.ts";
import type { BookingPorts } from "./ports.ts";
import { createSearch } from "./search.ts";
import { createUnfinished, type Unfinished } from "./unfinished.ts";

const restMs = 250;
/** Reads the journal from where everything was done. */
const startReading = (platform: Platform, unfinished: Unfinished): Part => {
  const { effects, log, positions } = platform;
  const nameOf = (stream: string): string => `booking-${stream}`;
  return followJournal(platform, {
    filter: familySubjects("booking"),
    from: (stream) => positions.read(nameOf(stream)),
    read: (stream, { seq, record }) => {
      unfinished.read({ stream, seq }, record(), effects.nowMs());
    },
    afterRun: (stream) => {
      positions.note(nameOf(stream), unfinished.doneUpTo(stream));
    },
    onFault: (error) => {
      log.warn("bookings are not followed", { error });
    },
  });
};

const startContinuing = (platform: Platform, carryOn: BookingHandler["carryOn"]): Part => {
  const { effects, log } = platform;
  const unfinished = createUnfinished();
  const reading = startReading(platform, unfinished);
  const go = createContinuation(unfinished, { carryOn, nowMs: effects.nowMs, log });
  const going = startRepeating(
    async () => (await go()) > 0,
    restMs,
    (error) => {
      log.warn("bookings wait", { error });
    },
  );
  return {
    stop: async () => {
      await going.stop();
      await reading.stop();
    },
  };
};

/** Bookings under the rules of a region. */
export const startBookingUnder = (platform: Platform, rules: BookingRules): Part => {
  const { bus, projections } = platform;
  const ports: BookingPorts = { ...casePortsFrom(platform), caseIdFor, rules };
  const { handle, carryOn } = createBookingHandler(ports);
  const { page, hgetall } = projections;
  const commands = bus.serve(commandSubject("booking.*"), "booking", overJson(handle));
  const search = createSearch({ ...ports, page, hgetall });
  const queries = bus.serve(querySubject("booking.*"), "booking", overJson(search));
  const can = createCanHandler(bookingCore(rules), casePortsFrom(platform));
  const canQueries = bus.serve(querySubject("can.booking"), "booking", overJson(can));
  const continuing = startContinuing(platform, carryOn);
  return {
    stop: async () => {
      await canQueries.stop();
      await queries.stop();
      await commands.stop();
      await continuing.stop();
    },
  };
};

export const startBooking = (platform: Platform): Part => startBookingUnder(platform, bookingRules);
