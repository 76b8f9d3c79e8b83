import { timersKey } from "../../contracts/index-keys.ts";
import type { OwedItem, OwedPage } from "../../contracts/messages/owed.ts";
import { createWorklistHandler } from "../../services/worklist/handler.ts";
import type { TestCases } from "./case-given.ts";
import { local } from "./clock-given.ts";
import { memoryPorts, projected } from "./memory-index.ts";

/** Rings every timer of clocks that is due by a Danish time, as the hub does by itself, the earliest first; alarms are let be. */
export const nothingComesUntil = async (cases: TestCases, localTime: string): Promise<void> => {
  const end = Date.parse(local(localTime));
  for (;;) {
    const timers = [...(projected(cases.records()).get(timersKey) ?? [])]
      .map(([member, score]) => ({ member, at: Number(score) }))
      .filter(({ member, at }) => at <= end && member.split("|").length === 3)
      .sort((a, b) => a.at - b.at);
    const [next] = timers;
    if (next === undefined) break;
    const [caseId = "", clockId = ""] = next.member.split("|");
    // The instant itself is in time.
    cases.at(danishMinuteAfter(next.at));
    const reply = await cases.ring(caseId, clockId);
    if (reply.status !== "accepted") throw new Error(`${next.member}: ${JSON.stringify(reply)}`);
  }
  cases.at(localTime);
};

const danish = new Intl.DateTimeFormat("sv-SE", {
  timeZone: "Europe/Copenhagen",
  dateStyle: "short",
  timeStyle: "short",
});
const danishMinuteAfter = (ms: number): string => danish.format(new Date(ms + 60_000));

/** Who owes whom what, as a caller is answered. */
export const owedTo = async (cases: TestCases, viewer: string, query: object = {}): Promise<OwedItem[]> => {
  const now = cases.ports.now();
  const handle = createWorklistHandler(
    memoryPorts(projected(cases.records()), cases.journal, { now: () => now }),
  );
  const asked = { id: "q", type: "worklist.owed", version: 1, time: now, sender: viewer, payload: query };
  const reply = await handle(asked);
  if (reply.status !== "ok") throw new Error(reply.code);
  return (reply.value as OwedPage).items;
};

/** What happened to the clocks of an agreement, in order. */
export const lifeOf = (cases: TestCases, agreement: string): string[] =>
  cases
    .records()
    .flatMap(({ clocks }) => clocks)
    .filter(({ clockId }) => clockId.startsWith(agreement))
    .map(({ change }) => change);
