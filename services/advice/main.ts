import type { Agreement } from "../../contracts/agreement.ts";
import type { AttachmentRules } from "../../contracts/codes/attachment-rules.ts";
import { threadKey } from "../../contracts/index-keys.ts";
import { commandSubject, querySubject } from "../../contracts/subjects.ts";
import { caseIdFor } from "../../infra/ids.ts";
import { overJson } from "../../infra/nats/json.ts";
import type { Part, Platform } from "../../infra/platform.ts";
import { redisLoaded } from "../../infra/redis/connection.ts";
import { createCanHandler } from "../case/can.ts";
import { casePortsFrom } from "../case/case-ports.ts";
import { keysOfLetter } from "../case/thread-keys.ts";
import { createAdviceCore } from "./core/decide.ts";
import { createAdviceHandler } from "./handler.ts";
import type { AdvicePorts } from "./ports.ts";

/** An index of a whole region is read from its file in a minute. */
const loadingMs = 120_000;

/**
 * While the index is away nothing is found: a letter whose thread bears no name opens a case of its own. One that is still being read,
 * after a start, is waited for: the letter is kept, and must not lose its thread because of that.
 */
const threadFinder =
  ({ projections, indexDigest, redis }: Platform): AdvicePorts["findThread"] =>
  async (letter, thread) => {
    await redisLoaded(redis, loadingMs);
    const { named, others } = keysOfLetter(letter, thread, indexDigest);
    const keys = [...(named === undefined ? [] : [named]), ...others];
    const found = await projections.highest(keys.map(threadKey)).catch(() => []);
    const [byName, ...rest] = named === undefined ? [undefined, ...found] : found;
    return { named: byName, guessed: rest.find((caseId) => caseId !== undefined) };
  };

/** `attachmentRules`: how long a letter waits for the attachments that it names; absent: the hub's own default. */
export const startAdvice = (platform: Platform, attachmentRules?: AttachmentRules): Part => {
  const handle = createAdviceHandler({
    ...casePortsFrom(platform),
    attachmentRules,
    caseIdFor,
    indexDigest: platform.indexDigest,
    findThread: threadFinder(platform),
  });
  const { bus } = platform;
  const commands = bus.serve(commandSubject("advice.*"), "advice", overJson(handle));
  const can = createCanHandler(createAdviceCore(attachmentRules), casePortsFrom(platform));
  const queries = bus.serve(querySubject("can.advice"), "advice", overJson(can));
  return {
    stop: async () => {
      await queries.stop();
      await commands.stop();
    },
  };
};

/** Questions as they are taken at a time, under other agreements: for a bench, which needs the clocks of many days at once. */
export const askingAt = (
  platform: Platform,
  at: string,
  agreements: readonly Agreement[],
): ReturnType<typeof createAdviceHandler> => {
  const effects = { ...platform.effects, now: () => at };
  return createAdviceHandler({
    ...casePortsFrom({ ...platform, effects, agreements: { clocks: () => agreements } }),
    attachmentRules: undefined,
    caseIdFor,
    indexDigest: platform.indexDigest,
    findThread: () => Promise.resolve({}),
  });
};
