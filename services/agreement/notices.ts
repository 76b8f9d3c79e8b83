/** What is told of clocks later: steps whose time has come, and the digests of what is not urgent. */
import type { CommandReply, Envelope } from "../../contracts/envelope.ts";
import { isDigestFact, NoticeCommand } from "../../contracts/messages/digest.ts";
import { type DigestItem, isNoticeFact, noticeOfAlarm } from "../../contracts/notices.ts";
import { parseCommand } from "../../contracts/parse-command.ts";
import type { CaseRecord } from "../../contracts/record.ts";
import { type CaseCommand, type CasePorts, createCaseHandler } from "../case/case-handler.ts";
import { type CaseState, evolveCase, noCase } from "../case/case-state.ts";
import { localDateOf } from "../case/clock-zone.ts";
import { hubActor } from "../case/core.ts";
import { type NoticeWorld, stepsOf } from "../case/notice-steps.ts";
import { digestAfter, isOpenAt } from "../case/notice-time.ts";
import { createTurns } from "../case/take-turns.ts";
import { whomToTell } from "../case/whom-to-tell.ts";
import { type DigestCommand, digestCore, waiting } from "./core/digest.ts";
import { alarmOfKey, digestItemOf } from "./core/digest-item.ts";
import type { RingCommand } from "./core/escalate.ts";
import { agreementCore } from "./core/fire.ts";

export type NoticePorts = CasePorts & {
  /** The case of an organisation's digest of a Danish date. */
  digestCaseId: (gln: string, date: string) => string;
};

type Rung = { caseId: string; alarmId: string };
type Known = { state: CaseState; records: readonly CaseRecord[] };

const knownOf = async ({ load }: NoticePorts, caseId: string): Promise<Known> => {
  const records = (await load(caseId)).map(({ record }) => record);
  return { records, state: records.reduce(evolveCase, noCase(caseId)) };
};

const worldOf = ({ directory, agreements, operations, now }: NoticePorts): NoticeWorld => ({
  ...{ directory, operations },
  agreements: agreements(),
  at: now(),
});

/** Whom the record said would be told of a step. */
const foretold = (
  records: readonly CaseRecord[],
  { clockId, step }: { clockId: string; step: number },
): string | undefined =>
  records
    .flatMap(({ facts }) => facts.flatMap((fact) => (isNoticeFact(fact) ? [fact] : [])))
    .flatMap((fact) => (fact.type !== "NoticeGathered" && fact.clockId === clockId ? fact.steps : []))
    .findLast((taken) => taken.step === step)?.organisation;

const isDue = ({ alarms }: CaseState, alarmId: string, now: string): boolean => {
  const at = alarms[alarmId];
  return at !== undefined && at <= now;
};

/** Who is told of a step by digest; `undefined`: nobody, since it is urgent, or settled, or nobody's. */
const gatheredFor = ({ records, state }: Known, alarmId: string, world: NoticeWorld): string | undefined => {
  const notice = noticeOfAlarm(alarmId);
  const clock = notice === undefined ? undefined : state.clocks[notice.clockId];
  if (notice === undefined || clock === undefined || !isDue(state, alarmId, world.at)) return undefined;
  const step = stepsOf(clock, world)[notice.step]?.step;
  if (step === undefined || step.urgent === true) return undefined;
  // Who comes next is asked again when that time has come; all others were named when the clock ran out.
  const named = step.after === undefined ? foretold(records, notice) : undefined;
  return named ?? whomToTell(step.to, clock, world);
};

/** Today's digest where its receiver is open, else the next one: a hub that was away all day tells nobody in the evening. */
const digestOf = (organisation: string, { directory, at }: NoticeWorld): { at: string; date: string } => {
  const receiver = directory.organisation(organisation);
  return isOpenAt(receiver, at) ? { at, date: localDateOf(at) } : digestAfter(receiver, at);
};

const envelopeOf = (id: string, time: string, payload: unknown): Envelope => ({
  id,
  type: "digest.add",
  version: 1,
  time,
  sender: hubActor,
  payload,
});

type Digests = (input: CaseCommand<DigestCommand>) => Promise<CommandReply>;

