import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { localDateTimeOf } from "../../../../services/case/clock-zone.ts";
import { accepted } from "../../../support/case-given.ts";
import { local } from "../../../support/clock-given.ts";
import { endo, gp, hubClocks, promise } from "../../../support/hub-clocks.ts";

const days = (n: number) => ({ kind: "workingDays", days: n }) as const;
const openMinutes = (minutes: number) => ({ kind: "openingMinutes", minutes }) as const;
const elapsed = (minutes: number) => ({ kind: "elapsed", minutes }) as const;

const monday = "2026-11-23 10:00";

describe("a clock of the hub that is paused", () => {
  it("over a weekend is moved by the open minutes, and by no working day", async () => {
    for (const [limit, due] of [
      [openMinutes(60), "2026-11-23 09:30"],
      [days(1), "2026-11-23 17:00"],
    ] as const) {
      const hub = hubClocks(promise({ limit }));
      const caseId = await hub.ask("2026-11-20 16:30");
      await hub.say("2026-11-21 10:00", caseId, "requestInformation");
      await hub.say("2026-11-22 20:00", caseId, "giveInformation");
      expect(hub.due(caseId)).toBe(due);
      expect(hub.explain(caseId)).toMatchObject({ agrees: true, clock: { status: "running" } });
    }
  });

  it("when it was overdue already gets nothing back, and stays late", async () => {
    const hub = hubClocks(promise({ limit: days(1) }));
    const caseId = await hub.ask(monday);
    await hub.say("2026-11-25 09:00", caseId, "requestInformation");
    await hub.say("2026-11-27 09:00", caseId, "giveInformation");
    await hub.say("2026-11-27 10:00", caseId, "answer");
    expect(hub.due(caseId)).toBe("2026-11-24 17:00");
    expect(hub.clock(caseId)).toMatchObject({ status: "breached", stoppedAt: local("2026-11-27 10:00") });
    expect(hub.explain(caseId)).toMatchObject({
      agrees: true,
      clock: { stoppedInTime: false, breachedAt: local("2026-11-24 17:00") },
    });
  });
});

describe("an answer in the hub", () => {
  it.each([
    ["2026-11-24 17:00", "met"],
    ["2026-11-24 17:01", "breached"],
  ])("at %s, when it is due at 17:00, leaves the clock %s", async (at, status) => {
    const hub = hubClocks(promise({ limit: days(1) }));
    const caseId = await hub.ask(monday);
    await hub.say(at, caseId, "answer");
    expect(hub.clock(caseId).status).toBe(status);
    expect(hub.explain(caseId).agrees).toBe(true);
  });
});

describe("a case of the hub that is opened again", () => {
  const late = async (hub: ReturnType<typeof hubClocks>) => {
    const caseId = await hub.ask(monday);
    await hub.say("2026-11-26 10:00", caseId, "answer");
    await hub.say("2026-11-30 10:00", caseId, "askFollowUp");
    return caseId;
  };

  it("after a breach has a new clock with the whole time, and the old one stays late", async () => {
    const hub = hubClocks(promise({ limit: days(2), onReopen: "restart" }));
    const caseId = await late(hubClocks());
    const again = await late(hub);
    expect(caseId).toBe(again);
    expect(hub.clock(again, 0).status).toBe("breached");
    expect(hub.clock(again, 1).status).toBe("running");
    expect(hub.due(again, 1)).toBe("2026-12-02 17:00");
  });

  it("after a breach goes on where its agreement says so, and was late all the same", async () => {
    const hub = hubClocks(promise({ limit: days(2), onReopen: "continue" }));
    const caseId = await late(hub);
    expect(Object.keys(hub.cases.state(caseId).clocks).filter((id) => id.startsWith("ADVICE"))).toHaveLength(
      1,
    );
    expect(hub.clock(caseId)).toMatchObject({ status: "breached", breached: true });
    await hub.say("2026-11-30 11:00", caseId, "answer");
    expect(hub.clock(caseId)).toMatchObject({ status: "breached", stoppedAt: local("2026-11-30 11:00") });
    expect(hub.explain(caseId).agrees).toBe(true);
  });

  it("in time goes on with the days that were left", async () => {
    const hub = hubClocks(promise({ limit: days(3), onReopen: "continue" }));
    const caseId = await hub.ask(monday);
    await hub.say("2026-11-24 10:00", caseId, "answer");
    await hub.say("2026-11-30 10:00", caseId, "askFollowUp");
    // Tuesday to Monday are four working days that nobody owed anything.
    expect(hub.due(caseId)).toBe("2026-12-02 17:00");
    expect(hub.clock(caseId).status).toBe("running");
    expect(hub.explain(caseId)).toMatchObject({ agrees: true, clock: { status: "running" } });
  });
});

