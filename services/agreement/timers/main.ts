import { timersKey } from "../../../contracts/index-keys.ts";
import { commandSubject } from "../../../contracts/subjects.ts";
import { newId } from "../../../infra/ids.ts";
import { indexLag } from "../../../infra/nats/index-reach.ts";
import type { Part, Platform } from "../../../infra/platform.ts";
import { type Claims, createClaims } from "../../../infra/redis/claims.ts";
import { startRepeating } from "../../../infra/repeat.ts";
import { type CasePorts, createCaseHandler } from "../../case/case-handler.ts";
import { casePortsFrom } from "../../case/case-ports.ts";
import { hubActor } from "../../case/core.ts";
import { agreementCore } from "../core/fire.ts";
import { createTimerPoll, heldMs, type TimerPorts } from "./poll-timers.ts";
import { createReadAhead, type ReadAhead } from "./read-ahead.ts";

const restMs = 200;

/** Whether the index is far behind the journal, and who hears of what goes wrong. */
type Watched = { isBehind: () => boolean; onFault: (error: unknown) => void };
type LoadedCase = Awaited<ReturnType<Platform["journal"]["load"]>>;

/** So many are written side by side at the speed that the journal's streams take them at, and no case waits behind many others. */
const ringAtOnce = 256;
/**
 * An index that is being made again holds clocks that ended long ago, until it comes to their end. What is late rings meanwhile all
 * the same, and does not hold the index up.
 */
const ringAtOnceWhileBehind = 8;
const behindRecords = 50_000;
const lagEveryMs = 2_000;
const readAheadEveryMs = 1_000;

type ReadAheadPart = Part & Pick<ReadAhead<LoadedCase>, "foreseen">;

const startReadAhead = (platform: Platform, claims: Claims, watched: Watched): ReadAheadPart => {
  const { look, foreseen } = createReadAhead({
    coming: ({ fromMs, toMs }, limit) => claims.coming({ after: fromMs, upTo: toMs }, limit),
    load: platform.journal.load,
    nowMs: platform.effects.nowMs,
  });
  const looking = startRepeating(
    async () => {
      if (!watched.isBehind()) await look();
      return false;
    },
    readAheadEveryMs,
    watched.onFault,
  );
  return { foreseen, stop: looking.stop };
};

/** What rings is told to its case, or to the family of its case. */
const ringing = (platform: Platform, foreseen: CasePorts["foreseen"]): Pick<TimerPorts, "fire" | "ring"> => {
  const { effects, log } = platform;
  const handle = createCaseHandler(agreementCore, { ...casePortsFrom(platform), foreseen });
  return {
    fire: async (caseId, clockId) => {
      const command = { type: "fire", clockId } as const;
      const envelope = {
        id: newId(),
        type: "agreement.fire",
        version: 1,
        time: effects.now(),
        sender: hubActor,
        payload: command,
      } as const;
      const reply = await handle({ caseId, opens: false, envelope, command });
      const rang = reply.status === "accepted";
      if (rang) log.info("clock rang", { caseId, clockId });
      return rang;
    },
    ring: async (family, payload) => {
      const type = `${family}.ring`;
      const envelope = { id: newId(), type, version: 1, time: effects.now(), sender: hubActor, payload };
      await platform.bus.ask(commandSubject(type), envelope);
    },
  };
};

/** Lets clocks and alarms ring: what is due is found in the index, and decided on the case. */
export const startTimers = (platform: Platform): Part => {
  const { effects, log } = platform;
  const claims = createClaims(platform.redis, timersKey);
  const onFault = (error: unknown): void => {
    log.warn("timers wait", { error });
  };
  let lag = 0;
  const isBehind = (): boolean => lag > behindRecords;
  const watching = startRepeating(
    async () => {
      lag = await indexLag(platform);
      return false;
    },
    lagEveryMs,
    onFault,
  );
  const ahead = startReadAhead(platform, claims, { isBehind, onFault });
  const timers = createTimerPoll({
    ...ringing(platform, ahead.foreseen),
    take: (nowMs, limit) => claims.take(nowMs, { limit, heldMs }),
    putOff: ({ holding }, ms) => claims.putOff(holding, ms),
    nowMs: effects.nowMs,
    atOnce: () => (isBehind() ? ringAtOnceWhileBehind : ringAtOnce),
    onFault,
  });
  const looking = startRepeating(async () => (await timers.look()) > 0, restMs, onFault);
  return {
    stop: async () => {
      await ahead.stop();
      await watching.stop();
      await looking.stop();
      await timers.quiet();
    },
  };
};
