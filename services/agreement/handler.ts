import type { AgreementBook } from "../../contracts/agreement-book.ts";
import type { AgreementProblem } from "../../contracts/agreement-problem.ts";
import type { CommandReply } from "../../contracts/envelope.ts";
import { AgreementCommand, type PutAgreementVersion } from "../../contracts/messages/agreement.ts";
import { parseCommand } from "../../contracts/parse-command.ts";
import { type Problem, problem } from "../../contracts/problem.ts";
import type { DirectoryView } from "../case/directory-view.ts";
import { operator } from "../case/hub-actor.ts";
import { grounded, type PutOutcome, withVersion } from "./core/book.ts";

export type AgreementPorts = {
  /** All of it or nothing. @throws Fault when it is not kept */
  change: <Result>(
    step: (book: AgreementBook) => { book?: AgreementBook; result: Result },
  ) => Promise<Result>;
  /** Resolves when this process sees what was written. */
  settled: () => Promise<void>;
  directory: DirectoryView;
  now: () => string;
  /** Today's date in Denmark, `yyyy-mm-dd`. */
  today: () => string;
  /** Who changed what: ids and versions alone. */
  audit: (change: { id: string; version: number; changedBy: string }) => void;
};

const refused = (code: string, problems: Problem[]): CommandReply => ({
  status: "refused",
  code,
  problems,
  duplicate: false,
});

/** Both languages: who agrees on times reads Danish, and who sends JSON perhaps does not. */
const asProblem = ({ file, path, code, da, en }: AgreementProblem): Problem =>
  problem(file === "" ? `agreement.${path}` : `${file}: ${path}`, code, `${en} / ${da}`);

const idDiffers = ({ id, agreement }: PutAgreementVersion): boolean => id !== agreement.id;

/** An empty directory knows nobody, and tells nothing of whom an agreement names. */
export const lookupIn = ({ all, organisation }: DirectoryView): DirectoryView["organisation"] | undefined =>
  all().length === 0 ? undefined : organisation;

const accepted = (outcome: { kind: "put" | "again" }, version: number, at: string): CommandReply => ({
  status: "accepted",
  caseId: "agreements",
  recordNo: version,
  at,
  duplicate: outcome.kind === "again",
  clocks: [],
  facts: ["AgreementVersionPut"],
});

const replyOf = (outcome: PutOutcome, version: number, at: string): CommandReply => {
  switch (outcome.kind) {
    case "put":
    case "again":
      return accepted({ kind: outcome.kind }, version, at);
    case "differs":
      return refused("content-differs", [
        problem("agreement.version", "content-differs", "This version is there already, with other content."),
      ]);
    case "refused":
      return refused("message-invalid", outcome.problems.map(asProblem));
  }
};

/** Puts a version in force from its date on, for every process of the hub; clocks that run keep the version they began under. */
export const createAgreementHandler = (
  ports: AgreementPorts,
): ((message: unknown) => Promise<CommandReply>) => {
  return async (message) => {
    const parsed = parseCommand(AgreementCommand, message);
    if (!parsed.ok) return parsed.reply;
    if (parsed.envelope.sender !== operator) return refused("operator-only", []);
    const { payload } = parsed.command;
    const { agreement, runningClocks, changedBy: by = operator } = payload;
    if (idDiffers(payload))
      return refused("message-invalid", [
        problem("agreement.id", "id-differs", "The address names another agreement."),
      ]);
    const at = ports.now();
    const change = { by, at, today: ports.today(), organisation: lookupIn(ports.directory) };
    const outcome = await ports.change((book) =>
      withVersion(grounded(book), { agreement, runningClocks }, change),
    );
    await ports.settled();
    const { id, version } = agreement;
    if (outcome.kind === "put") ports.audit({ id, version, changedBy: by });
    return replyOf(outcome, version, at);
  };
};
