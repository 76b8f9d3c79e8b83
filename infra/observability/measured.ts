import { Fault } from "../../contracts/errors.ts";
import type { CaseRecord } from "../../contracts/record.ts";
import type { Bus } from "../nats/bus.ts";
import type { Journal } from "../nats/journal.ts";
import type { Publish } from "../nats/publish.ts";
import type { Metrics } from "./metrics.ts";

const first = (subject: string): string => subject.slice(0, subject.indexOf("."));

const outcomeOf = (error: unknown): string => (error instanceof Fault ? error.code : "failed");

/** The same work, timed from its start to its end, however it ends. */
const timed = async <T>(
  work: () => Promise<T>,
  tell: (seconds: number, outcome: string) => void,
  done: string,
): Promise<T> => {
  const fromMs = performance.now();
  const passed = (): number => (performance.now() - fromMs) / 1_000;
  try {
    const result = await work();
    tell(passed(), done);
    return result;
  } catch (error) {
    tell(passed(), outcomeOf(error));
    throw error;
  }
};

/** Writes to JetStream, timed by the kind of stream: `case` is the journal, `intake` the documents. */
export const measuredPublish =
  (publish: Publish, metrics: Metrics): Publish =>
  (subject, data, options) =>
    timed(
      () => publish(subject, data, options),
      (seconds, outcome) => {
        metrics.took("sektorbro_write_seconds", seconds, { store: first(subject), outcome });
      },
      "written",
    );

/** Served subjects, timed by service; what a service refuses it has answered. */
export const measuredBus = (bus: Bus, metrics: Metrics): Bus => ({
  ...bus,
  serve: (pattern, queue, handler) => {
    const [kind = "", service = ""] = pattern.split(".");
    return bus.serve(pattern, queue, (data, subject) =>
      timed(
        () => handler(data, subject),
        (seconds, outcome) => {
          metrics.took("sektorbro_bus_seconds", seconds, { kind, service, outcome });
        },
        "answered",
      ),
    );
  },
});

const clockChange = (change: CaseRecord["clocks"][number]): string =>
  change.change === "stopped" && !change.inTime ? "stopped-late" : change.change;

const countRecord = (metrics: Metrics, { family, meta, facts, clocks }: CaseRecord): void => {
  metrics.count("sektorbro_records_total", { family });
  for (const change of clocks) metrics.count("sektorbro_clocks_total", { change: clockChange(change) });
  for (const fact of facts)
    if (fact.type === "ClockBreached" && "due" in fact && typeof fact.due === "string")
      metrics.took("sektorbro_clock_late_seconds", (Date.parse(meta.at) - Date.parse(fact.due)) / 1_000);
};

/** What was written to the journal, counted. */
export const measuredJournal = (journal: Journal, metrics: Metrics): Journal => ({
  ...journal,
  append: async (record, expectedSeq) => {
    const result = await journal.append(record, expectedSeq);
    if (result.kind === "appended") countRecord(metrics, record);
    return result;
  },
});
