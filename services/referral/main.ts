import { commandSubject, familySubjects, querySubject } from "../../contracts/subjects.ts";
import { caseIdFor } from "../../infra/ids.ts";
import { followJournal } from "../../infra/nats/follow-journal.ts";
import { overJson } from "../../infra/nats/json.ts";
import { journalStreams } from "../../infra/nats/streams.ts";
import type { Part, Platform } from "../../infra/platform.ts";
import { createCanHandler } from "../case/can.ts";
import { casePortsFrom } from "../case/case-ports.ts";
import { referralCore } from "./core/decide.ts";
import { createPatternsHandler, createReferralHandler } from "./handler.ts";
import { createTally, type Tally } from "./tally.ts";

type Counting = Part & { isWhole: () => boolean };

const referrals = familySubjects("referral");

/** Counts the referrals of the journal from its beginning, in memory. Whole once the last that was there then is counted. */
const startCounting = async (platform: Platform, tally: Tally): Promise<Counting> => {
  const { jsm, layout, log } = platform;
  const ends = await Promise.all(
    journalStreams(layout).map(async ({ name }) => {
      const last = await jsm.streams.getMessage(name, { last_by_subj: referrals });
      return { name, seq: last?.seq ?? 0 };
    }),
  );
  const { reached, stop } = followJournal(platform, {
    filter: referrals,
    from: () => Promise.resolve(0),
    read: (_stream, { record }) => {
      tally.count(record());
    },
    onFault: (error) => {
      log.warn("counting waits", { error });
    },
  });
  return { stop, isWhole: () => ends.every(({ name, seq }) => reached(name) >= seq) };
};

export const startReferral = async (platform: Platform): Promise<Part> => {
  const { bus, directory } = platform;
  const tally = createTally();
  const counting = await startCounting(platform, tally);
  const handle = createReferralHandler({ ...casePortsFrom(platform), caseIdFor });
  const answer = createPatternsHandler({
    directory,
    counted: () => (counting.isWhole() ? tally.all() : undefined),
  });
  const commands = bus.serve(commandSubject("referral.*"), "referral", overJson(handle));
  const queries = bus.serve(querySubject("referral.*"), "referral", overJson(answer));
  const can = createCanHandler(referralCore, casePortsFrom(platform));
  const canQueries = bus.serve(querySubject("can.referral"), "referral", overJson(can));
  return {
    stop: async () => {
      await canQueries.stop();
      await commands.stop();
      await queries.stop();
      await counting.stop();
    },
  };
};
