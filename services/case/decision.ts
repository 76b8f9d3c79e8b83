import type { ClockChange } from "../../contracts/clocks.ts";
import type { DeliveryChange } from "../../contracts/deliveries.ts";
import type { ErrorCode } from "../../contracts/errors.ts";
import type { Problem } from "../../contracts/problem.ts";

/** Somebody who must be told of a fact; the kernel finds the channel. `fact` is its index in the decision. */
export type Telling = { to: string; from: string; fact: number };

/** Who owes an answer to whom from now on; the kernel finds the agreement and starts its clock. */
export type Owing = { kind: "specialist" | "correspondence"; debtor: string; creditor: string };

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
      /** Starts a clock when an agreement between the two starts on one of the facts. */
      owing?: Owing;
      /** What the hub itself finds of deliveries and clocks: a receipt, a timer. */
      deliveries?: DeliveryChange[];
      clocks?: ClockChange[];
      /** Ends every running clock of the case without an answer, for this reason. */
      cancelClocks?: string;
    }
  | { kind: "ignore"; reason: string }
  | { kind: "refuse"; code: ErrorCode; problems: Problem[] };

/** A refusal with one problem, in the words of the error table. */
export const refuse = (code: ErrorCode, path: string, message: string): Decision<never> => ({
  kind: "refuse",
  code,
  problems: [{ path, code, message, severity: "error" }],
});
