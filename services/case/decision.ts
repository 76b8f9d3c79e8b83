import type { ClockChange } from "../../contracts/clocks.ts";
import type { DeliveryChange } from "../../contracts/deliveries.ts";
import type { ErrorCode } from "../../contracts/errors.ts";
import type { Limits } from "../../contracts/limits.ts";
import { type Problem, problem } from "../../contracts/problem.ts";
import type { AlarmChange } from "../../contracts/record.ts";

/** Somebody who must be told of a fact; the kernel finds the channel. `fact` is its index in the decision. */
export type Telling = { to: string; from: string; fact: number };

/**
 * Who owes what to whom from now on. The kernel finds the agreements of the matter that start on a fact of the record, and
 * starts a clock for each.
 */
export type Owing = {
  /** The family's kind of matter, and what the promise depends on besides (`appliesTo` of an agreement). */
  kind: string;
  priority?: string | undefined;
  tier?: string | undefined;
  debtor: string;
  creditor: string;
  /** When what starts the clock happened, if not now: a discharge may be told of hours later. */
  from?: string | undefined;
  /** A correction of what was told before: the clock that runs for it started at `from` all the time, and none starts now. */
  corrects?: true | undefined;
  /** Only these promises, when a record starts clocks between several parties. */
  promises?: readonly string[] | undefined;
  /** What is owed when a case may owe several things at once, e.g. a measurement: part of the clock's id. */
  about?: string | undefined;
  /** Other limits than the agreement's, e.g. a repeat ordered by a doctor. */
  limits?: Limits | undefined;
};

/**
 * What a core says of a command: exactly one of three, and never nothing.
 * `record`: one atomic write. `ignore`: nothing to do, and why. `refuse`: not allowed, with every problem.
 */
export type Decision<Fact> =
  | {
      kind: "record";
      facts: Fact[];
      tell: Telling[];
      /** GLNs that become parties to the case. */
      parties?: string[];
      owing?: readonly Owing[];
      /** When what the facts tell of happened, if they are told of later: what it does to running clocks counts from then. */
      happenedAt?: string | undefined;
      /** What the hub itself finds of deliveries and clocks: a receipt, a timer. */
      deliveries?: DeliveryChange[];
      clocks?: ClockChange[];
      /** Ends every running clock of the case without an answer, for this reason. */
      cancelClocks?: string;
      /** Times at which the case itself must act. One that rang is cleared by itself. */
      alarms?: AlarmChange[];
      /** Later steps of running clocks whose time has come: the kernel tells whom they mean. */
      escalate?: { clockId: string; step: number }[];
      /** Its sender wrote it before what the case sent out since: none of that is read by it. */
      readsNothing?: true;
      /** What is taken all the same and is worth a look: told to the sender, and kept in the record. */
      warnings?: Problem[];
    }
  | { kind: "ignore"; reason: string }
  | { kind: "refuse"; code: ErrorCode; problems: Problem[] };

/** A refusal with one problem, in the words of the error table. */
export const refuse = (code: ErrorCode, path: string, message: string): Decision<never> => ({
  kind: "refuse",
  code,
  problems: [problem(path, code, message)],
});

/** There is no such case, or none that the caller may know of. */
export const refuseUnknownCase = (): Decision<never> =>
  refuse("case-unknown", "caseId", "There is no such case.");

/** A case is named for ever by the message that opened it: another message cannot have its id. */
export const refuseUsedId = (): Decision<never> =>
  refuse(
    "content-differs",
    "messageId",
    "This message id was used before for another message. Use a new one.",
  );
