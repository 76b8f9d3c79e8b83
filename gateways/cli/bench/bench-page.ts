import { markdownTable } from "../markdown.ts";
import type { Machine } from "./machine.ts";

/** The least and the most of several rounds. */
export type Span = { min: number; max: number };

/** One way in with so many callers at the same time. Rates are messages a second, medians of the rounds. */
export type BenchFigures = {
  bench: string;
  perSecond: number;
  rawPerSecond: number;
  ratio: number;
  /** Of the hub's process; its servers take theirs. */
  cpuMsPerMessage: number;
  connections: number;
  fsync: "always";
  bytes: number;
  journalStreams: number;
  rawAsJournalPerSecond: number;
  ratioAsJournal: number;
  answeredMs: { p50: number; p99: number };
  rounds: number;
  spans: { perSecond: Span; rawPerSecond: Span; ratio: Span; cpuMsPerMessage: Span };
};

const head = [
  "way in, callers",
  "a second (least, most)",
  "raw a second",
  "ratio (least, most)",
  "answered in ms, p50, p99",
  "hub's processor, ms",
];

const rowOf = (f: BenchFigures): string[] => [
  `${f.bench}, ${String(f.connections)}`,
  `${String(f.perSecond)} (${String(f.spans.perSecond.min)}, ${String(f.spans.perSecond.max)})`,
  String(f.rawPerSecond),
  `${f.ratio.toFixed(2)} (${f.spans.ratio.min.toFixed(2)}, ${f.spans.ratio.max.toFixed(2)})`,
  `${f.answeredMs.p50.toFixed(1)}, ${f.answeredMs.p99.toFixed(1)}`,
  f.cpuMsPerMessage.toFixed(2),
];

/** A way in beside its limit, by callers. */
const chart = (bench: string, of: readonly BenchFigures[]): string =>
  [
    "```mermaid",
    "xychart-beta",
    `  title "${bench}: hub, and above it raw publish"`,
    `  x-axis "callers" [${of.map(({ connections }) => String(connections)).join(", ")}]`,
    `  y-axis "messages a second" 0 --> ${String(Math.max(...of.map(({ rawPerSecond }) => rawPerSecond)))}`,
    `  bar [${of.map(({ rawPerSecond }) => String(rawPerSecond)).join(", ")}]`,
    `  bar [${of.map(({ perSecond }) => String(perSecond)).join(", ")}]`,
    "```",
  ].join("\n");

/** What was measured as a page in Markdown: on what, the figures, a chart for each way in. */
export const benchPage = (figures: readonly BenchFigures[], machine: Machine): string => {
  const names = [...new Set(figures.map(({ bench }) => bench))];
  const rounds = figures[0]?.rounds ?? 0;
  return [
    "# What was measured",
    "",
    `Written by \`sektorbro bench --page\` on ${machine.date}: ${String(machine.cores)} cores (${machine.processor}), ${String(machine.memoryGb)} GB, ${machine.versions}; hub, NATS,`,
    `Redis and the callers on the same machine, an fsync for each write. Medians of ${String(rounds)} rounds. _Raw_ is what nats-server alone takes of the same`,
    "bytes with as many callers and the same fsync, in the same round: on another machine compare the ratios, never the rates.",
    "",
    markdownTable(head, figures.map(rowOf)),
    "",
    ...names.flatMap((name) => [
      chart(
        name,
        figures.filter(({ bench }) => bench === name),
      ),
      "",
    ]),
  ].join("\n");
};
