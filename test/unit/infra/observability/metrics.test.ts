import { expect, test } from "vitest";
import { createMetrics, noMetrics } from "../../../../infra/observability/metrics.ts";

test("counters, gauges and histograms print as Prometheus reads them", () => {
  const metrics = createMetrics();
  const accepted = metrics.counter("documents_total", "Documents received.");
  accepted.add({ standard: "fhir", outcome: "accepted" });
  accepted.add({ outcome: "accepted", standard: "fhir" }, 2);
  metrics.gauge("open_cases", "Cases not yet closed.").set(4);
  const seconds = metrics.histogram("append_seconds", "Time to append a record.", [0.01, 0.1]);
  seconds.observe(0.004, { family: "advice" });
  seconds.observe(0.25, { family: "advice" });
  expect(metrics.text()).toBe(`# HELP documents_total Documents received.
# TYPE documents_total counter
documents_total{outcome="accepted",standard="fhir"} 3
# HELP open_cases Cases not yet closed.
# TYPE open_cases gauge
open_cases 4
# HELP append_seconds Time to append a record.
# TYPE append_seconds histogram
append_seconds_bucket{family="advice",le="0.01"} 1
append_seconds_bucket{family="advice",le="0.1"} 1
append_seconds_bucket{family="advice",le="+Inf"} 2
append_seconds_sum{family="advice"} 0.254
append_seconds_count{family="advice"} 2
`);
});

test("a label is quoted, and masked where it looks like a CPR number", () => {
  const metrics = createMetrics();
  metrics.counter("a_total", "A.").add({ code: 'say "010190-1234"\n' });
  expect(metrics.text()).toContain('a_total{code="say \\"[masked]\\"\\n"} 1');
});

test("a name is registered once", () => {
  const metrics = createMetrics();
  metrics.gauge("a", "A.");
  expect(() => metrics.counter("a", "A.")).toThrow("registered twice");
});

test("the registry that keeps nothing prints nothing", () => {
  noMetrics.counter("a", "A.").add();
  noMetrics.gauge("b", "B.").set(1);
  noMetrics.histogram("c", "C.", [1]).observe(1);
  expect(noMetrics.text()).toBe("");
});
