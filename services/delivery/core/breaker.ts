/**
 * What is known of a receiver's system. `closed`: it answers; `failures` counts those in a row. `open`: it does not, and is left in
 * peace but for knocks (does it answer at all?) and, seldom, for one document. `half-open`: one document is with it, and tells. A
 * knock that was answered while the document after it failed means nothing: then documents alone tell, until it is closed.
 */
export type Breaker =
  | { readonly state: "closed"; readonly failures: number }
  | (Outage & { readonly state: "open"; readonly probeAtMs: number; readonly knockAtMs: number })
  | (Outage & { readonly state: "half-open"; readonly byKnock: boolean });

type Outage = { readonly sinceMs: number; readonly knocks: boolean };

export type BreakerRules = {
  /** So many failures in a row open it. */
  readonly failures: number;
  /** At most so long between two knocks. */
  readonly knockMs: number;
  /** At least and at most so long between two documents that try whether it is back. */
  readonly leastMs: number;
  readonly mostMs: number;
};

/**
 * Numbers of ours: a knock costs both sides next to nothing, so a receiver is found within a second of its return; one that answers
 * knocks and no documents is tried after a twentieth of the time that it has been away.
 */
export const defaultBreakerRules: BreakerRules = {
  failures: 5,
  knockMs: 500,
  leastMs: 1_000,
  mostMs: 60_000,
};

const shareOfOutage = 20;

/** The moment and the chance of it: `random` is from 0 up to 1. */
export type Moment = { readonly nowMs: number; readonly random: number };

/** From a half of it up to all of it, so that many do not come at once. */
const jittered = (ms: number, random: number): number => Math.round(ms * (0.5 + random / 2));

/** Doubled with each try, up to a ceiling, jittered. */
export const backOffMs = (
  tries: number,
  { leastMs, mostMs }: Pick<BreakerRules, "leastMs" | "mostMs">,
  random: number,
): number => jittered(Math.min(mostMs, leastMs * 2 ** Math.min(tries - 1, 30)), random);

const probeMs = (outage: Outage, { nowMs, random }: Moment, { leastMs, mostMs }: BreakerRules): number => {
  if (outage.knocks) return jittered(mostMs, random);
  return jittered(Math.min(mostMs, Math.max(leastMs, (nowMs - outage.sinceMs) / shareOfOutage)), random);
};

const opened = (outage: Outage, moment: Moment, rules: BreakerRules): Breaker => ({
  state: "open",
  sinceMs: outage.sinceMs,
  knocks: outage.knocks,
  probeAtMs: moment.nowMs + probeMs(outage, moment, rules),
  knockAtMs: moment.nowMs + jittered(rules.knockMs, moment.random),
});

export const closed: Breaker = { state: "closed", failures: 0 };

/** After an attempt that failed. Those that were under way when it opened tell nothing new. */
export const afterFailure = (breaker: Breaker, moment: Moment, rules: BreakerRules): Breaker => {
  switch (breaker.state) {
    case "closed": {
      const failures = breaker.failures + 1;
      return failures < rules.failures
        ? { state: "closed", failures }
        : opened({ sinceMs: moment.nowMs, knocks: true }, moment, rules);
    }
    case "open":
      return breaker;
    case "half-open":
      return opened({ sinceMs: breaker.sinceMs, knocks: breaker.knocks && !breaker.byKnock }, moment, rules);
  }
};

/** After a knock, which somebody answered or nobody. @returns half-open when a document may follow it at once */
export const afterKnock = (
  breaker: Breaker,
  awake: boolean,
  at: { moment: Moment; rules: BreakerRules },
): Breaker => {
  if (breaker.state !== "open") return breaker;
  const { sinceMs, knocks } = breaker;
  if (awake) return { state: "half-open", sinceMs, knocks, byKnock: true };
  return { ...breaker, knockAtMs: at.moment.nowMs + jittered(at.rules.knockMs, at.moment.random) };
};

/** What an open breaker lets be done now: else the time at which it does. */
export const duePast = (
  breaker: Extract<Breaker, { state: "open" }>,
  nowMs: number,
): "probe" | "knock" | { wakeMs: number } => {
  const { knocks, knockAtMs, probeAtMs } = breaker;
  if (probeAtMs <= nowMs) return "probe";
  if (knocks && knockAtMs <= nowMs) return "knock";
  return { wakeMs: knocks ? Math.min(knockAtMs, probeAtMs) : probeAtMs };
};
