import type { ReceiptRules } from "../../contracts/codes/receipt-rules.ts";
import { Fault, isErrorCode } from "../../contracts/errors.ts";
import { envelopeKey } from "../../contracts/index-keys.ts";
import { CaseEvent } from "../../contracts/messages/case-list.ts";
import { DeadLetterCommands, DeadLetterQueries } from "../../contracts/messages/dead-letters.ts";
import { ReceiverCommands } from "../../contracts/messages/receivers.ts";
import { WaitingDeliveries } from "../../contracts/messages/worklist.ts";
import { AskLane, Carried, Knocked, LaneTold } from "../../contracts/push.ts";
import {
  carrySubject,
  caseEventsSubject,
  commandSubject,
  knockSubject,
  laneSubject,
  querySubject,
} from "../../contracts/subjects.ts";
import { withUnits } from "../../contracts/units.ts";
import { archivedDelivery } from "../../infra/archive/archived-case.ts";
import { intakeIdFor } from "../../infra/ids.ts";
import { type Answers, createAnswers } from "../../infra/nats/answers.ts";
import { askServices } from "../../infra/nats/ask-services.ts";
import { indexCaughtUp } from "../../infra/nats/index-reach.ts";
import { overJson, parseJson } from "../../infra/nats/json.ts";
import { openReceivers, type ReceiverStore } from "../../infra/nats/receivers.ts";
import { readAgain, submitOnce } from "../../infra/nats/submit-once.ts";
import type { Part, Platform } from "../../infra/platform.ts";
import { startRepeating } from "../../infra/repeat.ts";
import { casePortsFrom } from "../case/case-ports.ts";
import { createDeadLetterCommands, createDeadLetterQuery, type DeadLetterPorts } from "./dead-letters.ts";
import { createDeliveryHandler } from "./handler.ts";
import { type PushLanes, servePushLanes } from "./push-lanes.ts";
import type { PushPorts } from "./push-ports.ts";
import { createReceiverCommands, createReceiverQueries, pushReceiverOf } from "./receivers.ts";

const catchUpMs = 2_000;
/** The longest that a channel may take for one attempt, with the reading and printing before it. */
const carryTimeoutMs = 180_000;
const knockTimeoutMs = 5_000;
const tellTimeoutMs = 500;
/** How soon a change of the directory is acted on. */
const refreshMs = 1_000;

/** Goes on evenly when the machine's clock is set: what waits waits as long as it was to. */
const steadyMs = (): number => performance.timeOrigin + performance.now();

/**
 * An envelope that the index does not know may be one that it does not know yet, while it is made again: a receipt for it
 * must not be refused for good.
 */
const envelopeFinder =
  (platform: Platform) =>
  async (envelopeId: string): Promise<string | undefined> => {
    const find = (): Promise<string | null> => platform.projections.get(envelopeKey(envelopeId));
    const found = await find();
    if (found !== null) return found;
    await indexCaughtUp(platform, catchUpMs);
    const { archive } = platform;
    // A receipt may come for a case that has left the journal, and the index with it.
    return (await find()) ?? (archive === undefined ? undefined : archivedDelivery(archive, envelopeId));
  };

type Handle = ReturnType<typeof createDeliveryHandler>;

const pushPorts = (
  platform: Platform,
  { paused }: Pick<ReceiverStore, "paused">,
  handle: Handle,
): PushPorts => {
  const { bus, directory, effects, leases, log } = platform;
  const { query } = askServices(platform);
  return {
    receivers: () => directory.all().flatMap((organisation) => pushReceiverOf(organisation) ?? []),
    receiver: (gln) => pushReceiverOf(directory.organisation(gln)),
    paused,
    isMine: leases.holds,
    asMine: leases.during,
    told: async (gln) => {
      const holder = leases.holderOf(gln);
      // What this hub knows itself it need not ask for.
      if (holder === undefined || holder === leases.me) return undefined;
      const asking = bus.ask(laneSubject(holder), { to: gln }, tellTimeoutMs);
      return LaneTold.optional()
        .catch(undefined)
        .parse(await asking.catch(() => undefined));
    },
    waiting: async (gln, limit) => {
      const reply = await query("worklist.waiting", gln, { gln, limit });
      if (reply.status !== "ok") throw new Fault(isErrorCode(reply.code) ? reply.code : "internal-error");
      return WaitingDeliveries.parse(reply.value);
    },
    carry: async (order) => Carried.parse(await bus.ask(carrySubject, order, carryTimeoutMs)),
    knock: async (to) => Knocked.parse(await bus.ask(knockSubject, { to }, knockTimeoutMs)),
    command: handle,
    within: platform.traces.within,
    now: effects.now,
    trueMs: steadyMs,
    random: () => Math.random(),
    log,
  };
};

/** What is heard may be missed while the connection is away: then all is read again. */
const hearNews = ({ bus, link }: Platform, lanes: PushLanes): (() => void) => {
  const unhear = bus.hear(caseEventsSubject, (payload) => {
    const event = CaseEvent.safeParse(parseJson(payload)).data;
    if (event !== undefined) lanes.hear(event);
  });
  const lost = (): void => {
    lanes.readAgain();
    forget = link.onLost(lost);
  };
  let forget = link.onLost(lost);
  return () => {
    forget();
    unhear();
  };
};