describe("a clock of the hub that starts", () => {
  it("outside hours counts its minutes from the next opening", async () => {
    const hub = hubClocks(promise({ limit: openMinutes(90) }));
    const caseId = await hub.ask("2026-11-20 18:00");
    expect(hub.due(caseId)).toBe("2026-11-23 10:30");
    expect(hub.explain(caseId).agrees).toBe(true);
  });

  it.each([
    ["2026-03-29 01:30", "2026-03-29 03:30"],
    ["2026-10-25 01:30", "2026-10-25 02:30"],
    ["2026-10-25 02:30", "2026-10-25 02:30"],
  ])(
    "%s, in the night in which the clocks change, is due an hour later by a clock on the wall: %s",
    async (at, due) => {
      const hub = hubClocks(promise({ limit: elapsed(60), calendar: "clock" }));
      const caseId = await hub.ask(at);
      expect(hub.due(caseId)).toBe(due);
      expect(hub.explain(caseId).agrees).toBe(true);
    },
  );

  it.each([
    [openMinutes(30), "2026-11-30 09:10"],
    [days(1), "2026-11-24 23:59"],
  ])(
    "before working days without hours counts none of their minutes, and each as a day: %o",
    async (limit, due) => {
      const hub = hubClocks(promise({ limit }));
      hub.change(endo, { openingHours: [{ days: [1], opens: "09:00", closes: "09:20" }] });
      const caseId = await hub.ask("2026-11-23 09:00");
      expect(hub.due(caseId)).toBe(due);
      expect(hub.explain(caseId).agrees).toBe(true);
    },
  );

  it("on each of two calendars in one case keeps to its own", async () => {
    const hub = hubClocks(promise({ limit: days(1) }));
    hub.change(gp, { openingHours: [{ days: [1, 2, 3, 4, 5], opens: "08:00", closes: "12:00" }] });
    const other = promise({
      id: "COR-ROUTINE-ENDO",
      promise: "COR-ROUTINE",
      limit: elapsed(60),
      calendar: "clock",
    });
    hub.agree({ ...other, appliesTo: { family: "advice", kinds: ["specialist"] } });
    const caseId = await hub.ask(monday);
    expect([hub.due(caseId, 0), hub.due(caseId, 1)].toSorted()).toEqual([
      "2026-11-23 11:00",
      "2026-11-24 17:00",
    ]);
    expect(hub.explain(caseId, 0).agrees && hub.explain(caseId, 1).agrees).toBe(true);
  });
});

describe("an agreement of the hub with several warnings", () => {
  const hub = hubClocks(promise({ limit: days(2), warnAt: [elapsed(60), elapsed(120), days(1)] }));

  it("gives each once, and breaches after the last", async () => {
    const caseId = await hub.ask(monday);
    const { clockId } = hub.clock(caseId);
    const rung: unknown[] = [];
    for (const at of [
      "2026-11-23 11:00",
      "2026-11-23 11:30",
      "2026-11-23 12:00",
      "2026-11-24 17:00",
      "2026-11-25 17:01",
      "2026-11-26 09:00",
    ]) {
      hub.cases.at(at);
      await hub.cases.ring(caseId, clockId);
      const [last] = hub.cases.records(caseId).at(-1)?.clocks ?? [];
      rung.push(
        last?.change === "warned" ? [last.no ?? 1, last.next && localDateTimeOf(last.next)] : last?.change,
      );
    }
    expect(rung).toEqual([
      [1, "2026-11-23T12:00"],
      [1, "2026-11-23T12:00"],
      [2, "2026-11-24T17:00"],
      [3, undefined],
      "breached",
      "breached",
    ]);
  });

  it("moves those that are left with a pause", async () => {
    const caseId = await hub.ask(monday, "M-paused");
    hub.cases.at("2026-11-23 11:00");
    await hub.cases.ring(caseId, hub.clock(caseId).clockId);
    await hub.say("2026-11-23 11:30", caseId, "requestInformation");
    await hub.say("2026-11-24 11:30", caseId, "giveInformation");
    expect(hub.cases.records(caseId).at(-1)?.clocks[0]).toMatchObject({
      change: "resumed",
      warnAt: local("2026-11-24 12:00"),
      // The first was given before the pause: what is past is not moved.
      warnings: [local("2026-11-23 11:00"), local("2026-11-24 12:00"), local("2026-11-25 17:00")],
      due: local("2026-11-26 17:00"),
    });
  });
});

