import type { Agreement } from "../../contracts/agreement.ts";
import type { CommandReply, Envelope } from "../../contracts/envelope.ts";
import { Fault } from "../../contracts/errors.ts";
import type { Family } from "../../contracts/family.ts";
import { type ClockNotice, isNoticeFact } from "../../contracts/notices.ts";
import { type CaseRecord, erasedStatus } from "../../contracts/record.ts";
import { clearing, notRinging, rungBy } from "./alarm.ts";
import { type CaseState, evolveCase, noCase } from "./case-state.ts";
import { acceptanceRecord, type Circumstances, refusalRecord } from "./compose-record.ts";
import { type Core, type DecisionContext, hubActor } from "./core.ts";
import type { Decision } from "./decision.ts";
import type { DirectoryView } from "./directory-view.ts";
import { replyOf } from "./reply.ts";
import { writtenBySender } from "./tell.ts";
import { asTold } from "./untold.ts";

type Loaded = { record: CaseRecord; seq: number };

/** What the kernel needs from the world; adapters fit by shape. */
export type CasePorts = {
  append: (
    record: CaseRecord,
    expectedSeq: number,
  ) => Promise<{ kind: "appended"; seq: number } | { kind: "conflict" }>;
  load: (caseId: string, family?: Family) => Promise<Loaded[]>;
  /** A remembered state: quick, perhaps old, perhaps absent. The journal's sequence check makes an old one harmless. */
  recall: (caseId: string) => Promise<unknown>;
  remember: (caseId: string, snapshot: unknown) => void;
  /** Records of a case that were read ahead, perhaps old by now. Of a core without a family, which has no snapshots. */
  foreseen?: ((caseId: string) => Promise<Loaded[]> | undefined) | undefined;
  digest: (text: string) => string;
  now: () => string;
  /** Danish wall-clock time of an instant, `yyyy-mm-ddThh:mm`. */
  localTime: (instant: string) => string;
  pause: (ms: number) => Promise<unknown>;
  directory: DirectoryView;
  /** Every agreement that clocks run by: those that bind, and those that running clocks began under. */
  agreements: () => readonly Agreement[];
  /** GLN of who runs the hub, and is told of what an agreement leaves to operations. Absent: nobody is. */
  operations?: string | undefined;
};

export type CaseCommand<Command> = {
  caseId: string;
  /** The command may open the case: its id is derived from the message, so it is tried without looking first. */
  opens: boolean;
  envelope: Envelope;
  command: Command;
};

type Known<State> = { seq: number; common: CaseState; own: State };
type Fact = { type: string };

const maxAttempts = 8;
/** After a fault: 20, 40, 80 ... ms. Together under three seconds, enough for a broker that comes back. */
const firstPauseMs = 20;
/** A replay of a few records is as quick as a snapshot; a long case is worth remembering. */
const rememberFrom = 4;
const snapshotVersion = 5;

const isSnapshot = <State>(value: unknown): value is Known<State> =>
  typeof value === "object" && value !== null && "version" in value && value.version === snapshotVersion;

const refusal = (
  code: string,
  path: string,
  message: string,
): Extract<CommandReply, { status: "refused" }> => ({
  status: "refused",
  code,
  problems: [{ path, code, message, severity: "error" }],
  duplicate: false,
});

/** The same command again gets the same answer; the same id with other content is an error, never a duplicate. */
const answerAgain = (known: CaseState["commands"][string], digest: string, caseId: string): CommandReply => {
  if (known.digest === digest)
    return "duplicate" in known.reply ? { ...known.reply, duplicate: true } : known.reply;
  const message = "This id was used before for other content. Send new content under a new id.";
  return { ...refusal("content-differs", "id", message), caseId };
};

const unknownCase = (): CommandReply => refusal("case-unknown", "caseId", "There is no such case.");

/** Only who opened the case can send what opens it again; to all others it is gone. */
const erasedCase = (caseId: string): CommandReply => ({
  ...refusal(
    "case-erased",
    "id",
    "This was received before, and what the hub kept of it has been erased. Send it under a new id if it is to be handled.",
  ),
  caseId,
});

