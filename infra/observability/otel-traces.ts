import { AsyncLocalStorage } from "node:async_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import {
  type Attributes,
  type Context,
  ROOT_CONTEXT,
  type Span,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  type Tracer,
  trace,
} from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BasicTracerProvider, BatchSpanProcessor, type SpanExporter } from "@opentelemetry/sdk-trace-base";
import { Fault } from "../../contracts/errors.ts";
import { readTraceparent, writeTraceparent } from "../../contracts/traceparent.ts";
import { maskCpr } from "./mask.ts";
import type { Step, StepFacts, TraceOptions, Traces } from "./traces.ts";

const kinds = {
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
  internal: SpanKind.INTERNAL,
} as const satisfies Record<Step["kind"], SpanKind>;

/** A hub that stops does not wait for a collector that is away. */
const stopWithinMs = 2_000;
/** So often at most the log tells that nobody takes the steps. */
const sayEveryMs = 60_000;

/** An id, a code, a pattern: one word. Free text has blanks, and free text may be a clinician's. */
const cleaned = (facts: StepFacts): Attributes => {
  const attributes: Attributes = {};
  for (const [name, value] of Object.entries(facts))
    if (typeof value === "number") attributes[name] = value;
    else if (value !== undefined && /^\S{1,200}$/.test(value)) attributes[name] = maskCpr(value);
  return attributes;
};

const contextOf = (traceparent: string | undefined): SpanContext | undefined => {
  const read = readTraceparent(traceparent);
  if (read === undefined) return undefined;
  const { traceId, spanId, sampled } = read;
  return { traceId, spanId, traceFlags: sampled ? TraceFlags.SAMPLED : TraceFlags.NONE, isRemote: true };
};

const headerOf = ({ traceId, spanId, traceFlags }: SpanContext): string =>
  writeTraceparent({ traceId, spanId, sampled: (traceFlags & TraceFlags.SAMPLED) !== 0 });

/** Of what failed its code is told: a message may quote what was read. */
const failing = (span: Span, error: unknown): void => {
  span.setAttribute("error.type", error instanceof Fault ? error.code : "internal-error");
  span.setStatus({ code: SpanStatusCode.ERROR });
};

const parentOf = (under: SpanContext | undefined): Context =>
  under === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, under);

/** The same exporter; that it fails is logged, for otherwise nobody would hear of it. */
const toldOf = (exporter: SpanExporter, { log }: TraceOptions): SpanExporter => {
  let saidMs = Number.NEGATIVE_INFINITY;
  return {
    export: (spans, done) => {
      exporter.export(spans, (result) => {
        if (result.error !== undefined && performance.now() - saidMs > sayEveryMs) {
          saidMs = performance.now();
          log.warn("traces-not-taken", { count: spans.length });
        }
        done(result);
      });
    },
    shutdown: () => exporter.shutdown(),
  };
};

const providerFor = (options: TraceOptions): BasicTracerProvider => {
  const url = `${options.endpoint.replace(/\/+$/, "")}/v1/traces`;
  const exporter = toldOf(new OTLPTraceExporter({ url }), options);
  return new BasicTracerProvider({
    resource: resourceFromAttributes({
      "service.name": options.serviceName,
      "service.instance.id": options.instance,
    }),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
};

type Under = AsyncLocalStorage<SpanContext | undefined>;

const stepIn =
  (tracer: Tracer, under: Under): Traces["step"] =>
  async ({ name, kind, facts = {}, begins = false, sinceMs }, work) => {
    const parent = under.getStore();
    if (parent === undefined && !begins) return work(() => undefined);
    const startTime = sinceMs === undefined ? {} : { startTime: sinceMs };
    const made = { kind: kinds[kind], attributes: cleaned(facts), ...startTime };
    const span = tracer.startSpan(name, made, parentOf(parent));
    const note = (more: StepFacts): void => void span.setAttributes(cleaned(more));
    try {
      return await under.run(span.spanContext(), () => work(note));
    } catch (error) {
      failing(span, error);
      throw error;
    } finally {
      span.end();
    }
  };

/**
 * Traces by OpenTelemetry, told to a collector over OTLP in batches. What is under way is kept by the runtime (AsyncLocalStorage)
 * and handed on as a `traceparent` wherever a message leaves the process or rests on disk. The SDK's global registry is left
 * alone: two hubs in one process are two services.
 */
export const createTraces = (options: TraceOptions): Traces => {
  const provider = providerFor(options);
  const under: Under = new AsyncLocalStorage();
  return {
    step: stepIn(provider.getTracer("sektorbro"), under),
    within: (traceparent, work) => under.run(contextOf(traceparent), work),
    traceparent: () => {
      const context = under.getStore();
      return context === undefined ? undefined : headerOf(context);
    },
    stop: async () => {
      const late = new AbortController();
      const told = provider.shutdown().catch(() => undefined);
      await Promise.race([
        told,
        sleep(stopWithinMs, undefined, { signal: late.signal }).catch(() => undefined),
      ]);
      late.abort();
    },
  };
};
