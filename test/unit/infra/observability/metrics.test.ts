import { expect, test } from "vitest";
import { counts, levels, timings } from "../../../../infra/observability/metric-catalogue.ts";
import { createMetrics, type Metrics, noMetrics } from "../../../../infra/observability/metrics.ts";

const using = async (work: (metrics: Metrics) => Promise<void>): Promise<void> => {
  const metrics = createMetrics();
  await work(metrics).finally(metrics.stop);
};

test("what took time, what is counted and what stands are told as Prometheus reads them", () =>
  using(async (metrics) => {
    metrics.took("sektorbro_write_seconds", 0.004, { store: "case", outcome: "written" });
    metrics.count("sektorbro_records_total", { family: "advice" });
    metrics.count("sektorbro_records_total", { family: "advice" }, 2);
    const four = [{ labels: { index: "worklist" }, value: 4 }];
    metrics.look("sektorbro_set_aside_records", () => Promise.resolve(four));
    const text = await metrics.text();
    expect(text).toContain('sektorbro_write_seconds_bucket{le="0.002",store="case",outcome="written"} 0');
    expect(text).toContain('sektorbro_write_seconds_bucket{le="0.005",store="case",outcome="written"} 1');
    expect(text).toContain('sektorbro_records_total{family="advice"} 3');
    expect(text).toContain('sektorbro_set_aside_records{index="worklist"} 4');
    expect(text).toMatch(/^nodejs_eventloop_delay_seconds\{quantile="0.99"\} [\d.e-]+$/m);
    expect(text).toMatch(/^process_cpu_seconds_total [\d.]+$/m);
  }));

test("a label that is no word of ours, or looks like a CPR number, is not told", () =>
  using(async (metrics) => {
    metrics.count("sektorbro_records_total", { family: "Nancy Ann Berggren skriver: hoste" });
    metrics.count("sektorbro_records_total", { family: "010190-1234" });
    const text = await metrics.text();
    expect(text).toContain('family="other"');
    expect(text).not.toContain("Nancy");
    expect(text).not.toContain("010190");
  }));

test("a level that cannot be read is left out, and the others are told", () =>
  using(async (metrics) => {
    metrics.look("sektorbro_timers", () => Promise.reject(new Error("away")));
    metrics.count("sektorbro_receivers_away_total");
    const text = await metrics.text();
    expect(text).not.toMatch(/^sektorbro_timers/m);
    expect(text).toContain("sektorbro_receivers_away_total 1");
  }));

test("every name tells its unit, and no label is a partner, a case or a person", () => {
  for (const name of Object.keys(timings)) expect(name).toMatch(/^sektorbro_[a-z_]+_seconds$/);
  for (const name of Object.keys(counts)) expect(name).toMatch(/^sektorbro_[a-z_]+_total$/);
  for (const { labels } of Object.values({ ...timings, ...counts, ...levels }))
    for (const label of labels) expect(label).not.toMatch(/gln|case|sender|receiver|patient|person|message/);
});

test("the figures that are kept nowhere are none", async () => {
  noMetrics.took("sektorbro_write_seconds", 1);
  noMetrics.count("sektorbro_records_total");
  expect(await noMetrics.text()).toBe("");
});
