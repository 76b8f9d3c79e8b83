import type { CommandReply, Envelope } from "../../contracts/envelope.ts";
import { Fault } from "../../contracts/errors.ts";
import type { CaseRecord } from "../../contracts/record.ts";
import { hubActor } from "../case/core.ts";
import { answerToWish, isPending, wishOfRecord } from "./core/answer.ts";
import type { SagaStep } from "./core/command.ts";
import { nextSteps, unanswered, unwanted } from "./core/continue.ts";
import { createOneCase, type OneCase, type Sent } from "./one-case.ts";
import type { BookingPorts } from "./ports.ts";

export type Saga = OneCase & {
  /** Does what a record that was just written sets off, and everything that follows. @throws Fault */
  follow: (record: CaseRecord) => Promise<void>;
  /** Does one step of a record that was read in the journal, however long after. What was done before is done by that. @throws Fault */
  takeUp: (step: SagaStep, cause: CaseRecord) => Promise<void>;
  /** Finishes a wish that was not answered yet: what comes next must be decided on what came of it. @throws Fault */
  finishPending: (caseId: string) => Promise<void>;
};

/** The claim met no slot: there is none of that id, or the id is another case's. */
const foundNoSlot = (reply: CommandReply): boolean =>
  (reply.status === "refused" && reply.code === "case-unknown") ||
  (reply.status === "ignored" && reply.reason === "no-slot");

const changesRoom = (record: CaseRecord): boolean =>
  nextSteps(record).some(({ type }) => type === "booking.noteChange");

/** The hub's own step, in the chain of what set it off. */
const envelopeOf = (
  { id, type, payload }: SagaStep,
  { caseId, meta }: CaseRecord,
  now: string,
): Envelope => ({
  id,
  type,
  version: 1,
  time: now,
  sender: hubActor,
  payload,
  correlation: meta.correlation ?? caseId,
  causation: `${caseId}.${String(meta.no)}`,
});

/** A place that was moved twice is told in that order, whoever tells it: what a booker hears last must be true. */
const changesBefore = async ({ load }: OneCase, cause: CaseRecord): Promise<CaseRecord[]> =>
  changesRoom(cause)
    ? (await load(cause.caseId)).filter((record) => record.meta.no < cause.meta.no && changesRoom(record))
    : [];

/** The steps between slots and bookings: each is a function of a record, and is done once by its id. */
export const createSaga = (ports: BookingPorts): Saga => {
  const oneCase = createOneCase(ports);
  const { send, load } = oneCase;
  const sendStep = (step: SagaStep, cause: CaseRecord): Promise<Sent> =>
    send(envelopeOf(step, cause, ports.now()), step);
  const carryOn = async (step: SagaStep, cause: CaseRecord): Promise<void> => {
    const first = await sendStep(step, cause);
    if (isPending(first.reply)) await finishPending(step.payload.caseId);
    const { reply, record } = isPending(first.reply) ? await sendStep(step, cause) : first;
    if (isPending(reply)) throw new Fault("journal-busy");
    if (step.type === "booking.claim" && foundNoSlot(reply)) return carryOn(unanswered(step), cause);
    const back = reply.status === "ignored" ? unwanted(cause.caseId, step) : undefined;
    if (back !== undefined) return carryOn(back, cause);
    if (record !== undefined) await follow(record);
  };
  const follow = async (record: CaseRecord): Promise<void> => {
    for (const cause of [...(await changesBefore(oneCase, record)), record])
      for (const step of nextSteps(cause)) await carryOn(step, cause);
  };
  const finishPending = async (caseId: string): Promise<void> => {
    const wished = (await load(caseId)).findLast((record) => wishOfRecord(record) !== undefined);
    if (wished !== undefined) await follow(wished);
  };
  return {
    ...oneCase,
    follow,
    takeUp: async (step, cause) => {
      // A wish for what was no slot left no record there. It has its answer, and must not be asked again of a later slot.
      const wish = step.type === "booking.claim" ? step.payload.wish : undefined;
      if (wish !== undefined && answerToWish(await load(cause.caseId), wish) !== undefined) return;
      for (const earlier of await changesBefore(oneCase, cause))
        for (const one of nextSteps(earlier))
          if (one.payload.caseId === step.payload.caseId) await carryOn(one, earlier);
      await carryOn(step, cause);
    },
    finishPending,
  };
};
