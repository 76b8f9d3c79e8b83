import { wordsOfPush } from "../../contracts/codes/push-codes.ts";
import type { CaseEvent } from "../../contracts/messages/case-list.ts";
import type { PushedReceivers } from "../../contracts/messages/receivers.ts";
import { type LaneTold, type PushedReceiver, PushResult, PushTransport } from "../../contracts/push.ts";
import { defaultLaneRules, type LaneRules } from "./core/lane.ts";
import { type LaneState, type ServedLane, serveLane } from "./push-lane.ts";
import type { PushPorts, PushReceiver } from "./push-ports.ts";

export type PushLanes = {
  hear: (event: CaseEvent) => void;
  /** News may have been missed by all. */
  readAgain: () => void;
  /** The directory or the pauses may have changed. */
  refresh: () => Promise<void>;
  describe: () => Promise<PushedReceivers>;
  /** How this hub fares with a receiver; `undefined`: it brings it nothing. */
  tell: (gln: string) => LaneTold | undefined;
  stop: () => Promise<void>;
};

const instantOf = (ms: number): string => new Date(ms).toISOString();

const breakerOf = ({ lane: { breaker } }: LaneState): Pick<PushedReceiver, "breaker" | "since"> =>
  breaker.state === "closed"
    ? { breaker: "closed" }
    : { breaker: breaker.state, since: instantOf(breaker.sinceMs) };

const whyOf = ({ code }: LaneState): Pick<PushedReceiver, "why"> =>
  code === undefined ? {} : { why: { code, ...wordsOfPush(code) } };

const tellOf = (state: LaneState): LaneTold => ({
  underway: state.lane.underway.size,
  ...breakerOf(state),
  ...whyOf(state),
  ...(state.lastSuccessMs === undefined ? {} : { lastSuccess: instantOf(state.lastSuccessMs) }),
});

const describeOne = async (
  ports: PushPorts,
  { gln, transports }: PushReceiver,
  state: LaneState,
): Promise<PushedReceiver> => {
  const [{ count, items }, told] = await Promise.all([ports.waiting(gln, 1), ports.told(gln)]);
  const [oldest] = items;
  const paused = ports.paused(gln);
  return {
    gln,
    transports,
    waiting: count,
    ...(oldest === undefined ? {} : { oldest: oldest.at }),
    ...(told ?? tellOf(state)),
    ...(paused === undefined ? {} : { paused }),
  };
};

type Attempts = Map<string, PushedReceivers["attempts"][number]>;

/** How often each transport came to each result, since the start. Never by receiver: there are as many as there are partners. */
const countAttempt = (attempts: Attempts, transport: PushTransport, result: PushResult): void => {
  const key = `${transport} ${result}`;
  const { count } = attempts.get(key) ?? { count: 0 };
  attempts.set(key, { transport, result, count: count + 1 });
};

const noAttempts = (): Attempts =>
  new Map(
    PushTransport.options.flatMap((transport) =>
      PushResult.options.map((result) => [`${transport} ${result}`, { transport, result, count: 0 }]),
    ),
  );

/** Those that are new get a lane, those that are gone lose it when what is under way has ended. */
const refreshed = async (
  ports: PushPorts,
  lanes: Map<string, ServedLane>,
  open: (gln: string) => ServedLane,
): Promise<void> => {
  const wanted = new Set(ports.receivers().map(({ gln }) => gln));
  for (const gln of wanted) if (!lanes.has(gln)) open(gln);
  for (const [gln, lane] of lanes) {
    if (wanted.has(gln)) lane.look();
    else {
      lanes.delete(gln);
      await lane.stop();
    }
  }
};

/** A lane for each receiver to whom the hub brings documents. */
export const servePushLanes = (ports: PushPorts, rules: LaneRules = defaultLaneRules): PushLanes => {
  const lanes = new Map<string, ServedLane>();
  const attempts = noAttempts();
  const open = (gln: string): ServedLane => {
    const lane = serveLane(gln, {
      ports,
      rules,
      count: ({ transports: [usual] }, { transport = usual, result }) => {
        if (transport !== undefined) countAttempt(attempts, transport, result);
      },
    });
    lanes.set(gln, lane);
    return lane;
  };
  return {
    hear: ({ deliveries }) => {
      for (const { deliveryId, to, status } of deliveries) {
        const lane = lanes.get(to) ?? (ports.receiver(to) === undefined ? undefined : open(to));
        lane?.hear(deliveryId, status);
      }
    },
    readAgain: () => {
      for (const lane of lanes.values()) lane.readAgain();
    },
    refresh: () => refreshed(ports, lanes, open),
    describe: async () => {
      const receivers = await Promise.all(
        ports
          .receivers()
          .map((one) => describeOne(ports, one, (lanes.get(one.gln) ?? open(one.gln)).state())),
      );
      return { receivers, attempts: [...attempts.values()] };
    },
    tell: (gln) => (ports.isMine(gln) ? tellOf((lanes.get(gln) ?? open(gln)).state()) : undefined),
    stop: async () => {
      await Promise.all([...lanes.values()].map((lane) => lane.stop()));
    },
  };
};
