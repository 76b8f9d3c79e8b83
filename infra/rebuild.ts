import { setTimeout as sleep } from "node:timers/promises";
import { Fault } from "../contracts/errors.ts";
import { RebuildAsked, type RebuildProgress, type Rebuilt } from "../contracts/messages/rebuild.ts";
import type { Platform } from "./platform.ts";
import { followWith, type ProjectionOptions, streamsOf } from "./project-journal.ts";
import { type Build, beginBuild } from "./redis/build.ts";
import { indexPrefixes } from "./redis/index-names.ts";
import { createProjections } from "./redis/projections.ts";

export type Rebuilder = {
  /** @returns what it came to, when it is the index that answers. @throws Fault `rebuild-underway`, `index-unavailable` */
  rebuild: (asked?: unknown) => Promise<Rebuilt>;
  stop: () => Promise<void>;
};

const lookMs = 250;

type StreamProgress = RebuildProgress["streams"][number];

const streamProgress = async (
  { jsm }: Platform,
  { projections }: Build,
  stream: string,
): Promise<StreamProgress> => {
  const { first_seq: first, last_seq: last } = (await jsm.streams.info(stream)).state;
  const total = Math.max(0, last - first + 1);
  const at = await projections.position(stream);
  return { stream, done: Math.min(total, Math.max(0, at - first + 1)), total };
};

const progressAfter = (streams: StreamProgress[], tookMs: number): RebuildProgress => {
  const sum = (of: "done" | "total"): number => streams.reduce((so, one) => so + one[of], 0);
  const [done, total] = [sum("done"), sum("total")];
  const recordsPerSecond = tookMs === 0 ? 0 : Math.round((1_000 * done) / tookMs);
  const leftMs = done === 0 ? {} : { leftMs: Math.round(((total - done) * tookMs) / done) };
  return { streams, done, total, recordsPerSecond, ...leftMs };
};

/** Waits until the index beside the other holds the journal, and has it answer. */
const untilSwapped = async (
  platform: Platform,
  { build, streams }: { build: Build; streams: readonly string[] },
  goesOn: () => boolean,
): Promise<void> => {
  const begunMs = Date.now();
  while (goesOn()) {
    const parts = await Promise.all(streams.map((stream) => streamProgress(platform, build, stream)));
    const progress = progressAfter(parts, Date.now() - begunMs);
    if (!(await build.keep(JSON.stringify(progress)))) throw new Fault("index-unavailable");
    // Two that follow a busy journal are never at the same place for long: it is enough to have been near the end.
    const near = progress.total - progress.done <= progress.total / 1_000 + 100;
    if (near && (await build.swap(streams))) return;
    await sleep(near ? 5 : lookMs);
  }
  throw new Fault("service-unavailable");
};

const rebuildBeside = async (
  platform: Platform,
  options: ProjectionOptions,
  goesOn: () => boolean,
): Promise<void> => {
  const { name, projectorOn, onSwapped } = options;
  const streams = streamsOf(platform, options);
  const build = await beginBuild(platform.redis, indexPrefixes[name]);
  if (build === undefined) throw new Fault("rebuild-underway");
  const followers = followWith(platform, { name, streams }, projectorOn(build.projections, "beside"));
  try {
    await untilSwapped(platform, { build, streams }, goesOn);
    onSwapped?.();
    platform.log.info("index rebuilt", { kind: name });
  } finally {
    await Promise.all([...followers.values()].map((follower) => follower.stop()));
    await build.giveUp().catch(() => undefined);
  }
};

/** To read an index to its end takes longer than to make it. */
const digestOf = (
  { redis }: Platform,
  { name }: ProjectionOptions,
  asked: unknown,
): Promise<Rebuilt> | Rebuilt =>
  RebuildAsked.safeParse(asked).data?.digest === false
    ? {}
    : createProjections(redis, indexPrefixes[name]).fingerprint();

/**
 * Makes an index anew beside the one that answers, and swaps them when it holds as much. Whatever fails meanwhile leaves the one
 * that answers as it was. Whoever asks while it is at it here waits for the same one.
 */
export const createRebuilder = (platform: Platform, options: ProjectionOptions): Rebuilder => {
  let stopping = false;
  let running: Promise<void> | undefined;
  return {
    rebuild: async (asked) => {
      running ??= rebuildBeside(platform, options, () => !stopping).finally(() => {
        running = undefined;
      });
      await running;
      return digestOf(platform, options, asked);
    },
    stop: async () => {
      stopping = true;
      await running?.catch(() => undefined);
    },
  };
};
