/** What reading ahead needs from the world; `Read`: a case as the journal has it. */
export type ReadAheadPorts<Read> = {
  /** Members of timers that are due after the first time, up to the second; earliest first. @throws Fault when the index is away. */
  coming: (between: { fromMs: number; toMs: number }, limit: number) => Promise<string[]>;
  load: (caseId: string) => Promise<Read>;
  nowMs: () => number;
};

export type ReadAhead<Read> = {
  /** Reads the cases of clocks that ring within a few seconds and were not read yet. */
  look: () => Promise<void>;
  /** What was read of a case, once; perhaps old by now. Nothing where nobody read it, or it was read long ago. */
  foreseen: (caseId: string) => Promise<Read> | undefined;
};

/** A store with millions of records reads those of long ago from disk: thousands of cases take it seconds. */
const aheadMs = 5_000;
/** What did not ring by then was paused, answered, or rung by another hub. */
const keptMs = 2 * aheadMs;
/** More at a time would be felt by those who wait for an answer now. */
const readAtOnce = 16;
/** Cases held at a time: some tens of megabytes. Those beyond are read when they ring. */
const mostHeld = 4_000;

type Held<Read> = { read: Promise<Read>; untilMs: number };

/**
 * Reads cases before their clocks ring, so that of a thousand promises that end at one closing time none waits for the others to be
 * read. Only a guess: the decision is written if the case is still as it was read, and a case that changed is read again.
 */
export const createReadAhead = <Read>({ coming, load, nowMs }: ReadAheadPorts<Read>): ReadAhead<Read> => {
  const held = new Map<string, Held<Read>>();
  let seenMs = 0;
  const forgetOld = (): void => {
    for (const [caseId, { untilMs }] of held) if (untilMs < nowMs()) held.delete(caseId);
  };
  const readOne = async (caseId: string): Promise<void> => {
    const read = load(caseId);
    held.set(caseId, { read, untilMs: nowMs() + keptMs });
    // It rings all the same, and is read then.
    await read.catch(() => held.delete(caseId));
  };
  const readAll = async (caseIds: readonly string[]): Promise<void> => {
    const waiting = caseIds.values();
    const lane = async (): Promise<void> => {
      for (const caseId of waiting) await readOne(caseId);
    };
    await Promise.all(Array.from({ length: readAtOnce }, lane));
  };
  return {
    look: async () => {
      forgetOld();
      const toMs = nowMs() + aheadMs;
      const fromMs = Math.max(nowMs(), seenMs);
      const members = await coming({ fromMs, toMs }, Math.max(0, mostHeld - held.size));
      seenMs = toMs;
      // An alarm, which names a family, is rung by that family.
      const clocks = members
        .map((member) => member.split("|"))
        .filter(([, , , family]) => family === undefined);
      const caseIds = new Set(clocks.map(([caseId = ""]) => caseId));
      await readAll([...caseIds].filter((caseId) => !held.has(caseId)));
    },
    foreseen: (caseId) => {
      const found = held.get(caseId);
      held.delete(caseId);
      return found !== undefined && found.untilMs >= nowMs() ? found.read : undefined;
    },
  };
};
