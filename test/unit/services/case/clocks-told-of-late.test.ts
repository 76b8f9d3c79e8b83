import { describe, expect, it } from "vitest";
import { agreements } from "../../../../contracts/codes/agreements.ts";
import { explainClock } from "../../../../services/agreement/explain/explain-clock.ts";
import { accepted, createTestCases } from "../../../support/case-given.ts";
import { local } from "../../../support/clock-given.ts";
import {
  admitted,
  consent,
  correct,
  discharged,
  on,
  onCase,
  parties,
  type Run,
  run,
  runOn,
} from "../../../support/discharge-given.ts";
import { call, sending } from "../../../support/referral-given.ts";
import { who } from "../../../support/region-view.ts";

const explained = ({ records }: Run, clockId: string, asOf: string) =>
  explainClock(records, clockId, { agreements, asOf });

const clockOf = ({ common }: Run, agreement: string) => {
  const found = Object.values(common.clocks).find((clock) => clock.agreement === agreement);
  if (found === undefined) throw new Error(`No clock of ${agreement}.`);
  return found;
};

describe("a correction in the hub that moves the start of a clock", () => {
  const { messageId } = discharged.command.payload as { messageId: string };
  const moved = runOn(run(admitted, discharged), {
    at: on("tue 08:00"),
    command: correct(messageId, on("sat 10:00")),
  });

  it("moves the one that runs, and starts no other", () => {
    const clocks = Object.values(moved.common.clocks).filter(
      ({ agreement }) => agreement === "EPI-DISCHARGE",
    );
    expect(clocks).toHaveLength(4);
    for (const clock of clocks) {
      expect(clock).toMatchObject({ status: "running", startedAt: on("sat 10:00") });
      expect(explained(moved, clock.clockId, on("tue 08:00"))).toMatchObject({
        agrees: true,
        clock: { started: on("sat 10:00") },
      });
    }
  });

  it("is told by its words, with the time that was told first", () => {
    const { clockId } = clockOf(moved, "EPI-DISCHARGE");
    const words = explained(moved, clockId, on("tue 08:00"))?.words("en").join("\n");
    expect(words).toContain("told first as");
    expect(words).toContain("corrected since");
  });

  it("takes a breach back that was none, and one that it makes is recorded", async () => {
    const cases = createTestCases();
    cases.at("2026-11-23 10:00");
    const first = sending("acute-team", {
      acuteTeam: { ...acute, call: { ...call, at: local("2026-11-23 09:30") } },
    });
    const { caseId } = accepted(
      await cases.send({ type: "referral.send", by: who.practice, payload: first }),
    );
    const clock = () =>
      Object.values(cases.state(caseId).clocks).find(({ agreement }) => agreement === "ACUTE-REQ");
    const { clockId = "" } = clock() ?? {};
    await cases.ring(caseId, clockId);
    await cases.ring(caseId, clockId);
    expect(clock()).toMatchObject({ status: "breached", due: local("2026-11-23 09:45") });
    const again = { ...acute, call: { ...call, at: local("2026-11-23 09:58") } };
    const payload = { ...sending("acute-team", { acuteTeam: again, messageId: "H-2" }), caseId };
    accepted(await cases.send({ type: "referral.correct", by: who.practice, payload }));
    expect(clock()).toMatchObject({
      status: "running",
      breached: false,
      given: [],
      due: local("2026-11-23 10:13"),
    });
    cases.at("2026-11-23 10:14");
    await cases.ring(caseId, clockId);
    await cases.ring(caseId, clockId);
    expect(clock()).toMatchObject({ status: "breached", missed: local("2026-11-23 10:13") });
    const found = explainClock(cases.records(caseId), clockId, {
      agreements,
      asOf: local("2026-11-23 10:14"),
    });
    expect(found).toMatchObject({ agrees: true, clock: { breachedAt: local("2026-11-23 10:13") } });
  });
});

const { acuteTeam: acute } = sending("acute-team") as { acuteTeam: object };

describe("what happened in time and is told of late", () => {
  const visited = (heldAt: string, at: string): Run => {
    const ask = onCase("discharge.askHomeVisit", { reason: "Skrøbelig", consent });
    const hold = onCase("discharge.holdHomeVisit", { heldAt, place: "home", note: "Set" });
    const by = parties.practice;
    return runOn(
      run(admitted, discharged),
      { by, at: on("mon 12:00"), command: ask },
      { by, at, command: hold },
    );
  };
  const nextWeek = local("2026-12-02 10:00");

  it("keeps the agreement: it counts by when it happened", () => {
    const after = visited(on("fri2 11:00"), nextWeek);
    expect(clockOf(after, "HOMEVISIT")).toMatchObject({ status: "met", stoppedAt: on("fri2 11:00") });
    const { clockId } = clockOf(after, "HOMEVISIT");
    expect(explained(after, clockId, nextWeek)?.words("da").join("\n")).toContain("Det blev først kendt");
    expect(explained(after, clockId, nextWeek)).toMatchObject({
      agrees: true,
      clock: { stoppedInTime: true },
    });
  });

  it("keeps none when it happened too late, whenever it is told of", () => {
    const late = local("2026-12-01 08:00");
    expect(clockOf(visited(late, nextWeek), "HOMEVISIT")).toMatchObject({
      status: "breached",
      stoppedAt: late,
    });
  });

  it("takes back the breach that was recorded before it was heard of", async () => {
    const cases = createTestCases();
    cases.at("2026-11-23 10:00");
    const payload = sending("acute-team");
    const { caseId } = accepted(await cases.send({ type: "referral.send", by: who.practice, payload }));
    cases.at("2026-11-23 10:05");
    accepted(await cases.send({ type: "referral.accept", by: who.acuteTeam, payload: { caseId } }));
    const clock = () =>
      Object.values(cases.state(caseId).clocks).find(({ agreement }) => agreement === "ACUTE-VISIT");
    const { clockId = "" } = clock() ?? {};
    cases.at("2026-11-23 12:30");
    await cases.ring(caseId, clockId);
    await cases.ring(caseId, clockId);
    expect(clock()?.status).toBe("breached");
    cases.at("2026-11-23 13:00");
    const visit = { caseId, at: local("2026-11-23 11:10"), by: "Prøve Sygeplejersken" };
    accepted(await cases.send({ type: "referral.startVisit", by: who.acuteTeam, payload: visit }));
    expect(clock()).toMatchObject({ status: "met", breached: false, stoppedAt: local("2026-11-23 11:10") });
    const found = explainClock(cases.records(caseId), clockId, {
      agreements,
      asOf: local("2026-11-23 13:00"),
    });
    expect(found).toMatchObject({ agrees: true, clock: { stoppedInTime: true, breached: false } });
  });
});
