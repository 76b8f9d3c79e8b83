import { timersKey } from "../../contracts/index-keys.ts";
import { commandSubject, querySubject } from "../../contracts/subjects.ts";
import { type Effects, effectsAt } from "../../infra/effects.ts";
import { caseIdFor, newId } from "../../infra/ids.ts";
import { indexLag } from "../../infra/nats/index-reach.ts";
import { overJson } from "../../infra/nats/json.ts";
import type { Part, Platform } from "../../infra/platform.ts";
import { createClaims } from "../../infra/redis/claims.ts";
import { startRepeating } from "../../infra/repeat.ts";
import { createCaseHandler } from "../case/case-handler.ts";
import { casePortsFrom } from "../case/case-ports.ts";
import { localDateOf } from "../case/clock-zone.ts";
import { hubActor } from "../case/core.ts";
import type { SetFile } from "./core/check-set.ts";
import { agreementCore } from "./core/fire.ts";
import { createExplainQuery, isExplainClock } from "./explain/query.ts";
import { createAgreementHandler } from "./handler.ts";
import { type IndicatorPart, startIndicators } from "./indicators/main.ts";
import { isIndicators } from "./indicators/query.ts";
import { loadAgreementSet } from "./load.ts";
import { createNoticeHandler } from "./notices.ts";
import { createTimerPoll, heldMs, type TimerPorts } from "./poll-timers.ts";
import { createAgreementQueries } from "./query.ts";
import { type AgreementFolder, AgreementsRefused, readAgreementFolder } from "./read-folder.ts";
import { startRecounting } from "./recount/main.ts";
import { serveWhatIf } from "./what-if/main.ts";
import { isWhatIf } from "./what-if/query.ts";

export { answerClock } from "./clock.ts";
export { explainRecords } from "./explain/explain-records.ts";
export { AgreementsRefused };

const restMs = 200;

const todayBy =
  ({ now }: Effects) =>
  (): string =>
    localDateOf(now());

/** A region's files as they are today, and all that is wrong with them, with no hub running. */
export const checkFolder = (folder: string): Promise<AgreementFolder> =>
  readAgreementFolder(folder, todayBy(effectsAt(undefined))());

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
  { agreements, directory, effects, log }: Platform,
  files: readonly SetFile[] | undefined,
): Promise<void> => {
  const { change, settled } = agreements;
  const ports = { change, settled, directory, now: effects.now, today: todayBy(effects) };
  const loaded = await loadAgreementSet(ports, files);
  if (loaded.kind === "refused") throw new AgreementsRefused(loaded.problems);
  if (loaded.kind === "older") log.warn("agreements are older than those in force", { outcome: loaded.kind });
  else log.info("agreements loaded", { outcome: loaded.kind });
};

/** Puts versions, and answers questions about agreements. */
const serveAgreements = (platform: Platform, indicators: IndicatorPart): Part => {
  const { bus, agreements, directory, effects, log } = platform;
  const { book, change, settled } = agreements;
  const today = todayBy(effects);
  const audit = ({ id, version, changedBy }: { id: string; version: number; changedBy: string }): void => {
    log.info("agreement version put", { agreement: id, version: String(version), actor: changedBy });
  };
  const handle = createAgreementHandler({ change, settled, directory, now: effects.now, today, audit });
  const answer = createAgreementQueries({ book, directory, today });
  const commands = bus.serve(commandSubject("agreement.*"), "agreement", overJson(handle));
  const whatIf = serveWhatIf(platform);
  const { load } = platform.journal;
  const explained = createExplainQuery({ load, agreements: agreements.clocks, directory, now: effects.now });
  const queries = bus.serve(
    querySubject("agreement.*"),
    "agreement",
    overJson((message) => {
      if (isIndicators(message)) return indicators.answer(message);
      if (isExplainClock(message)) return explained(message);
      return isWhatIf(message) ? whatIf(message) : answer(message);
    }),
  );
  return {
    stop: async () => {
      await commands.stop();
      await queries.stop();
    },
  };
};

/** So many are written side by side at the speed that the journal's streams take them at, and no case waits behind many others. */
const ringAtOnce = 256;
/**
 * An index that is being made again holds clocks that ended long ago, until it comes to their end. What is late rings meanwhile all
 * the same, and does not hold the index up.
 */
const ringAtOnceWhileBehind = 8;
const behindRecords = 50_000;
const lagEveryMs = 2_000;

/** What rings is told to its case, or to the family of its case. */
const ringing = (platform: Platform): Pick<TimerPorts, "fire" | "ring"> => {
  const { effects, log } = platform;
  const handle = createCaseHandler(agreementCore, casePortsFrom(platform));
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

const startTimers = (platform: Platform): Part => {
  const { effects, log } = platform;
  const claims = createClaims(platform.redis, timersKey);
  const onFault = (error: unknown): void => {
    log.warn("timers wait", { error });
  };
  let lag = 0;
  const watching = startRepeating(
    async () => {
      lag = await indexLag(platform);
      return false;
    },
    lagEveryMs,
    onFault,
  );
  const timers = createTimerPoll({
    ...ringing(platform),
    take: (nowMs, limit) => claims.take(nowMs, { limit, heldMs }),
    putOff: ({ holding }, ms) => claims.putOff(holding, ms),
    nowMs: effects.nowMs,
    atOnce: () => (lag > behindRecords ? ringAtOnceWhileBehind : ringAtOnce),
    onFault,
  });
  const looking = startRepeating(async () => (await timers.look()) > 0, restMs, onFault);
  return {
    stop: async () => {
      await watching.stop();
      await looking.stop();
      await timers.quiet();
    },
  };
};

/** Later steps of clocks, and digests: both ring. */
const serveNotices = (platform: Platform): Part => {
  const digestCaseId = (gln: string, date: string): string => caseIdFor(gln, `digest:${date}`);
  const handle = overJson(createNoticeHandler({ ...casePortsFrom(platform), digestCaseId }));
  const parts = ["clock.ring", "digest.ring"].map((type) =>
    platform.bus.serve(commandSubject(type), "agreement", handle),
  );
  return {
    stop: async () => {
      for (const part of parts) await part.stop();
    },
  };
};

export const startAgreement = (platform: Platform): Part => {
  const indicators = startIndicators(platform);
  const served = serveAgreements(platform, indicators);
  const notices = serveNotices(platform);
  const timers = startTimers(platform);
  const recounting = startRecounting(platform);
  return {
    stop: async () => {
      await recounting.stop();
      await timers.stop();
      await notices.stop();
      await served.stop();
      await indicators.stop();
    },
  };
};
