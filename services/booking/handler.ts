import type { CommandReply, Envelope } from "../../contracts/envelope.ts";
import { Fault } from "../../contracts/errors.ts";
import { BookingCommand as WireCommand } from "../../contracts/messages/booking.ts";
import { parseCommand } from "../../contracts/parse-command.ts";
import type { CaseRecord } from "../../contracts/record.ts";
import { answerToWish, isPending, wishOfRecord } from "./core/answer.ts";
import type { SagaStep } from "./core/command.ts";
import type { Sent } from "./one-case.ts";
import type { BookingPorts } from "./ports.ts";
import { createSaga, type Saga } from "./saga.ts";

export type BookingHandler = {
  /** A command of the bus. */
  handle: (message: unknown) => Promise<CommandReply>;
  /** Does one step that a record sets off, and everything that follows. What was done before is done by that. @throws Fault */
  carryOn: (step: SagaStep, cause: CaseRecord) => Promise<void>;
};

/** What came of a wish. What is on disk stays there: a fault on the way must not read as if nothing were done. */
const answerOf = async ({ follow, load }: Saga, wished: CaseRecord, wish: number): Promise<CommandReply> => {
  const answer = await follow(wished)
    .then(() => load(wished.caseId))
    .catch((error: unknown) => {
      throw error instanceof Fault ? new Fault("answer-late", { cause: error }) : error;
    });
  const reply = answerToWish(answer, wish);
  if (reply === undefined) throw new Fault("answer-late");
  return reply;
};

/** The act itself is done. What it sets off and a fault stops, whoever follows the journal does. */
const followIfPossible = async ({ follow }: Saga, record: CaseRecord): Promise<void> => {
  await follow(record).catch((error: unknown) => {
    if (!(error instanceof Fault)) throw error;
  });
};

const after = async (saga: Saga, { reply, record }: Sent): Promise<CommandReply> => {
  if (reply.status !== "accepted" || record === undefined) return reply;
  const wish = wishOfRecord(record);
  if (wish === undefined) {
    await followIfPossible(saga, record);
    return reply;
  }
  const { duplicate } = reply;
  const before = duplicate ? answerToWish(await saga.load(record.caseId), wish) : undefined;
  const answer = before ?? (await answerOf(saga, record, wish));
  return "duplicate" in answer ? { ...answer, duplicate } : answer;
};

const dispatch = async (saga: Saga, envelope: Envelope, command: WireCommand): Promise<CommandReply> => {
  const first = await saga.send(envelope, command);
  if (!isPending(first.reply) || !("caseId" in command.payload)) return after(saga, first);
  await saga.finishPending(command.payload.caseId);
  const second = await saga.send(envelope, command);
  if (isPending(second.reply)) throw new Fault("journal-busy");
  return after(saga, second);
};

/**
 * The commands of slots and bookings. A booking that asks for a place is answered when its slot has answered: the steps in
 * between are done at once, and if this process dies between two of them, whoever follows the journal does the rest
 * (`continuation.ts`). Either way each is done once.
 */
export const createBookingHandler = (ports: BookingPorts): BookingHandler => {
  const saga = createSaga(ports);
  return {
    handle: (message) => {
      const parsed = parseCommand(WireCommand, message);
      return parsed.ok ? dispatch(saga, parsed.envelope, parsed.command) : Promise.resolve(parsed.reply);
    },
    carryOn: saga.takeUp,
  };
};
