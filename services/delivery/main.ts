import type { ReceiptRules } from "../../contracts/codes/receipt-rules.ts";
import { Fault, isErrorCode } from "../../contracts/errors.ts";
import { envelopeKey } from "../../contracts/index-keys.ts";
import { CaseEvent } from "../../contracts/messages/case-list.ts";
import { ReceiverCommands } from "../../contracts/messages/receivers.ts";
import { WaitingDeliveries } from "../../contracts/messages/worklist.ts";
import { Carried, Knocked } from "../../contracts/push.ts";
import {
  carrySubject,
  caseEventsSubject,
  commandSubject,
  knockSubject,
  querySubject,
} from "../../contracts/subjects.ts";
import { askServices } from "../../infra/nats/ask-services.ts";
import { indexCaughtUp } from "../../infra/nats/index-reach.ts";
import { overJson, parseJson } from "../../infra/nats/json.ts";
import { openReceivers, type ReceiverStore } from "../../infra/nats/receivers.ts";
import type { Part, Platform } from "../../infra/platform.ts";
import { startRepeating } from "../../infra/repeat.ts";
import { casePortsFrom } from "../case/case-ports.ts";
import { createDeliveryHandler } from "./handler.ts";
import { type PushLanes, servePushLanes } from "./push-lanes.ts";
import type { PushPorts } from "./push-ports.ts";
import { createReceiverCommands, createReceiverQueries, pushReceiverOf } from "./receivers.ts";

const catchUpMs = 2_000;
/** The longest that a channel may take for one attempt, with the reading and printing before it. */
const carryTimeoutMs = 180_000;
const knockTimeoutMs = 5_000;
/** How soon a change of the directory is acted on. */
const refreshMs = 1_000;

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
    return (await find()) ?? undefined;
  };

type Handle = ReturnType<typeof createDeliveryHandler>;

const pushPorts = (
  platform: Platform,
  { paused }: Pick<ReceiverStore, "paused">,
  handle: Handle,
): PushPorts => {
  const { bus, directory, effects, log } = platform;
  const { query } = askServices(platform);
  return {
    receivers: () => directory.all().flatMap((organisation) => pushReceiverOf(organisation) ?? []),
    receiver: (gln) => pushReceiverOf(directory.organisation(gln)),
    paused,
    waiting: async (gln, limit) => {
      const reply = await query("worklist.waiting", gln, { gln, limit });
      if (reply.status !== "ok") throw new Fault(isErrorCode(reply.code) ? reply.code : "internal-error");
      return WaitingDeliveries.parse(reply.value);
    },
    carry: async (order) => Carried.parse(await bus.ask(carrySubject, order, carryTimeoutMs)),
    knock: async (to) => Knocked.parse(await bus.ask(knockSubject, { to }, knockTimeoutMs)),
    command: handle,
    now: effects.now,
    trueMs: () => Date.now(),
    random: () => Math.random(),
    log,
  };
};

/** What is heard may be missed while the connection is away: then all is read again. */
const hearNews = ({ nc, link }: Platform, lanes: PushLanes): (() => void) => {
  const subscription = nc.subscribe(caseEventsSubject, {
    callback: (_error, message) => {
      const event = CaseEvent.safeParse(parseJson(message.data)).data;
      if (event !== undefined) lanes.hear(event);
    },
  });
  const lost = (): void => {
    lanes.readAgain();
    forget = link.onLost(lost);
  };
  let forget = link.onLost(lost);
  return () => {
    forget();
    subscription.unsubscribe();
  };
};

const isReceiverCommand = (message: unknown): boolean =>
  typeof message === "object" &&
  message !== null &&
  "type" in message &&
  typeof message.type === "string" &&
  Object.hasOwn(ReceiverCommands, message.type);

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
      receivers.stop();
      await refreshing.stop();
      await lanes.stop();
    },
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
  const steer = createReceiverCommands(ports);
  const commands = bus.serve(
    commandSubject("delivery.*"),
    "delivery",
    overJson((message) => (isReceiverCommand(message) ? steer(message) : handle(message))),
  );
  const queries = bus.serve(querySubject("delivery.*"), "delivery", overJson(createReceiverQueries(ports)));
  return {
    stop: async () => {
      await queries.stop();
      await commands.stop();
      await stop();
    },
  };
};
