import { shardOf } from "../../contracts/derived-ids.ts";
import { caseEventsSubject, commandSubject, querySubject } from "../../contracts/subjects.ts";
import { caseIdFor } from "../../infra/ids.ts";
import { type Follower, startFollower } from "../../infra/nats/follow.ts";
import { indexCaughtUp, indexReaches } from "../../infra/nats/index-reach.ts";
import { overJson } from "../../infra/nats/json.ts";
import { journalStreams, streamIndexOf } from "../../infra/nats/streams.ts";
import type { Part, Platform } from "../../infra/platform.ts";
import { startRepeating } from "../../infra/repeat.ts";
import { isOrIsPartOf } from "../case/directory-view.ts";
import { createWorklistHandler } from "./handler.ts";
import type { WorklistPorts } from "./ports.ts";
import { createProjector, type Projector } from "./projector.ts";
import { createUnits, nameIn } from "./units.ts";

const watchMs = 1_000;

type InTurn = <T>(work: () => Promise<T>) => Promise<T>;

/** One after the other, whatever becomes of each. */
const oneAtATime = (): InTurn => {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
};

type Following = {
  followers: Map<string, Follower>;
  start: (stream: string) => void;
  restart: (stream: string) => Promise<void>;
  /** A rebuild empties the index, which is what the watch looks for: each leaves the followers to the other until it is done. */
  inTurn: InTurn;
};

const following = ({ js, link, log }: Platform, projector: Projector): Following => {
  const followers = new Map<string, Follower>();
  const start = (stream: string): void => {
    const follower = startFollower(js, {
      link,
      stream,
      apply: (batch) => projector.apply(stream, batch),
      position: () => projector.position(stream),
      onFault: (error) => {
        log.warn("projection waits", { stream, error });
      },
    });
    followers.set(stream, follower);
  };
  const restart = async (stream: string): Promise<void> => {
    await followers.get(stream)?.stop();
    start(stream);
  };
  return { followers, start, restart, inTurn: oneAtATime() };
};

/** Forgets every projection and makes them again from the journal; answers when they are whole, with their fingerprint. */
const rebuilder =
  (platform: Platform, streams: readonly string[], { followers, start, inTurn }: Following) =>
  (): Promise<unknown> =>
    inTurn(async () => {
      await Promise.all([...followers.values()].map((f) => f.stop()));
      try {
        await platform.projections.wipe();
      } finally {
        // Also when the index went away meanwhile: nobody else would start them again.
        streams.forEach(start);
      }
      await indexCaughtUp(platform, Number.POSITIVE_INFINITY);
      return platform.projections.fingerprint();
    });

/** An index that was emptied while nothing happens would stay empty, and nobody would be told of what waits. */
const startWatch = (
  platform: Platform,
  projector: Projector,
  { followers, restart, inTurn }: Following,
): Part => {
  const look = async (): Promise<boolean> => {
    for (const stream of followers.keys()) if (!(await projector.intact(stream))) await restart(stream);
    return false;
  };
  return startRepeating(
    () => inTurn(look),
    watchMs,
    (error) => {
      platform.log.warn("index cannot be watched", { error });
    },
  );
};

const reachedWithinMs = 2_000;

/** Looks until the index holds a record: whoever wrote it must find it in the list that it asks for next. */
const createReached =
  ({ journal, projections, layout }: Platform): WorklistPorts["reached"] =>
  async ({ caseId, recordNo }) => {
    const written = (await journal.load(caseId)).find(({ record }) => record.meta.no === recordNo);
    const stream = journalStreams(layout)[streamIndexOf(shardOf(caseId), layout)]?.name;
    if (written === undefined || stream === undefined) return "unknown";
    const place = { stream, seq: written.seq };
    return (await indexReaches({ projections }, place, Date.now() + reachedWithinMs)) ? "reached" : "behind";
  };

const portsFrom = (platform: Platform): WorklistPorts => {
  const { projections, journal, directory, indexDigest } = platform;
  const { page, slice, count, hgetall, get, mget } = projections;
  return {
    load: journal.load,
    page,
    slice,
    count,
    hgetall,
    get,
    mget,
    reached: createReached(platform),
    caughtUp: () => indexCaughtUp(platform, reachedWithinMs),
    isPartOf: (gln, whole) => isOrIsPartOf(directory, gln, whole),
    unitsOf: createUnits(directory),
    nameOf: (gln) => nameIn(directory, gln),
    everybody: () => directory.all().map(({ gln }) => gln),
    agreementName: (id, version) =>
      platform.agreements.clocks().find((one) => one.id === id && one.version === version)?.name,
    caseIdFor,
    digest: indexDigest,
    now: platform.effects.now,
  };
};

export const startWorklist = (platform: Platform): Part => {
  const { projections, bus, layout } = platform;
  const streams = journalStreams(layout).map(({ name }) => name);
  const projector = createProjector({
    apply: projections.apply,
    position: projections.position,
    get: projections.get,
    wipe: projections.wipe,
    digest: platform.indexDigest,
    tell: (event) => {
      bus.publish(caseEventsSubject, JSON.stringify(event));
    },
    nowMs: platform.effects.nowMs,
  });
  const follow = following(platform, projector);
  streams.forEach(follow.start);
  const handle = createWorklistHandler(portsFrom(platform));
  const queries = bus.serve(querySubject("worklist.*"), "worklist", overJson(handle));
  const commands = bus.serve(
    commandSubject("worklist.rebuild"),
    "worklist",
    overJson(rebuilder(platform, streams, follow)),
  );
  const watch = startWatch(platform, projector, follow);
  return {
    stop: async () => {
      await queries.stop();
      await commands.stop();
      await watch.stop();
      await Promise.all([...follow.followers.values()].map((f) => f.stop()));
    },
  };
};
