import type { Log } from "./logger.ts";
import type { Metrics } from "./metrics.ts";

type Fields = Readonly<Record<string, unknown>>;

const text = (fields: Fields, name: string): string =>
  typeof fields[name] === "string" || typeof fields[name] === "number" ? String(fields[name]) : "none";

/** What is counted of a line of log, by its event: the log and the figures cannot tell two stories. */
const noted: Readonly<Record<string, (metrics: Metrics, fields: Fields) => void>> = {
  "http-request": (metrics, fields) => {
    metrics.took("sektorbro_http_request_seconds", Number(fields["durationMs"]) / 1_000, {
      method: text(fields, "method"),
      route: text(fields, "route"),
      status: text(fields, "httpStatus"),
    });
  },
  "document-read": (metrics, fields) => {
    metrics.count("sektorbro_documents_unaccepted_total", {
      status: text(fields, "status"),
      code: text(fields, "code"),
    });
  },
  "document parked": (metrics) => {
    metrics.count("sektorbro_documents_unaccepted_total", { status: "parked", code: "internal-error" });
  },
  "receiver-away": (metrics) => {
    metrics.count("sektorbro_receivers_away_total");
  },
  "a rule was followed": (metrics, fields) => {
    metrics.count("sektorbro_rules_total", { rule: text(fields, "rule"), outcome: text(fields, "status") });
  },
  "a rule was refused": (metrics, fields) => {
    metrics.count("sektorbro_rules_total", { rule: text(fields, "rule"), outcome: text(fields, "code") });
  },
  "server-restarted": (metrics, fields) => {
    metrics.count("sektorbro_server_restarts_total", { server: text(fields, "server") });
  },
};

/** The events that are counted by themselves, for the test that holds them against what is logged. */
export const countedEvents: readonly string[] = Object.keys(noted);

/** The same log, counted: some events by themselves, and each warning and error by what it says happened. */
export const countedLog = (log: Log, metrics: Metrics): Log => {
  const counting =
    (level: keyof Log): Log[keyof Log] =>
    (event, fields = {}) => {
      log[level](event, fields);
      noted[event]?.(metrics, fields);
      if (level === "warn" || level === "error")
        metrics.count("sektorbro_trouble_total", { level, event: event.replaceAll(" ", "-") });
    };
  return {
    debug: log.debug,
    info: counting("info"),
    warn: counting("warn"),
    error: counting("error"),
  };
};
