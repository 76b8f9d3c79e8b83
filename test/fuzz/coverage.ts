import type { Profiler } from "node:inspector";
import { Session } from "node:inspector";

/** What of the hub's own code ran: a place and how often, about (1, 2, 3, 4-7, 8-15, …), as AFL counts. */
export type Coverage = {
  /** What ran since the last time that this was asked. */
  take: () => ReadonlySet<string>;
  stop: () => void;
};

const roughly = (count: number): number => (count < 4 ? count : 1 + Math.floor(Math.log2(count)));

const placesIn = (
  scripts: readonly Profiler.ScriptCoverage[],
  ours: (url: string) => boolean,
): Set<string> => {
  const places = new Set<string>();
  for (const { url, scriptId, functions } of scripts) {
    if (!ours(url)) continue;
    for (const { ranges } of functions)
      for (const { startOffset, endOffset, count } of ranges)
        if (count > 0)
          places.add(`${scriptId}:${String(startOffset)}-${String(endOffset)}:${String(roughly(count))}`);
  }
  return places;
};

/** V8's own block coverage, without instrumenting anything. `ours`: whether a file is one whose coverage leads. */
export const startCoverage = (ours: (url: string) => boolean): Coverage => {
  const session = new Session();
  session.connect();
  session.post("Profiler.enable");
  session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
  return {
    take: () => {
      let places = new Set<string>();
      // Within one thread the inspector answers before `post` returns.
      session.post("Profiler.takePreciseCoverage", (error, { result }) => {
        if (error === null) places = placesIn(result, ours);
      });
      return places;
    },
    stop: () => {
      session.disconnect();
    },
  };
};

const root = new URL("../../", import.meta.url).href;
/** The gateways, services and contracts; neither packages nor the tests' own code. */
export const isOurs = (url: string): boolean =>
  url.startsWith(root) && !url.includes("/node_modules/") && !url.startsWith(`${root}test/`);
