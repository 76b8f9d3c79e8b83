import { timersKey } from "../../contracts/index-keys.ts";
import { commandSubject } from "../../contracts/subjects.ts";
import { effects } from "../../infra/effects.ts";
import { newId } from "../../infra/ids.ts";
import type { Part, Platform } from "../../infra/platform.ts";
import { startRepeating } from "../../infra/repeat.ts";
import { createCaseHandler } from "../case/case-handler.ts";
import { casePortsFrom } from "../case/case-ports.ts";
import { hubActor } from "../case/core.ts";
import { agreementCore } from "./core/fire.ts";
import { createTimerPoll } from "./poll-timers.ts";

const restMs = 200;

export const startAgreement = (platform: Platform): Part => {
  const { projections, log } = platform;
  const handle = createCaseHandler(agreementCore, casePortsFrom(platform, effects));
  const poll = createTimerPoll({
    dueTimers: (nowMs, limit) => projections.dueBy(timersKey, nowMs, limit),
    nowMs: () => Date.now(),
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
      if (reply.status === "accepted") log.info("clock rang", { caseId, clockId });
    },
    ring: async (family, payload) => {
      const type = `${family}.ring`;
      const envelope = { id: newId(), type, version: 1, time: effects.now(), sender: hubActor, payload };
      await platform.bus.ask(commandSubject(type), envelope);
    },
  });
  return startRepeating(
    async () => (await poll()) > 0,
    restMs,
    (error) => {
      log.warn("timers wait", { error });
    },
  );
};