const isOneOf = (types: Readonly<Record<string, unknown>>, message: unknown): boolean =>
  typeof message === "object" &&
  message !== null &&
  "type" in message &&
  typeof message.type === "string" &&
  Object.hasOwn(types, message.type);

const deadLetterPorts = (platform: Platform, answers: Answers, handle: Handle): DeadLetterPorts => {
  const { journal, intake, directory, effects, log } = platform;
  return {
    loadCase: async (caseId) => (await journal.load(caseId)).map(({ record }) => record),
    history: intake.history,
    noteStep: intake.noteStep,
    submit: async ({ corrects, digest, ...document }) => {
      const as = intakeIdFor(corrects, digest);
      const kept = { bytes: new Uint8Array(), kept: digest, transport: "dead-letter" };
      return { as, outcome: await submitOnce(platform, answers, { id: as, corrects, ...document, ...kept }) };
    },
    readAgain: ({ standard, ...order }) => readAgain(platform, standard, order),
    unitsOf: (gln) => withUnits(gln, directory.all()),
    handle,
    now: effects.now,
    audit: log.info,
  };
};

/** Takes up what another hub has left, and tells the others of what this one has. */
const shareLanes = ({ bus, leases }: Platform, lanes: PushLanes): Part => {
  leases.onChange(lanes.readAgain);
  return bus.serve(
    laneSubject(leases.me),
    "delivery",
    overJson((message) => Promise.resolve(lanes.tell(AskLane.parse(message).to) ?? null)),
  );
};

type Pushing = { lanes: PushLanes; receivers: ReceiverStore; stop: () => Promise<void> };

/** Brings documents to those whom the directory says so of, by whichever gateway carries. */
const startPushing = async (platform: Platform, handle: Handle): Promise<Pushing> => {
  const { js, layout, log } = platform;
  const running: { lanes?: PushLanes } = {};
  const refresh = (): void => {
    running.lanes?.refresh().catch((error: unknown) => {
      log.warn("push-waits", { error });
    });
  };
  const onFault = (error: unknown): void => {
    log.error("pauses of receivers are not heard of any more", { error });
  };
  const receivers = await openReceivers(js, { replicas: layout.replicas, onChange: refresh, onFault });
  const lanes = servePushLanes(pushPorts(platform, receivers, handle));
  running.lanes = lanes;
  const unhear = hearNews(platform, lanes);
  const telling = shareLanes(platform, lanes);
  const refreshing = startRepeating(
    async () => {
      await lanes.refresh();
      return false;
    },
    refreshMs,
    (error) => {
      log.warn("push-waits", { error });
    },
  );
  return {
    lanes,
    receivers,
    stop: async () => {
      unhear();
      await telling.stop();
      receivers.stop();
      await refreshing.stop();
      await lanes.stop();
    },
  };
};

type Serve = (message: unknown) => Promise<unknown>;

/** Each command and query by whoever knows its type. */
const servedBy = (
  receivers: Parameters<typeof createReceiverCommands>[0],
  deadLetters: DeadLetterPorts,
  handle: Handle,
): { command: Serve; query: Serve } => {
  const [steer, repair] = [createReceiverCommands(receivers), createDeadLetterCommands(deadLetters)];
  const [describe, show] = [createReceiverQueries(receivers), createDeadLetterQuery(deadLetters)];
  return {
    command: (message) => {
      if (isOneOf(ReceiverCommands, message)) return steer(message);
      return isOneOf(DeadLetterCommands, message) ? repair(message) : handle(message);
    },
    query: (message) => (isOneOf(DeadLetterQueries, message) ? show(message) : describe(message)),
  };
};

/** `rules`: how long a receipt is waited for, and how often a document is sent again; absent: the hub's own defaults. */
export const startDelivery = async (platform: Platform, rules?: ReceiptRules): Promise<Part> => {
  const { bus, directory, effects, log } = platform;
  const handle = createDeliveryHandler({
    ...casePortsFrom(platform),
    ...(rules === undefined ? {} : { rules }),
    deliveryOfEnvelope: envelopeFinder(platform),
  });
  const { lanes, receivers, stop } = await startPushing(platform, handle);
  const ports = {
    organisation: directory.organisation,
    setPause: receivers.setPause,
    paused: receivers.paused,
    describe: lanes.describe,
    now: effects.now,
    audit: log.info,
  };
  const answers = createAnswers(platform.nc);
  const onDeadLetters = deadLetterPorts(platform, answers, handle);
  const { command, query } = servedBy(ports, onDeadLetters, handle);
  const commands = bus.serve(commandSubject("delivery.*"), "delivery", overJson(command));
  const queries = bus.serve(querySubject("delivery.*"), "delivery", overJson(query));
  return {
    stop: async () => {
      await queries.stop();
      await commands.stop();
      answers.stop();
      await stop();
    },
  };
};