const adopted = <State, Command, F extends Fact>(core: Core<State, Command, F>, fact: Fact): F => {
  if (core.adopts(fact)) return fact;
  throw new Error(`The journal holds a fact that this version does not know: ${fact.type}`);
};

const advance =
  <State, Command, F extends Fact>(core: Core<State, Command, F>) =>
  (known: Known<State>, { record, seq }: Loaded): Known<State> => ({
    seq,
    common: evolveCase(known.common, record),
    // A core without a family knows no facts: it acts on what all cases share.
    own:
      core.family === undefined
        ? known.own
        : record.facts
            .filter((fact) => !isNoticeFact(fact))
            .reduce<State>((own, fact) => core.evolve(own, adopted(core, fact)), known.own),
  });

const decisionOf = <State, Command, F extends Fact>(
  core: Core<State, Command, F>,
  base: Known<State>,
  { command, rang, context }: { command: Command; rang: string | undefined; context: DecisionContext },
): Decision<F> => {
  if (rang === undefined) return core.decide(base.own, command, context);
  const { actor, now } = context;
  return (
    notRinging(base.common, { alarmId: rang, actor, now }) ??
    clearing(core.decide(base.own, command, context), rang)
  );
};

const decided = <State, Command, F extends Fact>(
  core: Core<State, Command, F>,
  base: Known<State>,
  input: { command: Command; circumstances: Circumstances; local: string },
): CaseRecord<F | ClockNotice> | CommandReply => {
  const c = input.circumstances;
  const { caseId, at: now, directory, before: common } = c;
  const decision = decisionOf(core, base, {
    command: input.command,
    rang: rungBy(c.envelope),
    context: {
      caseId,
      actor: c.envelope.sender,
      now,
      local: input.local,
      today: input.local.slice(0, 10),
      directory,
      common,
    },
  });
  if (decision.kind === "ignore") return { status: "ignored", reason: decision.reason, caseId };
  if (decision.kind === "refuse") return refusalRecord(c, decision);
  const own = decision.facts.reduce<State>((state, fact) => core.evolve(state, fact), base.own);
  // A core without a family tells nothing of the case: it is shown as before.
  const card = core.family === undefined ? common.card : core.cardOf?.(own);
  const told = asTold(decision, {
    directory,
    written: writtenBySender(c.envelope),
    before: common.card,
    after: card,
    rang: rungBy(c.envelope) !== undefined,
  });
  return told.kind === "refuse"
    ? refusalRecord(c, told)
    : acceptanceRecord(c, told, { status: core.statusOf?.(own) ?? common.status, card });
};

/** Who is told of a case that it is not party to, e.g. of a breach, may take that out of its inbox, and do nothing else. */
const isTold = ({ deliveries }: CaseState, { type, sender }: Envelope): boolean =>
  type.startsWith("delivery.") && Object.values(deliveries).some(({ to }) => to === sender);

const knownOrRefused = <State>(
  base: Known<State>,
  { envelope, opens, caseId }: Omit<CaseCommand<unknown>, "command">,
  digest: string,
): CommandReply | undefined => {
  const { commands, no, parties, status } = base.common;
  if (no === 0) return opens ? undefined : unknownCase();
  if (status === erasedStatus) return opens ? erasedCase(caseId) : unknownCase();
  // Before anything else: whoever guesses a command's id must not learn that its case exists.
  if (envelope.sender !== hubActor && !parties.includes(envelope.sender) && !isTold(base.common, envelope))
    return unknownCase();
  // Senders choose their ids: one named `constructor` is no command that the case knows.
  const before = Object.hasOwn(commands, envelope.id) ? commands[envelope.id] : undefined;
  return before === undefined ? undefined : answerAgain(before, digest, caseId);
};

