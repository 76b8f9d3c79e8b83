import { beforeEach, describe, expect, it } from "vitest";
import type { CommandReply, Envelope } from "../../../../contracts/envelope.ts";
import { type CaseCommand, createCaseHandler } from "../../../../services/case/case-handler.ts";
import { type Core, hubActor } from "../../../../services/case/core.ts";
import type { Decision } from "../../../../services/case/decision.ts";
import { caseId } from "../../../support/advice-given.ts";
import { createTestCases, type TestCases } from "../../../support/case-given.ts";
import { local } from "../../../support/clock-given.ts";
import { who } from "../../../support/region-view.ts";

type Fact = { type: "Held" } | { type: "Expired" };
type Command = { type: "hold" | "ring" | "ring-idle" | "ring-again" };

const at = local("2026-11-23 10:25");
const set = (instant: string) => ({ change: "set", alarmId: "hold.1", at: instant }) as const;
const decisions: Record<Command["type"], Decision<Fact>> = {
  hold: { kind: "record", facts: [{ type: "Held" }], tell: [], parties: [who.practice], alarms: [set(at)] },
  ring: { kind: "record", facts: [{ type: "Expired" }], tell: [] },
  "ring-idle": { kind: "ignore", reason: "nothing-to-do" },
  "ring-again": {
    kind: "record",
    facts: [{ type: "Expired" }],
    tell: [],
    alarms: [set(local("2026-11-23 10:45"))],
  },
};

const core: Core<number, Command, Fact> = {
  family: "booking",
  initial: 0,
  adopts: (fact): fact is Fact => fact.type === "Held" || fact.type === "Expired",
  evolve: (n) => n + 1,
  decide: (_state, { type }) => decisions[type],
};

let cases: TestCases;
let handle: (input: CaseCommand<Command>) => Promise<CommandReply>;
let count = 0;
const send = (type: Command["type"], sender: string = hubActor, alarmId = "hold.1") => {
  const envelope: Envelope = {
    id: `c-${String(++count)}`,
    type: type === "hold" ? "booking.hold" : "booking.ring",
    version: 1,
    time: "2026-11-23T09:15:00.000Z",
    sender,
    payload: { caseId, alarmId },
  };
  return handle({ caseId, opens: type === "hold", envelope, command: { type } });
};
const alarms = () => cases.state(caseId).alarms;

beforeEach(async () => {
  cases = createTestCases();
  handle = createCaseHandler(core, cases.ports);
  await send("hold", who.practice);
});

describe("an alarm", () => {
  it("is set in the record of the decision", () => {
    expect(alarms()).toEqual({ "hold.1": at });
  });

  it("rings for its family when it is due, and is cleared in the same record", async () => {
    cases.at("2026-11-23 10:25");
    expect(await send("ring")).toMatchObject({ status: "accepted", facts: ["Expired"] });
    expect(alarms()).toEqual({});
  });

  it("means nothing before it is due, once it is cleared, or from anybody but the hub", async () => {
    expect(await send("ring")).toMatchObject({ status: "ignored", reason: "not-due" });
    cases.at("2026-11-23 10:25");
    expect(await send("ring", who.practice)).toMatchObject({ status: "ignored", reason: "not-due" });
    await send("ring");
    expect(await send("ring")).toMatchObject({ status: "ignored", reason: "not-due" });
    expect(await send("ring", hubActor, "other")).toMatchObject({ status: "ignored", reason: "not-due" });
  });

  it("is cleared also when its family has nothing to do, or it would ring for ever", async () => {
    cases.at("2026-11-23 10:25");
    expect(await send("ring-idle")).toMatchObject({ status: "accepted", facts: [] });
    expect(alarms()).toEqual({});
  });

  it("stays when the family sets it anew", async () => {
    cases.at("2026-11-23 10:25");
    await send("ring-again");
    expect(alarms()).toEqual({ "hold.1": local("2026-11-23 10:45") });
  });
});
