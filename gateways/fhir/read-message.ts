import type { Acknowledgement } from "../../contracts/fhir/acknowledgement.ts";
import type { DocumentOutcome } from "../../contracts/messages/document.ts";
import { problem } from "../../contracts/problem.ts";
import { settleDocument } from "../families/settle-document.ts";
import { answerBundleId, answerTo, printedAnswer } from "./answer-message.ts";
import { type CameTo, carryOut, refusedFor, refusedWith } from "./come-to.ts";
import type { JudgedMessage } from "./judge-message.ts";
import type { FhirPorts, TakenDocument } from "./ports.ts";
import { answerAgain } from "./reliable/answer-again.ts";
import { decideReceipt } from "./reliable/decide-receipt.ts";
import type { GivenAnswer } from "./reliable/given-answer.ts";
import { issueOf } from "./reliable/issues.ts";
import type { KnownHead } from "./reliable/known-head.ts";
import { answerKeyOf, bundleKeyOf } from "./reliable/message-key.ts";
import { takeEnveloped } from "./take-enveloped.ts";

/** One copy of a message, as it came. */
interface Arrived {
  readonly judged: JudgedMessage;
  readonly taken: TakenDocument;
  /** What it is remembered under; absent of one that tells not who sent it or which it is, and of an answer. */
  readonly key: string | undefined;
}

const notAuthorised = ({ intake }: TakenDocument): DocumentOutcome => ({
  intake,
  status: "refused",
  code: "sender-not-authorised",
  duplicate: false,
  problems: [
    problem(
      "Bundle.entry[0].resource.sender",
      "sender-not-authorised",
      "The caller may not speak for the sender that the message names.",
    ),
  ],
});

/** Nothing of an answer is remembered here: it is never answered, and the delivery that it is about knows it. */
const keyOf = ({ sender, messageId, isAnswer }: KnownHead): string | undefined =>
  isAnswer || sender?.gln === undefined || messageId === undefined
    ? undefined
    : answerKeyOf({ senderGln: sender.gln, messageId });

/**
 * A Bundle.id names one message for ever (guide to MedCom FHIR, section 8.1): the first message that it came with stands. What is
 * kept is ids alone, under a hash.
 */
const isReused = async (ports: FhirPorts, { sender, bundleId, messageId }: KnownHead): Promise<boolean> => {
  if (sender?.gln === undefined || bundleId === undefined || messageId === undefined) return false;
  const { kept } = await ports.noteOnce(bundleKeyOf(sender.gln, bundleId), messageId);
  return kept !== messageId;
};

/** An answer given before, as this copy of the message is told it. */
const printedAgain = (
  answer: Acknowledgement | undefined,
  { judged: { format = "json" }, taken }: Pick<Arrived, "judged" | "taken">,
): Pick<DocumentOutcome, "answer"> => {
  if (answer === undefined) return {};
  const sending = { bundleId: answerBundleId(taken.intake), now: taken.receivedAt };
  return { answer: printedAnswer(answerAgain(answer, sending), format) };
};

/** What the message came to, to whoever sent this copy of it. Read again, the same copy is told the same to the byte. */
const told = ({ intake, outcome, answer }: GivenAnswer, arrived: Arrived): DocumentOutcome => ({
  ...outcome,
  intake: arrived.taken.intake,
  duplicate: outcome.duplicate || intake !== arrived.taken.intake,
  ...printedAgain(answer, arrived),
});

/** What was said first stands, for no answer is ever turned; that this was not taken is said beside it. */
const firstKept = ({ outcome, answer }: GivenAnswer, arrived: Arrived): DocumentOutcome => {
  const path = "Bundle.entry[0].resource.id";
  const text = "This id was used before for other content. Send new content under a new id.";
  const { caseId, documentType } = outcome;
  const noted =
    answer?.code === "ok"
      ? { ...answer, issues: [...answer.issues, issueOf("MSG_DUPLICATE_ID", "warning")] }
      : answer;
  return {
    intake: arrived.taken.intake,
    status: "refused",
    code: "content-differs",
    duplicate: false,
    problems: [problem(path, "content-differs", text)],
    ...(caseId === undefined ? {} : { caseId }),
    ...(documentType === undefined ? {} : { documentType }),
    ...printedAgain(noted, arrived),
  };
};

/** Remembered first and told then. Of two copies that came at once the one that was remembered is what both are told. */
const remembered = async (
  ports: FhirPorts,
  { outcome, said }: CameTo,
  arrived: Arrived,
): Promise<DocumentOutcome> => {
  const { judged, taken, key } = arrived;
  const { intake, receivedAt: now } = taken;
  const answer = answerTo(ports, { head: judged.head, outcome: said }, { final: true, intake, now });
  const own: GivenAnswer = {
    intake,
    digest: judged.content ?? "",
    outcome,
    ...(answer === undefined ? {} : { answer }),
  };
  const first = key === undefined ? own : await ports.keepAnswer(key, own);
  return first.digest === own.digest ? told(first, arrived) : firstKept(first, arrived);
};

/** What a message that was never seen asks for, done. */
const processed = (ports: FhirPorts, { judged, taken }: Arrived): Promise<CameTo> | CameTo =>
  judged.typed === undefined
    ? refusedFor(judged)
    : carryOut(ports, { ...judged, typed: judged.typed }, taken);

/** What is known of a message, and what is done for that (guide to MedCom FHIR, section 8.1). */
const decided = async (ports: FhirPorts, arrived: Arrived): Promise<DocumentOutcome> => {
  const { judged, taken, key } = arrived;
  const [bundleReused, first] = await Promise.all([
    isReused(ports, judged.head),
    key === undefined ? undefined : ports.findAnswer(key),
  ]);
  const decision = decideReceipt({ first, bundleReused, digest: judged.content ?? "" });
  if (decision.do !== "process")
    ports.log.info("message-known", { intake: taken.intake, reason: decision.do });
  switch (decision.do) {
    case "process":
      return remembered(ports, await processed(ports, arrived), arrived);
    case "refuse": {
      const issues = [issueOf(decision.details)];
      return remembered(ports, refusedWith({ code: "content-differs", issues }, judged.kind), arrived);
    }
    case "answer-again":
      return told(decision.first, arrived);
    case "keep-first":
      return firstKept(decision.first, arrived);
  }
};

/** Reads one message of INTAKE, does what it asks for, and says what came of it. @throws Fault */
const readMessage = async (ports: FhirPorts, taken: TakenDocument): Promise<DocumentOutcome> => {
  const judged = await ports.judge(taken.bytes, taken.mediaType);
  const gln = judged.head.sender?.gln;
  if (gln !== undefined && !taken.speaksFor.includes(gln)) return notAuthorised(taken);
  const arrived = { judged, taken, key: keyOf(judged.head) };
  const { around } = judged;
  const read = (): Promise<DocumentOutcome> => decided(ports, arrived);
  return around === undefined ? read() : takeEnveloped(ports, { judged, around, taken }, read);
};

/** One message from INTAKE to its answer. @throws Fault, and then it is read again */
export const takeMessage = (ports: FhirPorts, taken: TakenDocument): Promise<void> =>
  settleDocument(ports, taken, () => readMessage(ports, taken));
