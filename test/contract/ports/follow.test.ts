import { expect, test } from "vitest";
import { caseIdFor } from "../../../infra/ids.ts";
import { startFollower } from "../../../infra/nats/follow.ts";
import type { Platform } from "../../../infra/platform.ts";
import { bareRecord as record } from "../../support/bare-record.ts";
import { describeBoth } from "../../support/both-platforms.ts";

const write = async ({ journal }: Platform, caseId: string, count: number): Promise<void> => {
  for (let no = 1, seq = 0; no <= count; no++) {
    const written = await journal.append(record(caseId, no), seq);
    if (written.kind === "appended") seq = written.seq;
  }
};

/** Follows the stream of a case from its beginning until so many records of it came. */
const follow = async (
  platform: Platform,
  caseId: string,
  wanted: number,
  failing: boolean,
): Promise<number[]> => {
  const { js, link, layout } = platform;
  const found: number[] = [];
  const streams = Array.from({ length: layout.streams }, (_, i) => `JOURNAL_${String(i)}`);
  await new Promise<void>((resolve) => {
    for (const stream of streams) {
      let [position, fails] = [0, failing];
      startFollower(js, {
        link,
        stream,
        position: () => Promise.resolve(position),
        apply: (batch) => {
          const own = batch.filter(({ subject }) => subject.endsWith(caseId));
          if (fails && own.length > 0) {
            fails = false;
            return Promise.reject(new Error("This follower fails once."));
          }
          found.push(...own.map((one) => one.seq));
          position = batch.at(-1)?.seq ?? position;
          if (found.length >= wanted) resolve();
          return Promise.resolve();
        },
        onFault: () => undefined,
      });
    }
  });
  return found;
};

const inOrder = (found: readonly number[]): number[] => found.toSorted((a, b) => a - b);

describeBoth("following the journal", (within) => {
  test("what was written before and what is written now come in order, each once", async () => {
    const caseId = caseIdFor("follow", "order");
    const found = await within(async (platform) => {
      await write(platform, caseId, 3);
      const following = follow(platform, caseId, 3, false);
      return following;
    });
    expect(found).toHaveLength(3);
    expect(found).toEqual(inOrder(found));
  });

  test("after a failure it goes on from its position, and leaves nothing out", async () => {
    const caseId = caseIdFor("follow", "again");
    const found = await within(async (platform) => {
      const following = follow(platform, caseId, 4, true);
      await write(platform, caseId, 4);
      return following;
    });
    expect(found).toHaveLength(4);
    expect(found).toEqual(inOrder(found));
  });
});
