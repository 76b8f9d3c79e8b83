import { commandSubject, querySubject } from "../../contracts/subjects.ts";
import { type Effects, effectsAt } from "../../infra/effects.ts";
import { caseIdFor } from "../../infra/ids.ts";
import { overJson } from "../../infra/nats/json.ts";
import type { Part, Platform } from "../../infra/platform.ts";
import { casePortsFrom } from "../case/case-ports.ts";
import { localDateOf } from "../case/clock-zone.ts";
import type { SetFile } from "./core/check-set.ts";
import { createExplainQuery, isExplainClock } from "./explain/query.ts";
import { createAgreementHandler } from "./handler.ts";
import { type IndicatorPart, startIndicators } from "./indicators/main.ts";
import { isIndicators } from "./indicators/query.ts";
import { loadAgreementSet } from "./load.ts";
import { createNoticeHandler } from "./notices.ts";
import { createAgreementQueries } from "./query.ts";
import { type AgreementFolder, AgreementsRefused, readAgreementFolder } from "./read-folder.ts";
import { startRecounting } from "./recount/main.ts";
import { startTimers } from "./timers/main.ts";
import { serveWhatIf } from "./what-if/main.ts";
import { isWhatIf } from "./what-if/query.ts";

export { answerClock } from "./clock.ts";
export { explainRecords } from "./explain/explain-records.ts";
export { AgreementsRefused };

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