/** Puts an item into its digest, however often it is tried. @returns the digest's case */
const createGather = (ports: NoticePorts, digests: Digests) => {
  // Many clocks of one debtor run out at once, and would be in each other's way.
  const inTurn = createTurns();
  return async (known: Known, { caseId, alarmId }: Rung): Promise<RingCommand["gathered"]> => {
    const world = worldOf(ports);
    const organisation = gatheredFor(known, alarmId, world);
    if (organisation === undefined) return undefined;
    const item = digestItemOf(known.state, { alarmId, organisation }, world);
    if (item === undefined) return undefined;
    const { at, date } = digestOf(organisation, world);
    const digestCaseId = ports.digestCaseId(organisation, date);
    const payload = { organisation, date, item: item.key };
    const envelope = envelopeOf(
      `digest:${caseId}:${alarmId}:${known.state.alarms[alarmId] ?? ""}`,
      at,
      payload,
    );
    const command = { type: "add", organisation, date, at, item } as const;
    await inTurn(digestCaseId, async () => {
      const input = { caseId: digestCaseId, envelope, command };
      // One that is there already is remembered, and read with one question; the first item of a day opens it.
      const reply = await digests({ ...input, opens: false });
      if (reply.status === "refused" && reply.code === "case-unknown")
        await digests({ ...input, opens: true });
    });
    return { organisation, digestCaseId };
  };
};

const atOnce = 20;

/** What a digest gathered as it stands now: what was answered meanwhile is not told. */
const lookAgain = async (
  ports: NoticePorts,
  caseId: string,
): Promise<{ open: DigestItem[]; settled: string[]; from: string }> => {
  const { records } = await knownOf(ports, caseId);
  const state = records
    .flatMap(({ facts }) => facts.filter(isDigestFact))
    .reduce(digestCore.evolve, digestCore.initial);
  const items = waiting(state);
  const world = worldOf(ports);
  const open: DigestItem[] = [];
  const settled: string[] = [];
  for (let from = 0; from < items.length; from += atOnce) {
    const looked = await Promise.all(
      items.slice(from, from + atOnce).map(async ({ key, step }) => {
        const { caseId: of, alarmId } = alarmOfKey(key);
        const { state: now } = await knownOf(ports, of);
        return { key, item: digestItemOf(now, { alarmId, organisation: step.organisation ?? "" }, world) };
      }),
    );
    for (const { key, item } of looked) if (item === undefined) settled.push(key);
    open.push(...looked.flatMap(({ item }) => item ?? []));
  }
  return { open, settled, from: ports.operations ?? state.whose?.organisation ?? "" };
};

const unknownAlarm = (): CommandReply => ({ status: "ignored", reason: "no-such-alarm" });

/** Steps that ring, and digests that ring. The case decides whether either still means anything. */
export const createNoticeHandler = (ports: NoticePorts): ((message: unknown) => Promise<CommandReply>) => {
  const clocks = createCaseHandler(agreementCore, ports);
  const digests = createCaseHandler(digestCore, ports);
  const gather = createGather(ports, digests);
  const ringStep = async (envelope: Envelope, rung: Rung): Promise<CommandReply> => {
    const notice = noticeOfAlarm(rung.alarmId);
    if (notice === undefined) return unknownAlarm();
    const gathered = await gather(await knownOf(ports, rung.caseId), rung);
    const command = { type: "ring", ...notice, gathered } as const;
    return clocks({ caseId: rung.caseId, opens: false, envelope, command });
  };
  const ringDigest = async (envelope: Envelope, { caseId }: Rung): Promise<CommandReply> => {
    const command = { type: "tell", ...(await lookAgain(ports, caseId)) } as const;
    return digests({ caseId, opens: false, envelope, command });
  };
  return async (message) => {
    const parsed = parseCommand(NoticeCommand, message);
    if (!parsed.ok) return parsed.reply;
    const { envelope, command } = parsed;
    if (envelope.sender !== hubActor) return unknownAlarm();
    return command.type === "clock.ring"
      ? ringStep(envelope, command.payload)
      : ringDigest(envelope, command.payload);
  };
};
