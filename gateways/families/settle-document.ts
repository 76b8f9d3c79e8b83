import { type ErrorCode, Fault } from "../../contracts/errors.ts";
import type { DocumentOutcome } from "../../contracts/messages/document.ts";
import type { RefusedDocument } from "../../contracts/messages/worklist.ts";

type Write = (event: string, fields?: Readonly<Record<string, unknown>>) => void;
type Ports = {
  readonly answer: (answerTo: string, outcome: DocumentOutcome) => void;
  readonly noteRefusal: (refused: RefusedDocument) => Promise<void>;
  readonly log: { readonly info: Write; readonly error: Write };
};
type Taken = {
  readonly intake: string;
  readonly sender: string;
  readonly receivedAt: string;
  readonly answerTo?: string;
};

const note = (ports: Ports, taken: Taken, outcome: DocumentOutcome): Promise<void> =>
  ports.noteRefusal({
    intake: taken.intake,
    sender: taken.sender,
    at: taken.receivedAt,
    code: outcome.code ?? "document-invalid",
    problems: outcome.problems,
    ...(outcome.documentType === undefined ? {} : { documentType: outcome.documentType }),
  });

const failure = (intake: string, code: ErrorCode): DocumentOutcome => ({
  intake,
  status: "failed",
  duplicate: false,
  code,
  problems: [],
});

const logOutcome = ({ log }: Ports, { intake, status, code, documentType }: DocumentOutcome): void => {
  log.info("document-read", { intake, status, code, documentType });
};

/**
 * One document from INTAKE to its answer. A fault is told to whoever waits and thrown, so that the document is read again;
 * a bug parks it where an operator sees it, since reading it again would only break again.
 */
export const settleDocument = async (
  ports: Ports,
  taken: Taken,
  read: () => Promise<DocumentOutcome>,
): Promise<void> => {
  const tell = (outcome: DocumentOutcome): void => {
    if (taken.answerTo !== undefined) ports.answer(taken.answerTo, outcome);
  };
  try {
    const outcome = await read();
    if (outcome.status === "refused" && !outcome.duplicate) await note(ports, taken, outcome);
    tell(outcome);
    // What was taken is in the journal; what was not is worth a line.
    if (outcome.status !== "accepted") logOutcome(ports, outcome);
  } catch (error) {
    const code = error instanceof Fault ? error.code : "internal-error";
    tell(failure(taken.intake, code));
    if (error instanceof Fault) throw error;
    ports.log.error("document parked", { intake: taken.intake, error });
    await note(ports, taken, failure(taken.intake, code));
  }
};
