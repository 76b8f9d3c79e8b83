/** Does once what is measured. */
export type Work = () => void;

/** Rates of each work, in its turns: one list for each round. */
export type Rates = ReadonlyMap<string, readonly (readonly number[])[]>;

/** The clock is looked at once in a few: looking costs something too. */
const batch = 8;
/** Short turns, many of them: whatever else the machine does meets all works alike. */
const turnsPerRound = 10;

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};

/** Of processor time: all is in memory, and other programs' share of the time is not its. */
const perSecond = (work: Work, ms: number): number => {
  const start = cpuMs();
  let count = 0;
  let passed = 0;
  while (passed < ms) {
    for (let n = 0; n < batch; n++) work();
    count += batch;
    passed = cpuMs() - start;
  }
  return (count * 1_000) / passed;
};

/**
 * How often a second of processor time each work is done, all of them taking turns; `seconds` of a round are shared between them.
 * The first round is for the engine, which compiles what is run often, and does not count.
 */
export const inTurns = (
  works: ReadonlyMap<string, Work>,
  { seconds, rounds }: { seconds: number; rounds: number },
): Rates => {
  const ms = (seconds * 1_000) / works.size / turnsPerRound;
  const rates = new Map([...works.keys()].map((name): [string, number[][]] => [name, []]));
  for (let round = -1; round < rounds; round++) {
    const ofRound = new Map([...works.keys()].map((name): [string, number[]] => [name, []]));
    for (let turn = 0; turn < turnsPerRound; turn++)
      for (const [name, work] of works) ofRound.get(name)?.push(perSecond(work, ms));
    if (round >= 0) for (const [name, turns] of ofRound) rates.get(name)?.push(turns);
  }
  return rates;
};
