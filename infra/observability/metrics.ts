import { Counter, Gauge, Histogram, Registry } from "prom-client";
import { maskCpr } from "./mask.ts";
import {
  type CountName,
  counts,
  type LevelName,
  levels,
  type TimingName,
  timings,
} from "./metric-catalogue.ts";
import { addProcessFigures } from "./process-figures.ts";

type Labels = Readonly<Record<string, string>>;

export type Level = { readonly labels: Labels; readonly value: number };

/** The figures of one hub. Noting one never throws and never waits. */
export type Metrics = {
  readonly took: (name: TimingName, seconds: number, labels?: Labels) => void;
  readonly count: (name: CountName, labels?: Labels, by?: number) => void;
  /** From now on asks for a level whenever the figures are asked for; what throws is left out. */
  readonly look: (name: LevelName, read: () => Promise<readonly Level[]>) => void;
  /** Everything in the text format that Prometheus reads (exposition format 0.0.4). */
  readonly text: () => Promise<string>;
  readonly stop: () => void;
};

/** A label's value is a word of ours: a code, a route, a family. What is not, e.g. by a mistake, is not told either. */
const word = (value: string): string => (/^[\w./:*{}$-]{1,80}$/.test(value) ? maskCpr(value) : "other");

const clean = (labels: Labels): Record<string, string> => {
  const cleaned: Record<string, string> = {};
  for (const [name, value] of Object.entries(labels)) cleaned[name] = word(value);
  return cleaned;
};

const timersIn = (registry: Registry): Map<string, Histogram> =>
  new Map(
    Object.entries(timings).map(([name, { help, labels, buckets }]) => [
      name,
      new Histogram({ name, help, labelNames: labels, buckets: [...buckets], registers: [registry] }),
    ]),
  );

const countersIn = (registry: Registry): Map<string, Counter> =>
  new Map(
    Object.entries(counts).map(([name, { help, labels }]) => [
      name,
      new Counter({ name, help, labelNames: labels, registers: [registry] }),
    ]),
  );

const lookIn =
  (registry: Registry): Metrics["look"] =>
  (name, read) => {
    const { help, labels } = levels[name];
    // Whoever looks last is asked: a part that was stopped is not.
    registry.removeSingleMetric(name);
    new Gauge({
      name,
      help,
      labelNames: labels,
      registers: [registry],
      async collect() {
        this.reset();
        // The servers are away: the other figures are told all the same, and this one is missed by whoever waits for it.
        for (const { labels: of, value } of await read().catch(() => [])) this.set(clean(of), value);
      },
    });
  };

/** The registry of one hub; `stop` ends what it watches of the process. */
export const createMetrics = (): Metrics => {
  const registry = new Registry();
  const timers = timersIn(registry);
  const counters = countersIn(registry);
  const stop = addProcessFigures(registry);
  return {
    took: (name, seconds, labels = {}) => timers.get(name)?.observe(clean(labels), seconds),
    count: (name, labels = {}, by = 1) => counters.get(name)?.inc(clean(labels), by),
    look: lookIn(registry),
    text: () => registry.metrics(),
    stop,
  };
};

const nothing = (): void => undefined;
export const noMetrics: Metrics = {
  took: nothing,
  count: nothing,
  look: nothing,
  text: () => Promise.resolve(""),
  stop: nothing,
};
