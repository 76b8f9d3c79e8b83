import { DocumentOutcome, type ReadAgain } from "../../contracts/messages/document.ts";
import { readAgainSubject } from "../../contracts/subjects.ts";
import { newId } from "../ids.ts";
import type { Platform } from "../platform.ts";
import type { Answers } from "./answers.ts";
import type { Arrived } from "./intake-document.ts";
import { parseJson } from "./json.ts";

const answerTimeoutMs = 10_000;

/** What became of a document that is kept, read by the gateway of its standard once more. @throws Fault */
export const readAgain = async (
  { bus }: Pick<Platform, "bus">,
  standard: string,
  order: ReadAgain,
): Promise<DocumentOutcome> => DocumentOutcome.parse(await bus.ask(readAgainSubject(standard), order));

/**
 * Keeps a document in INTAKE under an id that is made of what it is, and waits for what became of it. What is there under that id already is
 * read again, which gives the same answer: sent twice is taken once, whatever dies in between. @throws Fault
 */
export const submitOnce = async (
  platform: Pick<Platform, "intake" | "bus" | "effects">,
  answers: Pick<Answers, "expect">,
  { id, ...document }: Omit<Arrived, "receivedAt" | "answerTo"> & { id: string },
): Promise<DocumentOutcome> => {
  const { subject, answer } = answers.expect(newId(), answerTimeoutMs);
  const arrived = { ...document, receivedAt: platform.effects.now(), answerTo: subject };
  if ((await platform.intake.appendOnce(id, arrived)) === "new")
    return DocumentOutcome.parse(parseJson(await answer));
  const { standard, speaksFor } = document;
  return readAgain(platform, standard, { intake: id, speaksFor: [...speaksFor] });
};