/** One look, one decision, one write. `undefined`: the case changed meanwhile. */
const attempt = async <State, Command, F extends Fact>(
  core: Core<State, Command, F>,
  ports: CasePorts,
  { base, input, digest }: { base: Known<State>; input: CaseCommand<Command>; digest: string },
): Promise<CommandReply | undefined> => {
  const answered = knownOrRefused(base, input, digest);
  if (answered !== undefined) return answered;
  const { envelope, caseId, command } = input;
  const { directory, operations } = ports;
  const agreements = ports.agreements();
  const family = core.family ?? base.common.family;
  if (family === undefined) return unknownCase();
  const at = ports.now();
  const circumstances = {
    family,
    caseId,
    before: base.common,
    envelope,
    digest,
    at,
    agreements,
    directory,
    operations,
  };
  const outcome = decided(core, base, { command, circumstances, local: ports.localTime(at) });
  if ("status" in outcome) return outcome;
  const written = await ports.append(outcome, base.seq);
  if (written.kind === "conflict") return undefined;
  if (core.family !== undefined && outcome.meta.no >= rememberFrom)
    ports.remember(caseId, {
      version: snapshotVersion,
      ...advance(core)(base, { record: outcome, seq: written.seq }),
    });
  return replyOf(outcome);
};

/** A recorded answer stands; any other, given from a state that may be old or was not looked at, is asked of the journal. */
const isRecorded = (reply: CommandReply): boolean => "at" in reply;

/** Tries a bounded number of times, with a rest after a fault. @throws Fault */
const untilAnswered = async (
  attemptNo: (n: number) => Promise<CommandReply | undefined>,
  { pause }: Pick<CasePorts, "pause">,
): Promise<CommandReply> => {
  let fault: Fault | undefined;
  for (let n = 0; n < maxAttempts; n++) {
    try {
      const reply = await attemptNo(n);
      if (reply !== undefined) return reply;
    } catch (error) {
      // What timed out may have been written: the next look at the case tells, by the command id in its records.
      if (!(error instanceof Fault) || error.fate === "park") throw error;
      // What may have been processed stays so, whatever fails afterwards: its fate must not become `retry`.
      fault = fault?.fate === "ask" ? fault : error;
      if (n + 1 < maxAttempts) await pause(firstPauseMs * 2 ** n);
    }
  }
  throw fault ?? new Fault("journal-busy");
};

/**
 * The one load-decide-append of every family (design, section 2). One decision becomes exactly one record, written only
 * if the case is still what the decision was based on; on a conflict it loads and decides again, a bounded number of times.
 * A command that the case already knows is answered from its record.
 * @throws Fault when the journal fails; `journal-busy` when the case kept changing.
 */
export const createCaseHandler = <State, Command, F extends Fact>(
  core: Core<State, Command, F>,
  ports: CasePorts,
) => {
  const blank = (caseId: string): Known<State> => ({ seq: 0, common: noCase(caseId), own: core.initial });
  const lived = (caseId: string, records: Loaded[]): Known<State> =>
    records.reduce(advance(core), blank(caseId));
  const remembered = async (caseId: string): Promise<Known<State> | undefined> => {
    const snapshot = await ports.recall(caseId);
    return isSnapshot<State>(snapshot) ? snapshot : undefined;
  };
  const foreseen = async (caseId: string): Promise<Known<State> | undefined> => {
    const records = await ports.foreseen?.(caseId);
    return records === undefined ? undefined : lived(caseId, records);
  };
  /** What is known of a case without asking the journal. A core without a family has no snapshots. */
  const guess = async ({ caseId, opens }: CaseCommand<Command>): Promise<Known<State> | undefined> =>
    opens ? blank(caseId) : core.family === undefined ? foreseen(caseId) : remembered(caseId);
  const answer = async (
    input: CaseCommand<Command>,
    digest: string,
    first: boolean,
  ): Promise<CommandReply | undefined> => {
    const guessed = first ? await guess(input) : undefined;
    const base = guessed ?? lived(input.caseId, await ports.load(input.caseId, core.family));
    const reply = await attempt(core, ports, { base, input, digest });
    return reply === undefined || guessed === undefined || isRecorded(reply) ? reply : undefined;
  };
  return (input: CaseCommand<Command>): Promise<CommandReply> => {
    const { envelope } = input;
    const digest = ports.digest(JSON.stringify([envelope.type, envelope.sender, envelope.payload]));
    return untilAnswered((n) => answer(input, digest, n === 0), ports);
  };
};
