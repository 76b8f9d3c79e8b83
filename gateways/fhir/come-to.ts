import { type CommandReply, parkedAsRefused, settledReply } from "../../contracts/envelope.ts";
import { type ErrorCode, isErrorCode } from "../../contracts/errors.ts";
import type { AcknowledgementIssue } from "../../contracts/fhir/acknowledgement.ts";
import type { Problem } from "../../contracts/problem.ts";
import type { CaseRecord } from "../../contracts/record.ts";
import { seenCases } from "../families/seen-cases.ts";
import type { TypedMessage } from "./codec/typed-message.ts";
import type { JudgedMessage } from "./judge-message.ts";
import { commandOfMessage } from "./message-command.ts";
import type { FhirPorts, TakenDocument } from "./ports.ts";
import type { Outcome } from "./reliable/acknowledge.ts";
import type { GivenAnswer } from "./reliable/given-answer.ts";
import { issueOf, issuesOf, outcomeOfReply, type ToldProblem } from "./reliable/issues.ts";
import { careCommandId, fhirCommandId } from "./reliable/message-key.ts";

/** What a message came to: to the transport that brought it, and as its answer says it. */
export interface CameTo {
  readonly outcome: GivenAnswer["outcome"];
  readonly said: Outcome;
}

/** Both languages, as every problem of the hub's is told to whoever mends it. */
const problemFrom = ({ path, severity, code, text }: ToldProblem): Problem => ({
  path,
  code,
  message: `${text.en} / ${text.da}`,
  severity,
});

interface Refusal {
  readonly code: ErrorCode;
  readonly problems?: readonly Problem[];
  readonly issues: readonly AcknowledgementIssue[];
}

export const refusedWith = (
  { code, problems = [], issues }: Refusal,
  documentType: string | undefined,
): CameTo => ({
  outcome: {
    status: "refused",
    duplicate: false,
    code,
    problems: [...problems],
    ...(documentType === undefined ? {} : { documentType }),
  },
  said: { code: "fatal-error", issues },
});

const readingCodes: Readonly<Record<string, ErrorCode>> = {
  "document-too-large": "document-too-large",
  "document-too-costly": "document-too-costly",
  "xml-malformed": "xml-malformed",
  "xml-forbidden": "xml-forbidden",
  "xml-too-deep": "xml-too-deep",
};

/** What could not be read to its end is told by the problem that ended its reading; what breaks rules by all of them. */
export const refusedFor = ({
  unread,
  kind,
  problems,
}: Pick<JudgedMessage, "unread" | "kind" | "problems">): CameTo => {
  const code = unread ? readingCodes[problems.at(-1)?.code ?? ""] : undefined;
  const told = { code: code ?? "document-invalid", problems: problems.map(problemFrom) } as const;
  return refusedWith({ ...told, issues: issuesOf(problems) }, kind);
};

const commandStatus = (reply: CommandReply): GivenAnswer["outcome"]["status"] =>
  reply.status === "accepted" || reply.status === "refused" ? reply.status : "ignored";

/**
 * What the first message of that number came to, when another came under it and nothing is remembered of the first but its
 * record: then that stands.
 */
const firstReply = async (ports: FhirPorts, commandId: string, reply: CommandReply): Promise<Outcome> => {
  const outcome = outcomeOfReply(reply);
  if (reply.status !== "refused" || reply.code !== "content-differs" || reply.caseId === undefined)
    return outcome;
  const records = await ports.loadCase(reply.caseId);
  const first = records.find(({ meta }) => meta.commandId === commandId);
  return first?.meta.outcome === "accepted"
    ? { code: "ok", issues: [issueOf("MSG_DUPLICATE_ID", "warning")] }
    : outcome;
};

const outcomeOf = (
  reply: CommandReply,
  { kind, warnings }: { kind: string | undefined; warnings: readonly ToldProblem[] },
): GivenAnswer["outcome"] => ({
  status: commandStatus(reply),
  duplicate: "duplicate" in reply && reply.duplicate,
  ...(kind === undefined ? {} : { documentType: kind }),
  problems: [...warnings.map(problemFrom), ...(reply.status === "refused" ? reply.problems : [])],
  ...(reply.status === "refused" ? { code: isErrorCode(reply.code) ? reply.code : "document-invalid" } : {}),
  ...("caseId" in reply ? { caseId: reply.caseId } : {}),
  ...("due" in reply ? { due: reply.due } : {}),
});

/** Commands what a message asks of the hub, and says what came of it. @throws Fault */
export const carryOut = async (
  ports: FhirPorts,
  { typed, problems }: { typed: TypedMessage; problems: readonly ToldProblem[] },
  { intake, envelopes }: Pick<TakenDocument, "intake"> & { envelopes: string[] },
): Promise<CameTo> => {
  const { kind } = typed.message;
  const ordered = await commandOfMessage(ports, typed);
  if (!ordered.ok) return refusedFor({ unread: false, kind, problems: ordered.problems });
  const { order, mismatch = false } = ordered;
  const named = envelopes.length === 0 ? {} : { envelopes };
  const envelope = { ...order, ...named, version: 1, time: ports.now(), intake } as const;
  const reply = await ports.command(envelope).then(settledReply).catch(parkedAsRefused);
  if (mismatch) ports.log.warn("an answer names two messages", { intake });
  return {
    outcome: outcomeOf(reply, { kind, warnings: problems }),
    said: await firstReply(ports, order.id, reply),
  };
};

const familiesOfMessages = ["advice", "discharge", "observation"] as const;

/** What was answered to a command, as its record tells it. */
const replyIn = ({ caseId, meta, facts }: CaseRecord): CommandReply => {
  const { at, no: recordNo, problems = [] } = meta;
  if (meta.outcome === "refused")
    return {
      status: "refused",
      code: meta.refusal ?? "internal-error",
      problems,
      duplicate: true,
      caseId,
      at,
    };
  const told = { facts: facts.map(({ type }) => type), clocks: [], warnings: problems };
  return { status: "accepted", caseId, recordNo, at, duplicate: true, ...told };
};

/**
 * What a message came to before, when it was begun and nothing is remembered of it: a hub that died between the record and the memory
 * has the record. Of a message that keeps the rules its command finds it; of one that today's rules refuse, this does, among the citizen's
 * cases. `undefined`: nothing came of it. @throws Fault
 */
export const recordedBefore = async (
  ports: FhirPorts,
  { head, kind }: Pick<JudgedMessage, "head" | "kind">,
): Promise<CameTo | undefined> => {
  const { sender, messageId, citizen } = head;
  if (sender?.gln === undefined || messageId === undefined || citizen === undefined) return undefined;
  const asked = { viewer: sender.gln, patient: citizen, families: familiesOfMessages };
  const cases = await seenCases(ports, asked);
  const key = { senderGln: sender.gln, messageId };
  const commands = new Set([careCommandId(key), fhirCommandId(key)]);
  const record = cases.flatMap(({ records }) => records).find(({ meta }) => commands.has(meta.commandId));
  if (record === undefined) return undefined;
  const reply = replyIn(record);
  return { outcome: outcomeOf(reply, { kind, warnings: [] }), said: outcomeOfReply(reply) };
};