describe("an agreement of the hub that is measured to reading", () => {
  const asked = async () => {
    const hub = hubClocks(promise({ limit: days(1), measuredTo: "reading" }));
    const caseId = await hub.ask(monday);
    await hub.say("2026-11-23 15:00", caseId, "answer");
    return { hub, caseId };
  };

  it("is not kept by an answer that was sent", async () => {
    const { hub, caseId } = await asked();
    expect(hub.clock(caseId)).toMatchObject({
      status: "running",
      answered: { at: local("2026-11-23 15:00") },
    });
    expect(hub.explain(caseId).words("en").join("\n")).toContain("kept only when it is read");
  });

  it("is kept by a person who reads it, and not by the receipt of a system", async () => {
    const { hub, caseId } = await asked();
    const { answered } = hub.clock(caseId);
    const settle = (at: string, more: object) => {
      hub.cases.at(at);
      const payload = { deliveryId: answered?.deliveries[0], outcome: "positive", ...more };
      return hub.cases.send({ type: "delivery.settle", by: gp, payload });
    };
    accepted(await settle("2026-11-23 15:01", {}));
    expect(hub.clock(caseId).status).toBe("running");
    accepted(await settle("2026-11-24 09:00", { read: true }));
    expect(hub.clock(caseId)).toMatchObject({ status: "met", stoppedAt: local("2026-11-24 09:00") });
    expect(hub.explain(caseId)).toMatchObject({ agrees: true, clock: { stoppedInTime: true } });
    expect(await settle("2026-11-24 09:30", { read: true })).toMatchObject({ status: "ignored" });
  });

  it("is late when nobody has read it in time, though it was sent", async () => {
    const { hub, caseId } = await asked();
    await hub.say("2026-11-25 09:00", caseId, "askFollowUp");
    expect(hub.clock(caseId, 0)).toMatchObject({ status: "breached", stoppedAt: local("2026-11-25 09:00") });
  });

  it("is kept when whoever asked acts on it", async () => {
    const { hub, caseId } = await asked();
    await hub.say("2026-11-24 16:00", caseId, "askFollowUp");
    expect(hub.clock(caseId, 0)).toMatchObject({ status: "met", stoppedAt: local("2026-11-24 16:00") });
    expect(hub.explain(caseId, 0).agrees).toBe(true);
  });
});

describe("the hub on a server", () => {
  it("of another time zone counts the same", () => {
    const script = `
      const { hubClocks, promise } = await import("${process.cwd()}/test/support/hub-clocks.ts");
      const hub = hubClocks(promise({ limit: { kind: "workingDays", days: 2 } }));
      const caseId = await hub.ask("2026-10-23 16:30");
      await hub.say("2026-10-24 09:00", caseId, "requestInformation");
      await hub.say("2026-10-26 09:00", caseId, "giveInformation");
      process.stdout.write(hub.clock(caseId).due + " " + String(hub.explain(caseId).agrees));`;
    const out = execFileSync(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
      env: { ...process.env, TZ: "America/New_York" },
      encoding: "utf8",
    });
    expect(out).toBe("2026-10-27T16:00:00.000Z true");
  }, 60_000);
});
