import { timersKey } from "../../contracts/index-keys.ts";
import { commandSubject, querySubject } from "../../contracts/subjects.ts";
import { effects } from "../../infra/effects.ts";
import { newId } from "../../infra/ids.ts";
import { overJson } from "../../infra/nats/json.ts";
import type { Part, Platform } from "../../infra/platform.ts";
import { startRepeating } from "../../infra/repeat.ts";
import { createCaseHandler } from "../case/case-handler.ts";
import { casePortsFrom } from "../case/case-ports.ts";
import { localDateOf } from "../case/clock-zone.ts";
import { hubActor } from "../case/core.ts";
import type { SetFile } from "./core/check-set.ts";
import { agreementCore } from "./core/fire.ts";
import { createAgreementHandler } from "./handler.ts";
import { loadAgreementSet } from "./load.ts";
import { createTimerPoll } from "./poll-timers.ts";
import { createAgreementQueries } from "./query.ts";
import { type AgreementFolder, AgreementsRefused, readAgreementFolder } from "./read-folder.ts";

export { answerClock } from "./clock.ts";
export { AgreementsRefused };

const restMs = 200;

const today = (): string => localDateOf(effects.now());

/** A region's files as they are today, and all that is wrong with them, with no hub running. */
export const checkFolder = (folder: string): Promise<AgreementFolder> => readAgreementFolder(folder, today());

/** A region's files, before anything is started. @throws AgreementsRefused when they cannot be in force */
export const readAgreements = async (folder: string | undefined): Promise<SetFile[] | undefined> => {
  if (folder === undefined) return undefined;
  const { files, problems } = await checkFolder(folder);
  if (problems.length > 0) throw new AgreementsRefused(problems);
  return files;
};

/**
 * Puts the files in force, or without any the set that the hub was built with. @throws AgreementsRefused when they do not fit what
 * was in use before, or name somebody whom the directory does not know
 */
export const loadAgreements = async (
  { agreements, directory, log }: Platform,
  files: readonly SetFile[] | undefined,
): Promise<void> => {
  const { change, settled } = agreements;
  const loaded = await loadAgreementSet({ change, settled, directory, now: effects.now, today }, files);
  if (loaded.kind === "refused") throw new AgreementsRefused(loaded.problems);
  if (loaded.kind === "older") log.warn("agreements are older than those in force", { outcome: loaded.kind });
  else log.info("agreements loaded", { outcome: loaded.kind });
};

/** Puts versions, and answers questions about agreements. */
const serveAgreements = ({ bus, agreements, directory, log }: Platform): Part => {
  const { book, change, settled } = agreements;
  const audit = ({ id, version, changedBy }: { id: string; version: number; changedBy: string }): void => {
    log.info("agreement version put", { agreement: id, version: String(version), actor: changedBy });
  };
  const handle = createAgreementHandler({ change, settled, directory, now: effects.now, today, audit });
  const answer = createAgreementQueries({ book, directory, today });
  const commands = bus.serve(commandSubject("agreement.*"), "agreement", overJson(handle));
  const queries = bus.serve(querySubject("agreement.*"), "agreement", overJson(answer));
  return {
    stop: async () => {
      await commands.stop();
      await queries.stop();
    },
  };
};

const startTimers = (platform: Platform): Part => {
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

export const startAgreement = (platform: Platform): Part => {
  const served = serveAgreements(platform);
  const timers = startTimers(platform);
  return {
    stop: async () => {
      await timers.stop();
      await served.stop();
    },
  };
};
