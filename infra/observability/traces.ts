import type { Log } from "./logger.ts";

/** What a step tells of itself: ids, types, GLNs, counts. A value that is not one word is left out. */
export type StepFacts = Readonly<Record<string, string | number | undefined>>;

/** One step of a message's way, as OpenTelemetry names its kinds. */
export type Step = {
  name: string;
  kind: "server" | "client" | "producer" | "consumer" | "internal";
  facts?: StepFacts;
  /** A message comes in by it: it begins a trace where there is none. Any other step is told of within a trace alone. */
  begins?: boolean;
  /** Milliseconds since 1970; absent: now. */
  sinceMs?: number;
};

type Note = (facts: StepFacts) => void;

/**
 * The ways of messages through one hub. What nothing asked for (timers, looks at the index) belongs to no trace and makes none.
 * Nothing here throws, or waits for whoever the steps are told to.
 */
export type Traces = {
  /** Does a piece of work as a step; `note` adds what is known only while it is done. */
  step: <T>(step: Step, work: (note: Note) => Promise<T>) => Promise<T>;
  /** Does work as a part of the trace that a `traceparent` names; of none when it is absent or not a valid one. */
  within: <T>(traceparent: string | undefined, work: () => T) => T;
  /** What those are told who carry on what is under way; `undefined`: it belongs to no trace. */
  traceparent: () => string | undefined;
  /** Tells what is not told yet, if there is somebody to tell it to. */
  stop: () => Promise<void>;
};

const noNote: Note = () => undefined;

/** Where nobody asked for traces: no context is kept and no header written. */
export const noTraces: Traces = {
  step: (_step, work) => work(noNote),
  within: (_traceparent, work) => work(),
  traceparent: () => undefined,
  stop: () => Promise.resolve(),
};

export type TraceSettings = {
  /** Where a collector takes OTLP over HTTP; `/v1/traces` is put behind it. */
  readonly endpoint: string;
  readonly serviceName: string;
};

export type TraceOptions = TraceSettings & {
  /** Tells this process from others of the service. */
  instance: string;
  log: Log;
};
