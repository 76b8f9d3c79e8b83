import { maskCpr } from "./mask.ts";

type Labels = Readonly<Record<string, string>>;
type Counter = { readonly add: (labels?: Labels, by?: number) => void };
type Gauge = { readonly set: (value: number, labels?: Labels) => void };
type Histogram = { readonly observe: (value: number, labels?: Labels) => void };

/** Help is one line for people; names end in their unit, `_total` for a counter (Prometheus, metric and label naming). */
export type Metrics = {
  readonly counter: (name: string, help: string) => Counter;
  readonly gauge: (name: string, help: string) => Gauge;
  readonly histogram: (name: string, help: string, buckets: readonly number[]) => Histogram;
  /** Everything in the text format that Prometheus reads (exposition format 0.0.4). */
  readonly text: () => string;
};

type Family = { readonly header: string; readonly lines: () => string[] };

const escaped = (text: string): string =>
  maskCpr(text).replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
const labelText = (labels: Labels): string => {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length === 0 ? "" : `{${pairs.sort().join(",")}}`;
};
const number = (value: number): string => (value === Infinity ? "+Inf" : String(value));

const valuesOf = (name: string) => {
  const values = new Map<string, number>();
  return { values, lines: () => [...values].map(([labels, value]) => `${name}${labels} ${number(value)}`) };
};

type Series = { readonly labels: Labels; readonly counts: number[]; sum: number; count: number };

const bucketLines = (name: string, buckets: readonly number[], series: Series): string[] => [
  ...buckets.map(
    (le, i) => `${name}_bucket${labelText({ ...series.labels, le: number(le) })} ${series.counts[i] ?? 0}`,
  ),
  `${name}_bucket${labelText({ ...series.labels, le: "+Inf" })} ${series.count}`,
  `${name}_sum${labelText(series.labels)} ${series.sum}`,
  `${name}_count${labelText(series.labels)} ${series.count}`,
];

const histogramOf = (name: string, buckets: readonly number[]): Histogram & { lines: () => string[] } => {
  const all = new Map<string, Series>();
  return {
    observe: (value, labels = {}) => {
      const key = labelText(labels);
      const series = all.get(key) ?? { labels, counts: buckets.map(() => 0), sum: 0, count: 0 };
      all.set(key, series);
      series.sum += value;
      series.count += 1;
      buckets.forEach((le, i) => {
        if (value <= le) series.counts[i] = (series.counts[i] ?? 0) + 1;
      });
    },
    lines: () => [...all.values()].flatMap((series) => bucketLines(name, buckets, series)),
  };
};

/** A registry in this process. Asking twice for a name is a mistake in the program and throws. */
export const createMetrics = (): Metrics => {
  const families = new Map<string, Family>();
  const register = (name: string, type: string, family: { help: string; lines: () => string[] }): void => {
    if (families.has(name)) throw new Error(`the metric ${name} is registered twice`);
    families.set(name, {
      header: `# HELP ${name} ${family.help}\n# TYPE ${name} ${type}`,
      lines: family.lines,
    });
  };
  return {
    counter: (name, help) => {
      const { values, lines } = valuesOf(name);
      register(name, "counter", { help, lines });
      return {
        add: (labels = {}, by = 1) => {
          values.set(labelText(labels), (values.get(labelText(labels)) ?? 0) + by);
        },
      };
    },
    gauge: (name, help) => {
      const { values, lines } = valuesOf(name);
      register(name, "gauge", { help, lines });
      return {
        set: (value, labels = {}) => {
          values.set(labelText(labels), value);
        },
      };
    },
    histogram: (name, help, buckets) => {
      const { lines, observe } = histogramOf(name, buckets);
      register(name, "histogram", { help, lines });
      return { observe };
    },
    text: () =>
      [...families.values()]
        .flatMap(({ header, lines }) => [header, ...lines()])
        .map((line) => `${line}\n`)
        .join(""),
  };
};

const nothing = (): void => undefined;
export const noMetrics: Metrics = {
  counter: () => ({ add: nothing }),
  gauge: () => ({ set: nothing }),
  histogram: () => ({ observe: nothing }),
  text: () => "",
};
