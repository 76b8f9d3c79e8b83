import { type DocumentOutcome, ReadAgain } from "../../contracts/messages/document.ts";
import { readAgainSubject } from "../../contracts/subjects.ts";
import type { Platform } from "../platform.ts";
import type { TakenDocument } from "./intake-document.ts";
import { overJson } from "./json.ts";

/** A document of INTAKE, for whom it may speak now, and whom its outcome is told to. */
type ReadDocument = TakenDocument & { speaksFor: readonly string[]; answerTo: string };
type Tell = (answerTo: string, outcome: DocumentOutcome) => void;

/**
 * What became of a document that is kept, for a transport that asks again: read with the ids that it was kept with, and within the same
 * byte budget as a first reading. `take` tells its outcome before it resolves.
 */
export const serveReadAgain = (
  { bus, intake }: Platform,
  standard: string,
  take: (document: ReadDocument, tell: Tell) => Promise<void>,
): ReturnType<Platform["bus"]["serve"]> => {
  const readAgain = async (message: unknown): Promise<DocumentOutcome> => {
    const { intake: id, speaksFor } = ReadAgain.parse(message);
    const told: DocumentOutcome[] = [];
    const found = await intake.again(id, (document) =>
      take({ ...document, speaksFor, answerTo: id }, (_to, outcome) => void told.push(outcome)),
    );
    if (found === "unknown") throw new Error("A document that was kept is not in INTAKE.");
    const [outcome] = told;
    if (outcome === undefined) throw new Error("A document was read and nothing was told of it.");
    return outcome;
  };
  return bus.serve(readAgainSubject(standard), standard, overJson(readAgain));
};
