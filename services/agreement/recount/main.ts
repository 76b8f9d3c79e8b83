import { newId } from "../../../infra/ids.ts";
import { readShard } from "../../../infra/nats/read-shard.ts";
import type { Part, Platform } from "../../../infra/platform.ts";
import { startRepeating } from "../../../infra/repeat.ts";
import { createCaseHandler } from "../../case/case-handler.ts";
import { casePortsFrom } from "../../case/case-ports.ts";
import { hubActor } from "../../case/core.ts";
import { recountCore } from "../core/recount.ts";
import { createRecounter, type RecountPorts } from "./recount-clocks.ts";

const restMs = 1_000;
/** Longer than a change of the book or the directory takes to reach every process. */
const settleMs = 5_000;

const recounting = (platform: Platform): RecountPorts["recount"] => {
  const handle = createCaseHandler(recountCore, casePortsFrom(platform));
  return async (caseId, terms) => {
    const command = { type: "recount", terms } as const;
    const envelope = {
      id: newId(),
      type: "agreement.recount",
      version: 1,
      time: platform.effects.now(),
      sender: hubActor,
      payload: command,
    } as const;
    const reply = await handle({ caseId, opens: false, envelope, command });
    if (reply.status === "accepted") platform.log.info("clocks recounted", { caseId });
  };
};

/** Running clocks follow the changes that say so: of their agreement, of hours and closing days, and its end. */
export const startRecounting = (platform: Platform): Part => {
  const { agreements, directory, effects, log } = platform;
  let stopping = false;
  const look = createRecounter({
    book: agreements.book,
    change: agreements.change,
    directory,
    readShard: (shard) => readShard(platform, shard),
    recount: recounting(platform),
    now: effects.now,
    settleMs,
    isStopping: () => stopping,
  });
  const repeating = startRepeating(
    async () => {
      await look();
      return false;
    },
    restMs,
    (error) => {
      log.warn("clocks wait to be recounted", { error });
    },
  );
  return {
    stop: async () => {
      stopping = true;
      await repeating.stop();
    },
  };
};
