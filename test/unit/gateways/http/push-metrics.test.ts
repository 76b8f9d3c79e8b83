import { expect, it } from "vitest";
import { pushMetrics } from "../../../../gateways/http/push-metrics.ts";

const receiver = (gln: string, change: object) => ({
  gln,
  transports: ["webhook" as const],
  waiting: 0,
  underway: 0,
  breaker: "closed" as const,
  ...change,
});

it("counts receivers and what waits by state, and names no receiver", () => {
  const text = pushMetrics(
    {
      receivers: [
        receiver("5790000200016", { waiting: 2, oldest: "2026-11-23T09:14:00.000Z" }),
        receiver("5790000200023", { waiting: 3, breaker: "open", oldest: "2026-11-23T09:10:00.000Z" }),
        receiver("5790000200047", { waiting: 5, paused: { at: "2026-11-23T09:00:00.000Z", by: "drift" } }),
      ],
      attempts: [{ transport: "webhook", result: "taken", count: 7 }],
    },
    Date.parse("2026-11-23T09:15:00.000Z"),
  );
  expect(text.split("\n")).toEqual(
    expect.arrayContaining([
      'sektorbro_push_receivers{state="closed"} 1',
      'sektorbro_push_receivers{state="open"} 1',
      'sektorbro_push_receivers{state="paused"} 1',
      'sektorbro_push_waiting{state="paused"} 5',
      "sektorbro_push_oldest_seconds 300",
      'sektorbro_push_attempts_total{result="taken",transport="webhook"} 7',
    ]),
  );
  expect(text).not.toMatch(/\d{13}/);
  expect(text.endsWith("\n")).toBe(true);
});
