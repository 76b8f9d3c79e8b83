import type { NatsConnection } from "@nats-io/transport-node";
import type { Redis } from "ioredis";
import { createRandom, type Random } from "../support/year/random.ts";
import { createNatsServer, type Durable, type NatsServer, type StoreFault } from "./memory/nats-server.ts";
import { createNatsNetwork, type NatsNetwork } from "./memory/nats-transport.ts";
import { createRedisTwin, type RedisTwin } from "./memory/redis-client.ts";
import { createOwner, createScheduler, type Owner, type Scheduler } from "./scheduler.ts";
import { takeOverTime } from "./virtual-time.ts";

/** How often something goes wrong by itself, beside what the script of a history says; 0 is never. */
export type Weather = {
  /** Of frames and commands: takes longer than the others. */
  slow: number;
  /** Of writes to a stream. */
  store: number;
  /** Of commands to Redis. */
  index: number;
};
export const calm: Weather = { slow: 0, store: 0, index: 0 };

export type World = {
  seed: string;
  /** The journal lies on so many streams. */
  streams: number;
  /** Whether the hub is told that nobody else is on its servers: then it hands over what it writes. */
  alone: boolean;
  random: Random;
  scheduler: Scheduler;
  network: NatsNetwork;
  redis: RedisTwin;
  server: () => NatsServer;
  /** The server goes and comes again with what it kept: consumers that are nobody's are forgotten. */
  restartServer: () => void;
  weather: (weather: Weather) => void;
  /** Every hub's calendar, which may jump where the machines' time does not. */
  calendarMs: () => number;
  jump: (ms: number) => void;
  connections: { nats: () => Promise<NatsConnection>; redis: () => Redis };
  /** Defects of the simulation, and of the hub what it calls a bug of its own. */
  bugs: string[];
  end: () => void;
};

/** The machines' time and the calendar begin together: a Monday morning in November. */
const startMs = Date.parse("2026-11-23T07:00:00.000Z");
const slowestMs = 3_000;

const storeFaults: readonly StoreFault[] = ["full", "unanswered", "lost"];

const isOurs = (subject: string): boolean => /^(case|intake|answered)\./.test(subject);

/** A world with nobody in it. `durable`: what its server kept from before. `streams`: on which the journal lies. */
export const createWorld = (
  seed: string,
  { durable, streams = 2, from = startMs }: { durable: Durable; streams?: number; from?: number },
): World => {
  const random = createRandom(seed);
  const scheduler = createScheduler(random.fork("order"), startMs);
  const end = takeOverTime(scheduler, random.fork("chance"));
  const bugs: string[] = [];
  const state = { weather: calm, offsetMs: from - startMs };
  const chance = random.fork("weather");
  const delayMs = (): number => {
    if (state.weather.slow === 0 || !chance.chance(state.weather.slow)) return 0;
    scheduler.count("slow");
    return chance.between(1, chance.chance(0.1) ? slowestMs : 100);
  };
  const servers: Owner = createOwner("server");
  const serverWorld = {
    nowMs: scheduler.nowMs,
    later: (ms: number, label: string, run: () => void) =>
      scheduler.post({ owner: servers, label, afterMs: ms, run }),
    pick: chance.pick,
    faultOf: (subject: string): StoreFault | undefined => {
      if (state.weather.store === 0 || !isOurs(subject) || !chance.chance(state.weather.store))
        return undefined;
      const fault = chance.pick(storeFaults);
      scheduler.count(`store ${fault}`);
      return fault;
    },
  };
  const servers_ = { now: createNatsServer(serverWorld, durable) };
  const redis = createRedisTwin({
    scheduler,
    random: chance,
    delayMs,
    onBug: (error) => void bugs.push(String(error)),
    faultOf: () => {
      if (state.weather.index === 0 || !chance.chance(state.weather.index)) return undefined;
      scheduler.count("index fault");
      return chance.pick(["before", "after"] as const);
    },
  });
  const network = createNatsNetwork({ scheduler, random: chance, server: () => servers_.now, delayMs });
  return {
    seed,
    streams,
    alone: random.fork("alone").chance(0.5),
    random,
    scheduler,
    network,
    redis,
    server: () => servers_.now,
    restartServer: () => {
      network.cutAll();
      const kept = servers_.now.durable();
      servers_.now.stop();
      servers_.now = createNatsServer(serverWorld, kept);
    },
    weather: (weather) => {
      state.weather = weather;
    },
    calendarMs: () => scheduler.nowMs() + state.offsetMs,
    jump: (ms) => {
      state.offsetMs += ms;
    },
    connections: { nats: () => network.connect("hub"), redis: redis.connect },
    bugs,
    end,
  };
};

const completeMs = 60_000;

/** Lets as many events happen as a piece of work needs. @throws what it throws, or when it does not end */
export const complete = async <Result>(
  { scheduler }: Pick<World, "scheduler">,
  owner: Owner,
  work: () => Promise<Result>,
): Promise<Result> => {
  const done: { result?: { value: Result }; failed?: { error: unknown } } = {};
  await scheduler.drain(owner, () => {
    work().then(
      (value) => {
        done.result = { value };
      },
      (error: unknown) => {
        done.failed = { error };
      },
    );
  });
  const until = scheduler.nowMs() + completeMs;
  while (done.result === undefined && done.failed === undefined && (await scheduler.step(until)));
  if (done.failed !== undefined) throw done.failed.error;
  if (done.result === undefined) throw new Error("What was begun in the simulation never ended.");
  return done.result.value;
};
