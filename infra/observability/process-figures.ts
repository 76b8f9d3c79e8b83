import { monitorEventLoopDelay } from "node:perf_hooks";
import { Counter, Gauge, type Registry } from "prom-client";

const resolutionMs = 10;

const gauge = (registry: Registry, named: { name: string; help: string }, value: () => number): void => {
  new Gauge({
    ...named,
    registers: [registry],
    collect() {
      this.set(value());
    },
  });
};

/**
 * What this process takes of the machine, under the names that Prometheus clients give it, and how long its turns are: for as
 * long as a turn lasts nobody else is served. @returns what ends the watching
 */
export const addProcessFigures = (registry: Registry): (() => void) => {
  const delay = monitorEventLoopDelay({ resolution: resolutionMs });
  delay.enable();
  new Gauge({
    name: "nodejs_eventloop_delay_seconds",
    help: "How late this process came to what it meant to do, since it was last asked.",
    labelNames: ["quantile"],
    registers: [registry],
    collect() {
      for (const quantile of [50, 99, 100])
        this.set({ quantile: String(quantile / 100) }, Math.max(0, delay.percentile(quantile) / 1e9));
      delay.reset();
    },
  });
  new Counter({
    name: "process_cpu_seconds_total",
    help: "Processor time, user and system.",
    registers: [registry],
    collect() {
      const { user, system } = process.cpuUsage();
      this.reset();
      this.inc((user + system) / 1e6);
    },
  });
  gauge(registry, { name: "process_start_time_seconds", help: "When this process began." }, () =>
    Math.round(Date.now() / 1_000 - process.uptime()),
  );
  const memory = () => process.memoryUsage();
  gauge(registry, { name: "process_resident_memory_bytes", help: "Memory." }, () => memory().rss);
  gauge(
    registry,
    { name: "nodejs_heap_size_used_bytes", help: "JavaScript's own." },
    () => memory().heapUsed,
  );
  return () => {
    delay.disable();
  };
};
