import type { ErrorCode } from "../../contracts/errors.ts";

/** What the hub stands on, at one moment. */
export type PressureFigures = {
  ready: boolean;
  reasons: readonly ErrorCode[];
  facts: { waiting: number; freeBytes?: number | undefined; lateMs: number; indexAwayMs: number };
};

const gauge = (name: string, help: string, lines: readonly string[]): string[] => [
  `# HELP ${name} ${help}`,
  `# TYPE ${name} gauge`,
  ...lines.map((line) => name + line),
];

const refusals = ["journal-unavailable", "journal-full", "hub-busy", "index-unavailable"] as const;

/** Why senders are asked to come back later, and how near that is, for Prometheus. */
export const pressureMetrics = ({ ready, reasons, facts }: PressureFigures): string =>
  [
    ...gauge("sektorbro_ready", "1: send to this hub.", [` ${ready ? "1" : "0"}`]),
    ...gauge(
      "sektorbro_refusing",
      "1: documents are asked to come back later, for this reason.",
      refusals.map((code) => `{code="${code}"} ${reasons.includes(code) ? "1" : "0"}`),
    ),
    ...gauge("sektorbro_intake_waiting", "Documents that are kept and not handled yet, in all hubs.", [
      ` ${String(facts.waiting)}`,
    ]),
    ...gauge(
      "sektorbro_disk_free_bytes",
      "Free space where the journal is, when that is this machine.",
      facts.freeBytes === undefined ? [] : [` ${String(facts.freeBytes)}`],
    ),
    ...gauge("sektorbro_late_seconds", "How late this process comes to what it meant to do.", [
      ` ${String(Math.round(facts.lateMs) / 1_000)}`,
    ]),
    ...gauge("sektorbro_index_away_seconds", "For how long the index has not answered.", [
      ` ${String(Math.round(facts.indexAwayMs) / 1_000)}`,
    ]),
    "",
  ].join("\n");
