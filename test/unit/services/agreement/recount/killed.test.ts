import { describe, expect, it } from "vitest";
import type { AgreementBook } from "../../../../../contracts/agreement-book.ts";
import { shardOf } from "../../../../../contracts/derived-ids.ts";
import { grounded } from "../../../../../services/agreement/core/book.ts";
import {
  createRecounter,
  type RecountPorts,
} from "../../../../../services/agreement/recount/recount-clocks.ts";
import { hubClocks, promise } from "../../../../support/hub-clocks.ts";
import { regionView } from "../../../../support/region-view.ts";

const asked = "2026-11-23 10:00";
const after = "2026-11-23 12:00";
const second = promise({
  version: 2,
  limit: { kind: "workingDays", days: 1 },
  validFrom: "2026-11-23",
});

/** Three questions under one version, and a book that says since an hour that the second counts for running clocks too. */
const changedUnderway = async () => {
  const hub = hubClocks(promise({ limit: { kind: "workingDays", days: 3 } }));
  const caseIds = [await hub.ask(asked), await hub.ask(asked), await hub.ask(asked)];
  const [, paused = ""] = caseIds;
  await hub.say("2026-11-23 10:30", paused, "requestInformation");
  const ended = await hub.ask(asked);
  await hub.say("2026-11-23 10:30", ended, "withdraw");
  hub.agree(second);
  const changedAt = "2026-11-23T10:00:00.000Z";
  const { sets, kept } = grounded({ sets: [], kept: [] });
  const put = { agreement: second, set: "operator", changedBy: "operator", changedAt };
  const book: AgreementBook = { sets, kept: [...kept, { ...put, runningClocks: "recompute" }] };
  return { hub, caseIds, ended, book };
};

type Underway = Awaited<ReturnType<typeof changedUnderway>>;

/** A process that is killed at so many steps: before and behind each of its writes. */
const processOf = ({ hub }: Underway, noted: { book: AgreementBook }, livesFor: number) => {
  let steps = 0;
  const step = (): void => {
    if (steps++ >= livesFor) throw new Error("killed");
  };
  const ports: RecountPorts = {
    book: () => noted.book,
    change: (work) => {
      step();
      noted.book = work(noted.book).book ?? noted.book;
      step();
      return Promise.resolve(undefined);
    },
    directory: regionView,
    readShard: async function* (shard) {
      const records = await Promise.resolve(hub.cases.records());
      for (const record of records) if (shardOf(record.caseId) === shard) yield record;
    },
    recount: async (caseId, { recomputing }) => {
      step();
      await hub.recount(after, caseId, recomputing);
      step();
    },
    now: () => "2026-11-23T11:00:00.000Z",
    settleMs: 5_000,
    isStopping: () => false,
  };
  return { look: createRecounter(ports), steps: () => steps };
};

const rescheduled = ({ hub }: Underway, caseId: string): number =>
  hub.cases
    .records(caseId)
    .flatMap(({ clocks }) => clocks)
    .filter(({ change }) => change === "rescheduled").length;

const wholeSteps = 3 * 2 + 2;

describe("a recount of running clocks", () => {
  it(`takes ${String(wholeSteps)} steps when nothing befalls it`, async () => {
    const underway = await changedUnderway();
    const { look, steps } = processOf(underway, { book: underway.book }, Number.POSITIVE_INFINITY);
    expect(await look()).toBe(true);
    expect(steps()).toBe(wholeSteps);
  });

  it.each(Array.from({ length: wholeSteps }, (_, i) => i))(
    "killed after %i of them is taken up by the next process: no clock stays uncounted, none is counted twice",
    async (livesFor) => {
      const underway = await changedUnderway();
      const noted = { book: underway.book };
      const first = processOf(underway, noted, livesFor);
      await expect(first.look()).rejects.toThrow("killed");
      const next = processOf(underway, noted, Number.POSITIVE_INFINITY);
      await next.look();
      for (const caseId of underway.caseIds) {
        expect(underway.hub.clock(caseId)).toMatchObject({ agreementVersion: 2 });
        expect(rescheduled(underway, caseId)).toBe(1);
        expect(underway.hub.explain(caseId).agrees).toBe(true);
      }
      expect(rescheduled(underway, underway.ended)).toBe(0);
      const entry = noted.book.kept.find(({ runningClocks }) => runningClocks !== undefined);
      expect(entry?.recountedAt).toBe("2026-11-23T11:00:00.000Z");
      expect(await next.look()).toBe(false);
    },
  );
});
