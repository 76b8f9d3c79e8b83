import { Fault } from "../../../contracts/errors.ts";
import type { WhatIfAnswer, WhatIfProgress, WhatIfResult } from "../../../contracts/messages/what-if.ts";

type Job = { result: Promise<WhatIfResult>; progress: WhatIfProgress; askedAt: number };
type Work = (onProgress: (progress: WhatIfProgress) => void) => Promise<WhatIfResult>;

export type JobPorts = { nowMs: () => number; pause: (ms: number) => Promise<unknown> };

/** Whoever asks is answered after so long: with the result, or how far it is. */
const patienceMs = 5_000;
/** What nobody has asked for again so long is given up, and a result that nobody came for is forgotten. */
const keptMs = 5 * 60_000;
const mostJobs = 8;

const notYet = { shards: 0, shardsDone: 0, records: 0 };

const forgetOld = (jobs: Map<string, Job>, nowMs: number): void => {
  for (const [key, { askedAt }] of jobs) if (nowMs - askedAt > keptMs) jobs.delete(key);
};

/** `undefined`: not within the patience of whoever asks. */
const soon = async ({ result }: Job, { pause }: JobPorts): Promise<WhatIfResult | undefined> => {
  // When nobody waits for it any more its failure is told to whoever asks next.
  result.catch(() => undefined);
  return Promise.race([result, pause(patienceMs).then(() => undefined)]);
};

/**
 * Long work that is asked for by the same question again and again until it is done, so that no id is needed and an answer that is lost is
 * asked for once more. One at a time; a result is given out once.
 */
export const createJobs = (ports: JobPorts): ((key: string, work: Work) => Promise<WhatIfAnswer>) => {
  const { nowMs } = ports;
  const jobs = new Map<string, Job>();
  let last: Promise<unknown> = Promise.resolve();
  const begin = (key: string, work: Work): Job => {
    forgetOld(jobs, nowMs());
    if (jobs.size >= mostJobs) throw new Fault("service-unavailable");
    const job: Job = {
      progress: notYet,
      askedAt: nowMs(),
      result: last.then(() =>
        work((progress) => {
          if (nowMs() - job.askedAt > keptMs) throw new Error("Nobody asks for it any more.");
          job.progress = progress;
        }),
      ),
    };
    last = job.result.catch(() => undefined);
    jobs.set(key, job);
    return job;
  };
  return async (key, work) => {
    const job = jobs.get(key) ?? begin(key, work);
    job.askedAt = nowMs();
    let isOver = true;
    try {
      const result = await soon(job, ports);
      isOver = result !== undefined;
      return result === undefined
        ? { status: "working", progress: job.progress }
        : { status: "done", result };
    } finally {
      if (isOver) jobs.delete(key);
    }
  };
};
