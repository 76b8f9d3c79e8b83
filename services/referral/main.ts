import { caseRecordFrom } from "../../contracts/record.ts";
import { commandSubject, querySubject } from "../../contracts/subjects.ts";
import { effects } from "../../infra/effects.ts";
import { caseIdFor } from "../../infra/ids.ts";
import { type Follower, startFollower } from "../../infra/nats/follow.ts";
import { overJson } from "../../infra/nats/json.ts";
import { journalStreams } from "../../infra/nats/streams.ts";
import type { Part, Platform } from "../../infra/platform.ts";
import { casePortsFrom } from "../case/case-ports.ts";
import { createPatternsHandler, createReferralHandler } from "./handler.ts";
import { createTally, type Tally } from "./tally.ts";

const decoder = new TextDecoder();

type Counting = { followers: Follower[]; isWhole: () => boolean };

/** Counts the journal from its beginning, in memory. Whole once it is where the streams ended when the counting began. */
const startCounting = async (platform: Platform, tally: Tally): Promise<Counting> => {
  const { js, jsm, link, layout, log } = platform;
  const streams = journalStreams(layout).map(({ name }) => name);
  const positions = new Map(streams.map((name) => [name, 0]));
  const ends = await Promise.all(
    streams.map(async (name) => [name, (await jsm.streams.info(name)).state.last_seq] as const),
  );
  const followers = streams.map((stream) =>
    startFollower(js, {
      link,
      stream,
      apply: (batch) => {
        for (const { seq, data } of batch) {
          tally.count(caseRecordFrom(decoder.decode(data)));
          positions.set(stream, seq);
        }
        return Promise.resolve();
      },
      position: () => Promise.resolve(positions.get(stream) ?? 0),
      onFault: (error) => {
        log.warn("counting waits", { stream, error });
      },
    }),
  );
  return { followers, isWhole: () => ends.every(([name, end]) => (positions.get(name) ?? 0) >= end) };
};

export const startReferral = async (platform: Platform): Promise<Part> => {
  const { bus, directory } = platform;
  const tally = createTally();
  const { followers, isWhole } = await startCounting(platform, tally);
  const handle = createReferralHandler({ ...casePortsFrom(platform, effects), caseIdFor });
  const answer = createPatternsHandler({
    directory,
    counted: () => (isWhole() ? tally.all() : undefined),
  });
  const commands = bus.serve(commandSubject("referral.*"), "referral", overJson(handle));
  const queries = bus.serve(querySubject("referral.*"), "referral", overJson(answer));
  return {
    stop: async () => {
      await commands.stop();
      await queries.stop();
      await Promise.all(followers.map((follower) => follower.stop()));
    },
  };
};
