import { z } from "zod";
import { DocumentOutcome } from "../../contracts/messages/document.ts";
import { danishTimeNow } from "./danish-time.ts";
import { CommandFailed } from "./failure.ts";
import {
  type Answer,
  findHub,
  problemLines,
  readAnswer,
  refusalText,
  textOf,
  type Where,
} from "./hub-client.ts";
import { readInput } from "./read-input.ts";
import { columns, print, printBytes } from "./say.ts";

export type SendOptions = Where & { as: string; json?: boolean; receipt?: boolean };

const Outcome = DocumentOutcome.omit({ answer: true }).extend({ dueLocal: z.string().optional() });
type Outcome = z.infer<typeof Outcome>;

const words = {
  accepted: "Accepted, and safe on disk.",
  refused: "Refused.",
  ignored: "Received; there was nothing left to do.",
  failed: "Failed.",
} as const;

/** What became of a document, for a person. */
export const outcomeText = (outcome: Outcome): string => {
  const { status, duplicate, documentType, caseId, due, intake, problems } = outcome;
  const rows = [
    ["document", documentType],
    ["case", caseId],
    ["answer due", due === undefined ? undefined : danishTimeNow(due)],
    ["kept as", intake],
  ].flatMap(([name = "", value]) => (value === undefined ? [] : [[`  ${name}`, value]]));
  const first = duplicate ? "Received before: this is the same answer again." : words[status];
  return [first, columns(rows), ...problemLines(problems)].join("\n");
};

const mediaTypeOf = (file: string): string =>
  /\.json$/i.test(file) ? "application/fhir+json" : "application/xml";

const show = (answer: Answer, { json, receipt }: SendOptions): void => {
  if (receipt === true) {
    printBytes(answer.bytes);
    return;
  }
  if (json === true) {
    print(textOf(answer));
    return;
  }
  if (answer.status < 400) print(outcomeText(readAnswer(answer, Outcome)));
};

const refusedReceipt = (answer: Answer): string =>
  /xml/.test(answer.header("content-type") ?? "")
    ? "Refused: the receipt above says why."
    : refusalText(answer);

/** Sends a document for an organisation and tells what came of it. @throws CommandFailed when it was refused */
export const send = async (file: string, options: SendOptions): Promise<void> => {
  const body = await readInput(file);
  const hub = await findHub(options);
  const answer = await hub.call({
    method: "POST",
    path: "/v1/messages",
    as: { gln: options.as, role: "organisation" },
    type: mediaTypeOf(file),
    accept: options.receipt === true ? "application/xml" : "application/json",
    body,
  });
  show(answer, options);
  if (answer.status >= 400) throw new CommandFailed(refusedReceipt(answer));
};
