import { expect } from "vitest";
import type { CompiledHub } from "./compiled-hub.ts";
import { startSmallCaller } from "./small-caller.ts";

/** Nobody waits longer than this for the hub to look up from a large document (specification of reading). */
const longestTurnMs = 50;
/** As much of the machine's own slowness is allowed for, by how much longer the hub's thread took than it worked; no more. */
const mostStretch = 4;
const mostReadingBytes = 500_000_000;
/** Printing holds the attachments, the document and perhaps an envelope for a moment; alone it peaks at some 430 MB. */
export const mostPrintingBytes = 650_000_000;

/**
 * Does something large while somebody else, whose token it is, asks small things all the time, and checks that neither paid for the
 * other.
 */
export const besideOthers = async <T>(
  { hub, token }: { hub: CompiledHub; token: string },
  work: () => Promise<T>,
  mostBytes = mostReadingBytes,
): Promise<T> => {
  await hub.watch();
  const caller = startSmallCaller(hub.url, token);
  const done = await work();
  const calls = await caller.stop();
  const { longestWorkMs, longestWaitMs, stretch, peakRssBytes } = await hub.watched();
  const told = JSON.stringify({ longestWorkMs, longestWaitMs, stretch, peakRssBytes, calls });
  expect(longestWorkMs, told).toBeLessThanOrEqual(longestTurnMs);
  expect(longestWaitMs, told).toBeLessThanOrEqual(longestTurnMs * Math.min(stretch, mostStretch));
  expect(peakRssBytes, told).toBeLessThanOrEqual(mostBytes);
  expect(
    calls.statuses.filter((one) => one !== 200 && one !== 201),
    told,
  ).toEqual([]);
  expect(calls.answered, told).toBeGreaterThan(5);
  return done;
};
