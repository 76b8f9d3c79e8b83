import type { CaseRecord } from "../../contracts/record.ts";
import type { SagaStep } from "./core/command.ts";
import { nextSteps } from "./core/continue.ts";

/** A step that a record of the journal sets off, and that no record has answered yet as far as was read. */
type OpenStep = { step: SagaStep; record: CaseRecord; stream: string; seq: number; sinceMs: number };

export type Unfinished = {
  /** Reads one record of a stream, in order: it may finish a step, and set off others. */
  read: (at: { stream: string; seq: number }, record: CaseRecord, nowMs: number) => void;
  /** Steps that wait for longer than whoever began them needs, oldest first. */
  dueBy: (sinceMs: number) => OpenStep[];
  done: (stepId: string) => void;
  /** Up to where everything of a stream is done: after a restart it is read from here. */
  doneUpTo: (stream: string) => number;
};

/** Answers that were read before their question, since the two are in different streams. More than these are asked again. */
const rememberedAnswers = 20_000;

/** What is under way between slots and bookings, by the journal alone. */
export const createUnfinished = (): Unfinished => {
  const open = new Map<string, OpenStep>();
  const answered = new Set<string>();
  const readUpTo = new Map<string, number>();
  const answer = (commandId: string): void => {
    if (open.delete(commandId)) return;
    answered.add(commandId);
    if (answered.size <= rememberedAnswers) return;
    for (const oldest of answered) {
      answered.delete(oldest);
      return;
    }
  };
  return {
    read: ({ stream, seq }, record, nowMs) => {
      readUpTo.set(stream, seq);
      if (record.family !== "booking") return;
      answer(record.meta.commandId);
      for (const step of nextSteps(record))
        if (!answered.delete(step.id)) open.set(step.id, { step, record, stream, seq, sinceMs: nowMs });
    },
    dueBy: (sinceMs) => [...open.values()].filter((one) => one.sinceMs <= sinceMs),
    done: (stepId) => {
      open.delete(stepId);
    },
    doneUpTo: (stream) => {
      const first = [...open.values()].filter((one) => one.stream === stream).map(({ seq }) => seq - 1);
      return Math.min(readUpTo.get(stream) ?? 0, ...first);
    },
  };
};
