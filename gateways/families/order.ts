import type { CaseView } from "../../contracts/messages/worklist.ts";
import type { Problem } from "../../contracts/problem.ts";

/**
 * What a letter asks of a family: a command, and what the letter says that its payload cannot hold. Nothing of a letter is
 * dropped in silence: what is not in the payload is in `notes`, which the case keeps as warnings.
 */
export interface LetterOrder {
  readonly type: string;
  readonly payload: unknown;
  readonly notes: readonly Problem[];
}

/** The citizen's cases that the letter's sender may see, the latest change first: among them is the one it belongs to. */
export type SeenCases = readonly CaseView[];

/** What a letter is read with. `commandId` names the letter; `localTime` is Danish. */
export interface Reading {
  readonly commandId: string;
  readonly cases: SeenCases;
}
