import { expect, test } from "vitest";
import { crashSeries, kills } from "./series.ts";

test(`the hub killed ${String(kills)} times under load: nothing accepted is lost or done twice`, async () => {
  const restarts = await crashSeries("hub", async (hub) => {
    await hub.kill();
    const began = Date.now();
    await hub.start();
    return Date.now() - began;
  });
  expect(Math.max(...restarts)).toBeLessThan(10_000);
}, 240_000);
