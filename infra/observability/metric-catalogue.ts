/**
 * Every figure that the hub counts, by its Prometheus name: seconds and bytes in the name, `_total` for what only grows. A label
 * has few values, all of them ours; never a patient, a message, a case or a partner, of which there are as many as there are.
 */
type Described = { readonly help: string; readonly labels: readonly string[] };

const toDisk = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 2.5];
const toAnswer = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
const late = [0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300, 3_600];

/** How long something took, in seconds. */
export const timings = {
  sektorbro_http_request_seconds: {
    help: "From a request over HTTP to its answer.",
    labels: ["method", "route", "status"],
    buckets: toAnswer,
  },
  sektorbro_write_seconds: {
    help: "From a write to JetStream until it is on disk, by what is written.",
    labels: ["store", "outcome"],
    buckets: toDisk,
  },
  sektorbro_bus_seconds: {
    help: "How long a service took to answer: cmd is a command, qry a question, doc work on a document. A refusal is an answer too.",
    labels: ["kind", "service", "outcome"],
    buckets: toAnswer,
  },
  sektorbro_clock_late_seconds: {
    help: "How late a breach was told: from when the answer was due until it stood in the journal.",
    labels: [],
    buckets: late,
  },
} as const satisfies Record<string, Described & { buckets: readonly number[] }>;

/** What only grows. */
export const counts = {
  sektorbro_records_total: {
    help: "Records written to the journal, by family of the case.",
    labels: ["family"],
  },
  sektorbro_clocks_total: {
    help: "What happened to clocks: started, paused, warned, breached, stopped in time, stopped late, and so on.",
    labels: ["change"],
  },
  sektorbro_documents_unaccepted_total: {
    help: "Documents that came to something else than a record, by what it was and why.",
    labels: ["status", "code"],
  },
  sektorbro_receivers_away_total: { help: "Times that a receiver was found to be away.", labels: [] },
  sektorbro_rules_total: {
    help: "What one case set off in another, by the rule and what came of it.",
    labels: ["rule", "outcome"],
  },
  sektorbro_server_restarts_total: {
    help: "Times that a server of the hub's own died and was started again.",
    labels: ["server"],
  },
  sektorbro_trouble_total: {
    help: "Lines of log that warn or tell of an error, by what they say happened.",
    labels: ["level", "event"],
  },
} as const satisfies Record<string, Described>;

/** What stands at the moment that is asked; asked of the servers then, and left out while they are away. */
export const levels = {
  sektorbro_index_behind_records: {
    help: "Records of the journal that an index does not hold yet.",
    labels: ["index"],
  },
  sektorbro_set_aside_records: { help: "Records that an index could not take in.", labels: ["index"] },
  sektorbro_durable: {
    help: "1: a yes is on disk. 0: the hub was started without that promise.",
    labels: [],
  },
  sektorbro_timers: {
    help: "Times at which a clock or an alarm is to ring: all of them, and those that are late by more than two seconds.",
    labels: ["state"],
  },
  sektorbro_stream_messages: { help: "Messages in a stream.", labels: ["stream"] },
  sektorbro_stream_bytes: { help: "Bytes of a stream on disk, in one copy.", labels: ["stream"] },
} as const satisfies Record<string, Described>;

export type LevelName = keyof typeof levels;
export type TimingName = keyof typeof timings;
export type CountName = keyof typeof counts;
