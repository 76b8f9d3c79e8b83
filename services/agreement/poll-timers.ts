/** What the timers need from the world. */
export type TimerPorts = {
  /**
   * Timers that are due by now, earliest first: `<caseId>|<clockId>|<w or b>`, or `<caseId>|<alarmId>|a|<family>` for an
   * alarm. @throws Fault when the index is away.
   */
  dueTimers: (nowMs: number, limit: number) => Promise<string[]>;
  /** Tells the case that a clock rang. */
  fire: (caseId: string, clockId: string) => Promise<void>;
  /** Tells the family of a case that an alarm rang. */
  ring: (family: string, rang: { caseId: string; alarmId: string }) => Promise<void>;
  nowMs: () => number;
};

/** A timer that has just rung is left alone this long, while its record finds its way into the index. */
const quietMs = 2_000;
const batch = 200;

/**
 * One look at the timers. The index only says when to look; whether a clock warns or breaches is decided on the case, so a
 * timer that rings twice, or after an index was rebuilt, does nothing twice.
 * @returns how many rang.
 */
export const createTimerPoll = (ports: TimerPorts): (() => Promise<number>) => {
  const rang = new Map<string, number>();
  return async () => {
    const now = ports.nowMs();
    for (const [timer, at] of rang) if (now - at > quietMs) rang.delete(timer);
    const due = (await ports.dueTimers(now, batch + rang.size)).filter((timer) => !rang.has(timer));
    for (const timer of due) rang.set(timer, now);
    await Promise.all(
      due.map(async (timer) => {
        const [caseId = "", id = "", _kind, family] = timer.split("|");
        await (family === undefined ? ports.fire(caseId, id) : ports.ring(family, { caseId, alarmId: id }));
      }),
    );
    return due.length;
  };
};
