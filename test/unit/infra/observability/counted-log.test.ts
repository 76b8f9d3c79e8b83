import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { countedEvents, countedLog } from "../../../../infra/observability/log-metrics.ts";
import { collectingLog } from "../../../../infra/observability/logger.ts";
import { createMetrics } from "../../../../infra/observability/metrics.ts";

test("a request, a warning and an error are each in the log and in the figures", async () => {
  const { log, lines } = collectingLog();
  const metrics = createMetrics();
  const counted = countedLog(log, metrics);
  counted.info("http-request", { method: "GET", route: "/v1/inbox", httpStatus: 200, durationMs: 4 });
  counted.warn("receiver-away", { gln: "5790000100019" });
  counted.error("document parked", { intake: "1" });
  const text = await metrics.text();
  metrics.stop();
  expect(lines.map(({ event }) => event)).toEqual(["http-request", "receiver-away", "document parked"]);
  expect(text).toContain(
    'sektorbro_http_request_seconds_bucket{le="0.005",method="GET",route="/v1/inbox",status="200"} 1',
  );
  expect(text).toContain("sektorbro_receivers_away_total 1");
  expect(text).toContain('sektorbro_trouble_total{level="warn",event="receiver-away"} 1');
  expect(text).toContain('sektorbro_trouble_total{level="error",event="document-parked"} 1');
  expect(text).not.toContain("5790000100019");
});

const sources = ["services", "gateways", "infra"].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.endsWith("log-metrics.ts"))
    .map((file) => readFileSync(join(folder, file), "utf8")),
);

test.each(countedEvents)("%s, which is counted, is an event that is logged", (event) => {
  expect(sources.some((source) => source.includes(`"${event}"`))).toBe(true);
});
