import { ErrorAnswer } from "../../contracts/answers.ts";
import type { Fate } from "../../contracts/codes/fate.ts";
import type { Problem } from "../../contracts/problem.ts";

/**
 * The hub said no, or nothing was heard of it. `fate` says what to do: `retry`, it was surely not processed; `ask`, it may have been,
 * and the same id is safe to send again; `park`, mend it first. `problems` has every place that is wrong.
 */
export class HubProblem extends Error {
  override readonly name = "HubProblem";
  readonly code: string;
  readonly fate: Fate;
  /** Of HTTP; 0 where no answer came. */
  readonly status: number;
  readonly problems: readonly Problem[];
  readonly caseId: string | undefined;
  /** Where the hub's operator finds the document that was refused. */
  readonly intake: string | undefined;
  readonly requestId: string | undefined;
  constructor(
    told: Pick<ErrorAnswer, "code" | "message" | "fate"> & Partial<ErrorAnswer> & { status: number },
    options?: { cause?: unknown },
  ) {
    super(told.message, options);
    this.code = told.code;
    this.fate = told.fate;
    this.status = told.status;
    this.problems = told.problems ?? [];
    this.caseId = told.caseId;
    this.intake = told.intake;
    this.requestId = told.requestId;
  }
}

/** That a call never was answered. What became of it nobody knows. */
export const unanswered = (cause: unknown): HubProblem =>
  new HubProblem(
    { code: "no-answer", message: "The hub did not answer.", fate: "ask", status: 0 },
    { cause },
  );

const parsed = (text: string): unknown => {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
};

/** A refusal as what it says of itself; what is no refusal of a hub comes from something between, and nothing is known of the rest. */
export const problemIn = (status: number, text: string): HubProblem => {
  const told = ErrorAnswer.safeParse(parsed(text));
  if (told.success) return new HubProblem({ ...told.data, status });
  const fate = status >= 500 || status === 429 ? "ask" : "park";
  return new HubProblem({
    code: "answer-unknown",
    message: `HTTP ${String(status)}, and not in the words of a hub. Is the address right?`,
    fate,
    status,
  });
};
