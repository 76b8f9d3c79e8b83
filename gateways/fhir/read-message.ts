import type { DocumentOutcome } from "../../contracts/messages/document.ts";
import { problem } from "../../contracts/problem.ts";
import { settleDocument } from "../families/settle-document.ts";
import { type Answered, answerBundleId, answerTo, withAnswer } from "./answer-message.ts";
import { type CameTo, carryOut, recordedBefore, refusedFor, refusedWith } from "./come-to.ts";
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

type BundleUse = "unknown" | "first" | "same" | "other";

/**
 * A Bundle.id names one message for ever (guide to MedCom FHIR, section 8.1): the first message that it came with stands. What is
 * kept is ids alone, under a hash. `same`: it came with this message before, so something may have come of that.
 */
const bundleUse = async (
  ports: FhirPorts,
  { sender, bundleId, messageId }: KnownHead,
): Promise<BundleUse> => {
  if (sender?.gln === undefined || bundleId === undefined || messageId === undefined) return "unknown";
  const { kept, first } = await ports.noteOnce(bundleKeyOf(sender.gln, bundleId), messageId);
  if (kept !== messageId) return "other";
  return first ? "first" : "same";
};

/** The answer that was given, as this copy of the message is told it. */
const toldAgain = ({ answer }: Pick<GivenAnswer, "answer">, { taken }: Arrived): Pick<Answered, "answer"> =>
  answer === undefined
    ? {}
    : { answer: answerAgain(answer, { bundleId: answerBundleId(taken.intake), now: taken.receivedAt }) };

/** What the message came to, to whoever sent this copy of it. Read again, the same copy is told the same to the byte. */
const told = (given: GivenAnswer, arrived: Arrived): Answered => {
  const { intake } = arrived.taken;
  const duplicate = given.outcome.duplicate || given.intake !== intake;
  return { outcome: { ...given.outcome, intake, duplicate }, ...toldAgain(given, arrived) };
};

/** What was said first stands, for no answer is ever turned; that this was not taken is said beside it. */
const firstKept = ({ outcome, answer }: GivenAnswer, arrived: Arrived): Answered => {
  const path = "Bundle.entry[0].resource.id";
  const text = "This id was used before for other content. Send new content under a new id.";
  const { caseId, documentType } = outcome;
  const noted =
    answer?.code === "ok"
      ? { ...answer, issues: [...answer.issues, issueOf("MSG_DUPLICATE_ID", "warning")] }
      : answer;
  return {
    outcome: {
      intake: arrived.taken.intake,
      status: "refused",
      code: "content-differs",
      duplicate: false,
      problems: [problem(path, "content-differs", text)],
      ...(caseId === undefined ? {} : { caseId }),
      ...(documentType === undefined ? {} : { documentType }),
    },
    ...(noted === undefined ? {} : toldAgain({ answer: noted }, arrived)),
  };
};

/** Remembered first and told then. Of two copies that came at once the one that was remembered is what both are told. */
const remembered = async (
  ports: FhirPorts,
  { outcome, said }: CameTo,
  arrived: Arrived,
): Promise<Answered> => {
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

/** What the envelope that a message came in calls itself, and the message. */
const envelopesOf = ({ around }: Pick<JudgedMessage, "around">): string[] =>
  around?.is === "message" ? [around.enveloped.identifier, around.enveloped.messageId] : [];

/** What a message that was never answered asks for, done. */
const processed = async (ports: FhirPorts, { judged, taken }: Arrived, use: BundleUse): Promise<CameTo> => {
  const { typed } = judged;
  if (typed !== undefined)
    return carryOut(ports, { ...judged, typed }, { intake: taken.intake, envelopes: envelopesOf(judged) });
  return (use === "same" ? await recordedBefore(ports, judged) : undefined) ?? refusedFor(judged);
};

/** What is known of a message, and what is done for that (guide to MedCom FHIR, section 8.1). */
const decided = async (ports: FhirPorts, arrived: Arrived): Promise<Answered> => {
  const { judged, taken, key } = arrived;
  const [use, first] = await Promise.all([
    bundleUse(ports, judged.head),
    key === undefined ? undefined : ports.findAnswer(key),
  ]);
  const decision = decideReceipt({ first, bundleReused: use === "other", digest: judged.content ?? "" });
  if (decision.do !== "process")
    ports.log.info("message-known", { intake: taken.intake, reason: decision.do });
  switch (decision.do) {
    case "process":
      return remembered(ports, await processed(ports, arrived, use), arrived);
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
  const { around, format } = judged;
  const read = (): Promise<Answered> => decided(ports, arrived);
  return around === undefined
    ? withAnswer(await read(), format)
    : takeEnveloped(ports, { judged, around, taken }, read);
};

/** One message from INTAKE to its answer. @throws Fault, and then it is read again */
export const takeMessage = (ports: FhirPorts, taken: TakenDocument): Promise<void> =>
  settleDocument(ports, taken, () => readMessage(ports, taken));
